package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever has the key may see and do. */
@Isolated
class AdministrationIT extends WireSuite {
    private static final String[] KEY = {"Authorization", "Bearer " + Configured.ADMIN_KEY};

    private final String channel = channel();
    private final String user = UUID.randomUUID().toString();

    AdministrationIT(Wire wire) {
        super(wire);
    }

    private String path() {
        return "channels/" + Wire.encoded(channel);
    }

    private Answer get(String path) {
        return wire.get(path, KEY);
    }

    private Answer delete(String path) {
        return ask("DELETE", path, KEY);
    }

    private Answer ask(String method, String path, String... headers) {
        return wire.send(wire.request(path, headers)
                .method(method, BodyPublishers.noBody())
                .build());
    }

    private Session reader() {
        Session reader = session("?name=" + user);
        reader.subscribe(channel);
        reader.history(channel); // what is answered after it: now the subscription is whole, and can be found
        return reader;
    }

    @ParameterizedTest
    @MethodSource("dev.parley.wire.client.Administering#requests")
    void withoutTheKeyNothingIsToldOrDone(String method, String path) {
        Answer nobody = ask(method, path, "Accept", "*/*");
        nobody.problem(Code.CREDENTIALS);
        assertEquals("Bearer", nobody.header("www-authenticate"));
        ask(method, path, "Authorization", "Bearer wrong").problem(Code.CREDENTIALS);
        for (String malformed : List.of("Basic ", "Bearer", "Bearer x", "")) {
            ask(method, path, "Authorization", malformed + Configured.ADMIN_KEY).problem(Code.CREDENTIALS);
        }
    }

    /** RFC 9110, sections 11.1 and 11.4. */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer  ", "Bearer    ", "bearer ", "BEARER "})
    void theSchemeIsOfAnyCaseAndMoreThanOneSpaceMayFollow(String scheme) {
        ask("GET", "sessions?limit=1", "Authorization", scheme + Configured.ADMIN_KEY)
                .expect(200);
    }

    @Test
    void sessionsAreListed() {
        Session reader = kept(new Session(socket("ws?name=" + user)));
        String id = reader.next("connected").text("session");
        reader.subscribe(channel);

        Doc answer = get("sessions?limit=1000").expect(200).doc();

        Doc mine = answer.docs("sessions").stream()
                .filter(session -> session.text("session").equals(id))
                .findFirst()
                .orElseThrow();
        assertEquals(user, mine.text("user"));
        assertEquals("websocket", mine.text("transport"));
        assertEquals(List.of(channel), mine.value("channels"));
        assertTrue(mine.number("age") >= 0 && answer.number("count") > 0, answer::toString);
        assertEquals(1, get("sessions?limit=1").doc().docs("sessions").size());
    }

    @Test
    void aKickedSessionIsToldAndClosed() {
        Session session = kept(new Session(socket("ws")));
        String id = session.next("connected").text("session");

        delete("sessions/" + id).expect(204);

        Doc closing = session.next("closing");
        assertEquals(4502, closing.number("code"));
        assertFalse(closing.flag("reconnect"));
        assertEquals(4502, session.client().closed());
        delete("sessions/" + id).problem(Code.NOT_FOUND);
    }

    @Test
    void aKickedUserLosesAllSessions() {
        Session first = reader();
        SseClient stream = events("events/" + Wire.encoded(channel) + "?name=" + user);
        stream.next();

        assertEquals(2, delete("users/" + user + "/sessions").expect(200).doc().number("sessions"));

        assertEquals(4502, first.client().closed());
        Block closing = stream.event();
        assertEquals("parley.closing", closing.event());
        assertEquals(4502, closing.doc().number("code"));
        delete("users/" + user + "/sessions").problem(Code.NOT_FOUND);
    }

    @Test
    void aDismissedUserIsUnsubscribedAndStaysConnected() {
        Session reader = reader();

        assertEquals(1, delete(path() + "/members/" + user).expect(200).doc().number("sessions"));

        Doc unsubscribed = reader.next("unsubscribed");
        assertEquals(channel, unsubscribed.text("channel"));
        assertEquals(4003, unsubscribed.number("code"));
        assertFalse(unsubscribed.has("re"), unsubscribed::toString);
        wire.publish(channel, "not for the dismissed");
        assertEquals("subscribed", reader.subscribe(channel).type());
        reader.publish(channel, "again");
        assertEquals("again", reader.next("message").text("data"));
        delete(path() + "/members/nobody").problem(Code.NOT_FOUND);
    }

    @Test
    void aDismissedStreamOfOneChannelEnds() {
        SseClient stream = events("events/" + Wire.encoded(channel) + "?name=" + user);
        wire.publish(channel, "is it reading?");
        assertEquals("is it reading?", stream.event().json());

        delete(path() + "/members/" + user).expect(200);

        assertEquals("parley.unsubscribed", stream.event().event());
        assertEquals("parley.closing", stream.event().event());
    }

    @Test
    void aChannelHasFigures() {
        List<String> positions = publishNumbers(channel, 3);
        reader();
        reader();

        Doc figures = get(path()).expect(200).doc();

        assertEquals(channel, figures.text("channel"));
        assertEquals(positions.getLast(), figures.text("head"));
        assertEquals(positions.getFirst(), figures.text("oldest"));
        assertEquals(2, figures.number("subscribers"));
        assertEquals(1, figures.number("members"));
        get("channels/" + Wire.encoded(channel())).problem(Code.NOT_FOUND);
        get("channels/no%20spaces").problem(Code.BAD_CHANNEL);
    }

    @Test
    void channelsAreListedThoseWithMostReadersFirst() {
        for (int i = 0; i < 6; i++) {
            reader();
        }

        Doc answer = get("channels?limit=5").expect(200).doc();

        List<Doc> channels = answer.docs("channels");
        assertTrue(channels.stream().anyMatch(one -> one.text("channel").equals(channel)), answer::toString);
        for (int i = 1; i < channels.size(); i++) {
            assertTrue(
                    channels.get(i - 1).number("subscribers") >= channels.get(i).number("subscribers"));
        }
        assertTrue(channels.size() <= 5 && answer.number("count") >= channels.size(), answer::toString);
        get("channels?limit=0").problem(Code.MALFORMED);
        get("channels?limit=many").problem(Code.MALFORMED);
    }

    @Test
    void aDeletedHistoryIsGoneAndPositionsGoOn() {
        List<String> positions = publishNumbers(channel, 3);

        delete(path() + "/messages").expect(204);

        Session session = session();
        assertEquals(List.of(), session.history(channel).docs("messages"));
        assertFalse(session.subscribe(channel, positions.getFirst()).flag("recovered"));
        wire.publish(channel, 4);
        assertEquals(4L, session.next("message").value("data"));
        assertTrue(session().subscribe(channel, positions.getLast()).flag("recovered"));
    }
}
