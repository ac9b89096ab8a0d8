package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Block;
import dev.parley.wire.client.Contract;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an event stream brings is what {@code openapi.yaml} says of it: every kind of event, on a real stream. */
class EventStreamContractIT extends WireSuite {
    private static final String OWN = "parley.";

    private final Contract contract = Contract.of(wire);
    private final String channel = channel();
    private final String user = "Ann " + UUID.randomUUID();

    EventStreamContractIT(Wire wire) {
        super(wire);
    }

    @Test
    void everyEventOfOneChannelIsAsDescribed() {
        checkAll("/events/{channel}", "events/" + Wire.encoded(channel) + "?after=none-1", Set.of("", "note"));
    }

    @Test
    void everyEventOfSeveralChannelsIsAsDescribed() {
        checkAll(
                "/events",
                "events?channel=" + Wire.encoded(channel) + "&channel=" + channel() + "&after=none-1,none-1",
                Set.of(""));
    }

    /** @param published the names of the events that messages are */
    private void checkAll(String path, String request, Set<String> published) {
        JsonNode described =
                contract.openapi().path("paths").path(path).at("/get/responses/200/content/text~1event-stream");
        String whole = request + "&presence=true&signals=true&name=" + Wire.encoded(user);
        var told = new TreeSet<String>();

        SseClient stream = events(whole);
        assertTrue(stream.header("content-type").startsWith("text/event-stream"), stream.header("content-type"));
        happen();
        while (!told.containsAll(published)
                || !told.containsAll(Set.of(OWN + "joined", OWN + "left", OWN + "signal"))) {
            told.add(check(described, stream.event()));
        }
        delete("channels/" + Wire.encoded(channel) + "/members/" + Wire.encoded(user));
        while (!told.contains(OWN + "unsubscribed")) {
            told.add(check(described, stream.event()));
        }
        stream.close();
        SseClient kicked = events(whole);
        kicked.next();
        delete("users/" + Wire.encoded(user) + "/sessions");
        while (!told.contains(OWN + "closing")) {
            told.add(check(described, kicked.event()));
        }

        assertEquals(
                names(described),
                told.stream().filter(name -> name.startsWith(OWN)).collect(Collectors.toSet()));
    }

    /** Everything that a reader is told of, but for what an administrator does. */
    private void happen() {
        wire.publish(channel, List.of(1));
        Session other = session("?name=Ben");
        other.subscribe(channel);
        other.ask("publish", "channel", channel, "data", "named", "event", "note");
        other.ask("signal", "channel", channel, "data", true, "event", "typing");
        other.ask("unsubscribe", "channel", channel);
    }

    /** @return the event's name */
    private String check(JsonNode described, Block event) {
        String name = event.event();
        if (!name.startsWith(OWN)) {
            contract.check(reference(described.path("x-data")), event.data());
            contract.check("cursor", '"' + event.id() + '"');
            return name;
        }
        assertTrue(names(described).contains(name), event::toString);
        String frame = name.substring(OWN.length());
        Map<String, Object> members = new LinkedHashMap<>(Map.of("type", frame));
        members.putAll(event.doc().members());
        contract.check(frame, new Doc(members).toString());
        return name;
    }

    private static Set<String> names(JsonNode described) {
        return described
                .path("x-events")
                .valueStream()
                .map(name -> OWN + name.asString())
                .collect(Collectors.toSet());
    }

    private static String reference(JsonNode schema) {
        return Contract.name(schema.path("$ref").asString());
    }

    private void delete(String path) {
        wire.send(wire.request(path, "Authorization", "Bearer " + Configured.ADMIN_KEY)
                        .DELETE()
                        .build())
                .expect(200);
    }
}
