package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.Format;
import dev.parley.core.Message;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * The event stream form (HTML Living Standard, section 9.2.5). Data is JSON in one line and names have no line breaks, so no
 * published value can end a field.
 */
public final class SseCodec {
    /** For a stream of one channel: a whole event whose data is the message's data. */
    public static final Format<byte[]> EVENT = new Format<>() {
        @Override
        public int slot() {
            return 1;
        }

        @Override
        public byte[] encode(Message message) {
            String event = message.content().event();
            String name = event.isEmpty() ? "" : "event: " + event + '\n';
            return bytes(name + "data: " + message.content().data() + "\nid: " + message.position() + "\n\n");
        }
    };

    /**
     * For a stream of several channels, where data is the whole message: all of an event but its {@code id} line and its end,
     * which depend on the reader.
     */
    public static final Format<byte[]> EVENT_WITHOUT_ID = new Format<>() {
        @Override
        public int slot() {
            return 2;
        }

        @Override
        public byte[] encode(Message message) {
            return bytes("data: " + message.as(JsonCodec.MESSAGE) + '\n');
        }
    };

    /** When a browser comes back that has lost the connection. */
    private static final long RETRY_MILLIS = 2000;

    private static final byte[] COMMENT = bytes(":\n\n");

    private SseCodec() {}

    /**
     * What a stream begins with. The id has no data with it: no event comes of it, but a browser that loses the connection
     * before the first message comes back with it.
     */
    public static byte[] opening(String server, String cursor) {
        return bytes(": " + server + "\nretry: " + RETRY_MILLIS + "\nid: " + cursor + "\n\n");
    }

    public static byte[] comment() {
        return COMMENT.clone();
    }

    /** Ends an event that was begun with {@link #EVENT_WITHOUT_ID}. */
    public static byte[] id(String cursor) {
        return bytes("id: " + cursor + "\n\n");
    }

    /** @param cursor where the reader goes on */
    public static byte[] gap(Frame.Gap gap, String cursor) {
        return bytes(event("parley.gap", json -> JsonCodec.writeGap(json, gap)) + "id: " + cursor + "\n\n");
    }

    /** Who has come and left, an event each. */
    public static byte[] shared(Frame.Shared shared) {
        return shared.forms()
                .get(
                        EVENT.slot(),
                        () -> bytes(shared.parts().stream().map(SseCodec::text).collect(Collectors.joining())));
    }

    public static byte[] broadcast(Frame.Broadcast broadcast) {
        return bytes(text(broadcast));
    }

    /** What has no place in the log, and so no id: a browser that comes back asks for nothing of it. */
    private static String text(Frame.Broadcast broadcast) {
        return switch (broadcast) {
            case Frame.Joined it ->
                event("parley.joined", json -> JsonCodec.writeMember(json, it.channel(), it.member(), it.count()))
                        + '\n';
            case Frame.Left it ->
                event("parley.left", json -> JsonCodec.writeMember(json, it.channel(), it.member(), it.count())) + '\n';
            case Frame.Signal it -> event("parley.signal", json -> JsonCodec.writeSignal(json, it)) + '\n';
            case Frame.Presence it -> event("parley.presence", json -> JsonCodec.writePresence(json, it)) + '\n';
        };
    }

    public static byte[] dismissed(Frame.Dismissed dismissed) {
        return bytes(event("parley.unsubscribed", json -> JsonCodec.writeDismissed(json, dismissed)) + '\n');
    }

    public static byte[] closing(Frame.Closing closing) {
        String retry = closing.reconnect() == Frame.Closing.NEVER ? "" : "retry: " + closing.reconnect() + '\n';
        return bytes(retry + event("parley.closing", json -> JsonCodec.writeClosing(json, closing)) + '\n');
    }

    private static String event(String name, Consumer<JsonGenerator> members) {
        String data = JsonText.write(json -> {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        });
        return "event: " + name + "\ndata: " + data + '\n';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
