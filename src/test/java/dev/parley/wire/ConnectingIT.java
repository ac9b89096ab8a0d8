package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.RawFrames;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way into {@code /ws}: subprotocol, {@code connected}, nickname, heartbeat and leaving. */
class ConnectingIT extends WireSuite {
    ConnectingIT(Wire wire) {
        super(wire);
    }

    @Test
    void connectedComesFirstAndSaysWhoIsWho() {
        Doc connected = kept(new Session(socket("ws"))).next("connected");

        assertFalse(connected.text("session").isEmpty());
        assertEquals("anonymous", connected.text("user"));
        assertEquals(Configured.HEARTBEAT.toSeconds(), connected.number("heartbeat"));
        assertTrue(connected.text("server").startsWith("parley/"), connected::toString);
    }

    @Test
    void everySessionHasANameOfItsOwn() {
        String first = kept(new Session(socket("ws"))).next("connected").text("session");
        String second = kept(new Session(socket("ws"))).next("connected").text("session");

        assertNotEquals(first, second);
    }

    @Test
    void theOfferedSubprotocolIsTaken() {
        var client = socket("ws", "parley.v1");

        assertEquals("parley.v1", client.subprotocol());
        kept(new Session(client)).next("connected");
    }

    @Test
    void theKnownOneAmongOfferedSubprotocolsIsTaken() {
        assertEquals("parley.v1", socket("ws", "other.v2", "parley.v1").subprotocol());
    }

    @Test
    void withoutAnOfferNoSubprotocolIsNamedAndItIsSpokenAllTheSame() {
        var client = socket("ws");

        assertEquals("", client.subprotocol());
        var session = kept(new Session(client));
        session.next("connected");
        session.subscribe(channel());
    }

    @Test
    void aSubprotocolThatWasNotOfferedIsNotNamed() {
        Answer answer = raw().handshake("ws", "Sec-WebSocket-Protocol: other.v2");

        assertNotEquals("parley.v1", answer.header("sec-websocket-protocol"));
    }

    @Test
    void theHandshakeAnswerNamesTheNode() {
        raw().handshake("ws").expect(101);
    }

    @Test
    void aNicknameIsTheUserAndTheSender() {
        Session alice = kept(new Session(socket("ws?name=Alice%20%C3%84")));
        assertEquals("Alice Ä", alice.next("connected").text("user"));
        String channel = channel();
        alice.subscribe(channel);

        alice.tell("publish", "channel", channel, "data", 1);

        assertEquals("Alice Ä", alice.next("message").text("from"));
    }

    @Test
    void theLongestNicknameIsTaken() {
        String longest = "n".repeat(Configured.NAME_LENGTH);

        assertEquals(
                longest,
                kept(new Session(socket("ws?name=" + longest)))
                        .next("connected")
                        .text("user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%00b", "a%0Ab", "%1B[31m", "a%7Fb"})
    void aNicknameWithControlCharactersIsRefused(String name) {
        raw().handshake("ws?name=" + name.replace("[", "%5B")).problem(Code.MALFORMED);
    }

    @Test
    void aNicknameThatIsTooLongIsRefused() {
        raw().handshake("ws?name=" + "n".repeat(Configured.NAME_LENGTH + 1)).problem(Code.MALFORMED);
    }

    @Test
    void aSilentSessionIsSentBothKindsOfPing() {
        var frames = raw().upgraded("ws");

        boolean pingFrame = false;
        boolean pingObject = false;
        while (!pingFrame || !pingObject) {
            var frame = frames.next();
            pingFrame |= frame.opcode() == RawFrames.PING;
            pingObject |= frame.opcode() == RawFrames.TEXT
                    && frame.text()
                            .lines()
                            .anyMatch(line -> Doc.read(line).type().equals("ping"));
        }
    }

    @Test
    void aPingOfTheClientIsAnswered() {
        var frames = raw().upgraded("ws");

        frames.send(true, RawFrames.PING, new byte[] {1, 2, 3});

        assertEquals(3, frames.next(RawFrames.PONG).payload().remaining());
    }

    @Test
    void aNormalCloseIsAnsweredWithANormalClose() {
        assertEquals(1000, session().client().closeAndWait());
    }
}
