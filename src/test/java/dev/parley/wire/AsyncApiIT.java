package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.Command;
import dev.parley.wire.client.Contract;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code asyncapi.yaml} and the server say the same: every command is answered as it says, every frame is one of its messages. */
class AsyncApiIT extends WireSuite {
    private final Contract contract = Contract.of(wire);

    AsyncApiIT(Wire wire) {
        super(wire);
    }

    @Test
    void everyCommandHasTheReplyThatIsDescribed() {
        Session session = session("?name=Ann");
        Set<String> answered = new TreeSet<>();
        for (var operation : contract.asyncapi().path("operations")) {
            if (operation.has("reply")) {
                String name = Contract.name(
                        operation.path("messages").path(0).path("$ref").asString());
                Doc command = example(name);
                session.raw(command.toString());
                Doc reply = session.reply(command.number("id"));
                check(reply);
                Set<String> described = names(operation.path("reply").path("messages"));
                assertTrue(described.contains(reply.type()), () -> command + " got " + reply);
                if (!reply.type().equals("error")) {
                    answered.add(command.type());
                }
            }
        }

        Set<String> known = Arrays.stream(Command.class.getPermittedSubclasses())
                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, answered);
    }

    @Test
    void whatComesUnaskedIsDescribed() {
        String channel = channel();
        Session reader = session("?name=Ann");
        String id = reader.ask("connect").text("session");
        check(reader.ask("subscribe", "channel", channel, "presence", true));
        Session other = session("?name=Ben");

        other.subscribe(channel);
        awaitChecked(reader, "joined");
        other.tell("publish", "channel", channel, "data", List.of(1), "event", "note");
        awaitChecked(reader, "message");
        other.tell("signal", "channel", channel, "data", "typing");
        awaitChecked(reader, "signal");
        other.close();
        awaitChecked(reader, "left");
        delete("channels/" + channel + "/members/Ann");
        awaitChecked(reader, "unsubscribed");
        delete("sessions/" + id);
        awaitChecked(reader, "closing");
        check(chat(channel, "?after=none-1").next("gap"));
    }

    @Test
    void silenceIsBrokenByWhatIsDescribed() {
        WsClient silent = socket("ws");
        silent.text();

        contract.check("ping", silent.text());
    }

    /** The next frame of this type; all before it must be described too. */
    private void awaitChecked(Session reader, String type) {
        Doc next = reader.next();
        check(next);
        while (!next.type().equals(type)) {
            next = reader.next();
            check(next);
        }
    }

    private void delete(String path) {
        var request = wire.request(path, "Authorization", "Bearer " + Configured.ADMIN_KEY);
        assertTrue(wire.send(request.DELETE().build()).status() < 300, path);
    }

    private Doc example(String message) {
        String json = contract.asyncapi()
                .path("components")
                .path("messages")
                .path(message)
                .path("examples")
                .path(0)
                .path("payload")
                .toString();
        contract.check(message, json);
        return Doc.read(json);
    }

    private void check(Doc frame) {
        assertTrue(
                names(contract.asyncapi().path("operations").path("push").path("messages"))
                                .contains(frame.type())
                        || contract.asyncapi()
                                .path("channels")
                                .path("session")
                                .path("messages")
                                .has(frame.type()),
                frame::toString);
        contract.check(frame.type(), frame.toString());
    }

    private static Set<String> names(JsonNode references) {
        return StreamSupport.stream(references.spliterator(), false)
                .map(one -> Contract.name(one.path("$ref").asString()))
                .collect(Collectors.toSet());
    }
}
