package dev.parley.fault.breaking;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.fault.Inbox;
import dev.parley.fault.breaking.Publish.Answer;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Some messages that one publisher sends together, as often as it takes until each is answered. For one thread. */
final class Round {
    private static final int LONGEST_FILLING = 300;

    private final boolean keyed;
    private final SequencedSet<Publish> open;
    private final Map<Long, Publish> asked = new HashMap<>(); // by the id of a command that has no reply yet
    private long commands;

    /** @param keyed whether each is sent with a key, so that it does no harm to send it again */
    Round(List<Publish> messages, boolean keyed) {
        this.open = new LinkedHashSet<>(messages);
        this.keyed = keyed;
    }

    /** Those without an answer. */
    List<Publish> open() {
        return List.copyOf(open);
    }

    boolean isComplete() {
        return open.isEmpty();
    }

    /** Whether each command that was sent has its reply, be it that it was refused. */
    boolean isSettled() {
        return asked.isEmpty();
    }

    /** What publishes all that are open over a WebSocket. */
    String commands() {
        asked.clear();
        var lines = new ArrayList<String>();
        for (Publish message : open) {
            commands++;
            asked.put(commands, message);
            var members = new ArrayList<Object>(List.of("channel", message.channel(), "data", data(message)));
            if (keyed) {
                members.addAll(List.of("key", key(message)));
            }
            lines.add(Session.command(commands, "publish", members.toArray()));
        }
        return String.join("\n", lines);
    }

    /** Takes the replies to {@link #commands}. */
    Inbox replies() {
        return (bytes, from, to) -> {
            if (to > from) {
                reply(Doc.read(new String(bytes, from, to - from, UTF_8)));
            }
        };
    }

    /** What publishes a message over HTTP, beside the body: the line with its key, or nothing. */
    String header(Publish message) {
        return keyed ? "Idempotency-Key: " + key(message) + "\r\n" : "";
    }

    String body(Publish message) {
        return '"' + data(message) + '"';
    }

    /** Takes the answer to a publish over HTTP. */
    Inbox answer(Publish message) {
        return (bytes, from, to) -> {
            if (to > from) {
                answered(message, Doc.read(new String(bytes, from, to - from, UTF_8)));
            }
        };
    }

    private void reply(Doc reply) {
        Publish message = reply.has("re") ? asked.remove(reply.number("re")) : null;
        if (message != null && reply.type().equals("published")) {
            answered(message, reply);
        } else if (reply.type().equals("error") && !reply.flag("retry")) {
            throw new AssertionError("refused for ever: " + reply);
        }
    }

    private void answered(Publish message, Doc answer) {
        message.answered(new Answer(answer.text("position"), answer.flagOrFalse("duplicate")));
        open.remove(message);
    }

    private static String key(Publish message) {
        return Numbered.name(message.id());
    }

    /** The same each time, and of another length for each. */
    private static String data(Publish message) {
        return Numbered.data(message.id(), (int) (message.id() % LONGEST_FILLING));
    }
}
