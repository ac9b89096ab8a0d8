package dev.parley.protocol;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Format;
import dev.parley.core.Member;
import dev.parley.core.Message;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON form of what the server says. */
public final class JsonCodec {
    /** A message as a text of one line. */
    public static final Format<String> MESSAGE = new Format<>() {
        @Override
        public int slot() {
            return 0;
        }

        @Override
        public String encode(Message message) {
            return JsonText.write(json -> writeMessage(json, message));
        }
    };

    /** A message as a line of a frame that may have several. */
    public static final Format<Line> LINE = new Format<>() {
        @Override
        public int slot() {
            return 3;
        }

        @Override
        public Line encode(Message message) {
            return new Line(message.as(MESSAGE));
        }
    };

    private JsonCodec() {}

    /** A frame as a text of one line, or of a line for each of its parts. */
    public static String text(Frame frame) {
        return frame instanceof Frame.Shared shared
                ? shared.forms()
                        .get(
                                MESSAGE.slot(),
                                () -> shared.parts().stream()
                                        .map(JsonCodec::text)
                                        .collect(Collectors.joining("\n")))
                : object(frame);
    }

    /** A frame as a line of a frame that may have several. */
    public static Line line(Frame frame) {
        return frame instanceof Frame.Shared shared
                ? shared.forms().get(LINE.slot(), () -> new Line(text(shared)))
                : new Line(object(frame));
    }

    private static String object(Frame frame) {
        return JsonText.write(json -> {
            json.writeStartObject();
            writeMembers(json, frame);
            json.writeEndObject();
        });
    }

    /** The answer of a poll. */
    public static String page(List<Message> messages, String cursor, boolean recovered) {
        return JsonText.write(json -> {
            json.writeStartObject();
            writeMessages(json, messages);
            json.writeStringProperty("cursor", cursor);
            json.writeBooleanProperty("recovered", recovered);
            json.writeEndObject();
        });
    }

    /** The answer to a publish over HTTP. */
    public static String published(String position, boolean duplicate) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("position", position);
            json.writeBooleanProperty("duplicate", duplicate);
            json.writeEndObject();
        });
    }

    /** A problem document (RFC 9457, section 3). */
    public static String problem(ErrorCode code, int status, String detail) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("type", "urn:parley:error:" + code.number());
            json.writeStringProperty("title", code.text());
            json.writeNumberProperty("status", status);
            json.writeStringProperty("detail", detail);
            json.writeNumberProperty("code", code.number());
            json.writeBooleanProperty("retry", code.retry());
            json.writeEndObject();
        });
    }

    private static void writeMembers(JsonGenerator json, Frame frame) {
        switch (frame) {
            case Frame.Connected it -> {
                type(json, "connected", it.re());
                json.writeStringProperty("session", it.session());
                json.writeStringProperty("user", it.user());
                json.writeNumberProperty("heartbeat", it.heartbeat());
                json.writeStringProperty("server", it.server());
            }
            case Frame.Subscribed it -> {
                type(json, "subscribed", it.re());
                channel(json, it.channel());
                json.writeStringProperty("position", it.position().toString());
                recovered(json, it.recovered());
                if (it.present() != null) {
                    writeMembers(json, it.present().members());
                    json.writeNumberProperty("count", it.present().count());
                }
            }
            case Frame.Unsubscribed it -> {
                type(json, "unsubscribed", it.re());
                channel(json, it.channel());
            }
            case Frame.Published it -> {
                type(json, "published", it.re());
                channel(json, it.channel());
                json.writeStringProperty("position", it.position().toString());
                json.writeBooleanProperty("duplicate", it.duplicate());
            }
            case Frame.Signalled it -> {
                type(json, "signalled", it.re());
                channel(json, it.channel());
            }
            case Frame.History it -> {
                type(json, "history", it.re());
                channel(json, it.channel());
                writeMessages(json, it.messages());
                json.writeBooleanProperty("more", it.more());
                recovered(json, it.recovered());
            }
            case Frame.Presence it -> {
                type(json, "presence", it.re());
                writePresence(json, it);
            }
            case Frame.Error it -> writeError(json, it);
            case Frame.Gap it -> {
                type(json, "gap", 0);
                writeGap(json, it);
            }
            case Frame.Joined it -> {
                type(json, "joined", 0);
                writeMember(json, it.channel(), it.member(), it.count());
            }
            case Frame.Left it -> {
                type(json, "left", 0);
                writeMember(json, it.channel(), it.member(), it.count());
            }
            case Frame.Signal it -> {
                type(json, "signal", 0);
                writeSignal(json, it);
            }
            case Frame.Dismissed it -> {
                type(json, "unsubscribed", 0);
                writeDismissed(json, it);
            }
            case Frame.Shared it -> throw new IllegalArgumentException("a shared frame has more than one object");
            case Frame.Ping it -> type(json, "ping", 0);
            case Frame.Closing it -> {
                type(json, "closing", 0);
                writeClosing(json, it);
            }
        }
    }

    static void writeGap(JsonGenerator json, Frame.Gap gap) {
        channel(json, gap.channel());
        json.writeStringProperty("from", gap.from().toString());
        json.writeStringProperty("to", gap.to().toString());
    }

    static void writeSignal(JsonGenerator json, Frame.Signal signal) {
        channel(json, signal.signal().channel());
        writeContent(json, signal.signal().content());
    }

    static void writeDismissed(JsonGenerator json, Frame.Dismissed dismissed) {
        channel(json, dismissed.channel());
        json.writeNumberProperty("code", dismissed.why().number());
        json.writeStringProperty("text", dismissed.why().text());
    }

    static void writePresence(JsonGenerator json, Frame.Presence presence) {
        channel(json, presence.channel());
        if (presence.members() != null) {
            writeMembers(json, presence.members());
        }
        json.writeNumberProperty("count", presence.count());
    }

    /** Who has come or left. */
    static void writeMember(JsonGenerator json, ChannelName channel, Member member, int count) {
        channel(json, channel);
        json.writeName("member");
        writeMember(json, member);
        json.writeNumberProperty("count", count);
    }

    private static void writeMembers(JsonGenerator json, List<Member> members) {
        json.writeArrayPropertyStart("members");
        members.forEach(member -> writeMember(json, member));
        json.writeEndArray();
    }

    private static void writeMember(JsonGenerator json, Member member) {
        json.writeStartObject();
        json.writeStringProperty("user", member.user());
        json.writeNumberProperty("sessions", member.sessions());
        json.writeEndObject();
    }

    static void writeClosing(JsonGenerator json, Frame.Closing closing) {
        json.writeNumberProperty("code", closing.code().number());
        json.writeStringProperty("text", closing.code().text());
        if (closing.reconnect() == Frame.Closing.NEVER) {
            json.writeBooleanProperty("reconnect", false);
        } else {
            json.writeNumberProperty("reconnect", closing.reconnect());
        }
    }

    private static void writeError(JsonGenerator json, Frame.Error error) {
        type(json, "error", error.re());
        json.writeNumberProperty("code", error.code().number());
        json.writeStringProperty("text", error.code().text());
        json.writeBooleanProperty("retry", error.code().retry());
        json.writeStringProperty("detail", error.detail());
        if (error.after() > 0) {
            json.writeNumberProperty("after", error.after());
        }
        if (error.channel() != null) {
            channel(json, error.channel());
        }
    }

    private static void writeMessages(JsonGenerator json, List<Message> messages) {
        json.writeArrayPropertyStart("messages");
        for (Message message : messages) {
            json.writeRawValue(message.as(MESSAGE));
        }
        json.writeEndArray();
    }

    private static void writeMessage(JsonGenerator json, Message message) {
        json.writeStartObject();
        type(json, "message", 0);
        channel(json, message.channel());
        json.writeStringProperty("position", message.position().toString());
        writeContent(json, message.content());
        json.writeNumberProperty("time", message.time());
        json.writeEndObject();
    }

    private static void writeContent(JsonGenerator json, Content content) {
        json.writeName("data");
        json.writeRawValue(content.data());
        if (!content.event().isEmpty()) {
            json.writeStringProperty("event", content.event());
        }
        if (!content.from().isEmpty()) {
            json.writeStringProperty("from", content.from());
        }
    }

    private static void type(JsonGenerator json, String type, long re) {
        json.writeStringProperty("type", type);
        if (re > 0) {
            json.writeNumberProperty("re", re);
        }
    }

    private static void channel(JsonGenerator json, ChannelName channel) {
        json.writeStringProperty("channel", channel.text());
    }

    private static void recovered(JsonGenerator json, @Nullable Boolean recovered) {
        if (recovered != null) {
            json.writeBooleanProperty("recovered", recovered);
        }
    }
}
