package dev.parley.wire.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * JSON objects over a WebSocket, as {@code /ws} and {@code /chat} speak them, or the same objects as CBOR. The server's
 * {@code ping} is passed over.
 */
public final class Session implements AutoCloseable {
    private final WsClient client;
    private final boolean cbor;
    private final Deque<Doc> ahead = new ArrayDeque<>();
    private long lastId;

    public Session(WsClient client) {
        this(client, false);
    }

    private Session(WsClient client, boolean cbor) {
        this.client = client;
        this.cbor = cbor;
    }

    /** Opens one that speaks CBOR. */
    public static Session cbor(Wire wire) {
        return cbor(wire, "");
    }

    public static Session cbor(Wire wire, String query) {
        return new Session(WsClient.open(wire, "ws" + query, "parley.v1.cbor"), true);
    }

    public WsClient client() {
        return client;
    }

    public void raw(String text) {
        client.send(text);
    }

    /** Sends a command with a fresh id, and gives the id. */
    public long send(String type, Object... members) {
        lastId++;
        say(whole(Doc.of("type", type, "id", lastId), members));
        return lastId;
    }

    /** Sends a command without an id: no reply is wanted. */
    public void tell(String type, Object... members) {
        say(whole(Doc.of("type", type), members));
    }

    /** Sends a command and gives its reply, which may be an error; what came before the reply stays for {@link #next}. */
    public Doc ask(String type, Object... members) {
        return reply(send(type, members));
    }

    /** The reply to a command. */
    public Doc reply(long id) {
        var others = new ArrayDeque<Doc>();
        Doc next = next();
        while (!next.has("re") || next.number("re") != id) {
            others.add(next);
            next = next();
        }
        others.addAll(ahead);
        ahead.clear();
        ahead.addAll(others);
        return next;
    }

    /** What comes next, whatever it is, but for {@code ping}. */
    public Doc next() {
        var deadline = new Deadline("object but pings");
        while (ahead.isEmpty()) {
            deadline.check();
            arrived().filter(Session::isNoPing).forEach(ahead::add);
        }
        return ahead.remove();
    }

    public Doc next(String type) {
        return ofType(type, next());
    }

    /** The next so many objects, all of which must be messages. */
    public List<Doc> messages(int count) {
        var messages = new ArrayList<Doc>();
        while (messages.size() < count) {
            messages.add(next("message"));
        }
        return messages;
    }

    public Doc subscribe(String channel) {
        return ofType("subscribed", ask("subscribe", "channel", channel));
    }

    public Doc subscribe(String channel, String after) {
        return ofType("subscribed", ask("subscribe", "channel", channel, "after", after));
    }

    /** Subscribes and asks to be told who is there, comes and leaves. */
    public Doc follow(String channel) {
        return ofType("subscribed", ask("subscribe", "channel", channel, "presence", true));
    }

    /** Publishes and gives the position. */
    public String publish(String channel, Object data) {
        return ofType("published", ask("publish", "channel", channel, "data", data))
                .text("position");
    }

    public Doc history(String channel, Object... range) {
        var members = new ArrayList<Object>(List.of("channel", channel));
        members.addAll(List.of(range));
        return ofType("history", ask("history", members.toArray()));
    }

    /** The next object, which must be this error; it answers the command of this id. */
    public Doc error(Code code, long re) {
        return refused(code, reply(re));
    }

    /** The next object, which must be this error, and answer no command that is known. */
    public Doc error(Code code) {
        Doc error = refused(code, next());
        assertFalse(error.has("re"), error::toString);
        return error;
    }

    /** Fails unless the object is the error of this code. */
    public static Doc refused(Code code, Doc error) {
        ofType("error", error);
        assertEquals(code.number(), error.number("code"), error::toString);
        assertEquals(code.text(), error.text("text"), error::toString);
        assertEquals(code.retry(), error.flag("retry"), error::toString);
        return error;
    }

    public static Doc ofType(String type, Doc doc) {
        assertEquals(type, doc.type(), doc::toString);
        return doc;
    }

    /** One command as its line on the wire. */
    public static String command(long id, String type, Object... members) {
        return whole(Doc.of("type", type, "id", id), members).toString();
    }

    public void cut() {
        client.cut();
    }

    @Override
    public void close() {
        client.close();
    }

    static boolean isNoPing(Doc doc) {
        return !doc.has("type") || !doc.type().equals("ping");
    }

    /** Sends an object as it is. */
    public void say(Doc command) {
        if (cbor) {
            client.send(Cbor.write(command), true);
        } else {
            raw(command.toString());
        }
    }

    private Stream<Doc> arrived() {
        return cbor
                ? Cbor.read(client.binary()).stream().map(Doc.class::cast)
                : client.text().lines().map(Doc::read);
    }

    private static Doc whole(Doc head, Object... members) {
        head.members().putAll(Doc.of(members).members());
        return head;
    }
}
