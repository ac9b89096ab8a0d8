package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Cbor;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code parley.v1.cbor}: the same objects as CBOR in binary frames, beside clients that speak JSON. */
class CborIT extends WireSuite {
    private static final byte[] RAW = {0, 1, (byte) 0xff};
    private static final ByteBuffer BYTES = ByteBuffer.wrap(RAW);
    private static final Doc IN_JSON = Doc.of("$binary", "AAH/", "type", "application/octet-stream");

    private final String channel = channel();

    CborIT(Wire wire) {
        super(wire);
    }

    private Session cbor() {
        Session session = kept(Session.cbor(wire));
        session.next("connected");
        return session;
    }

    @ParameterizedTest
    @CsvSource({
        "parley.v1.cbor, parley.v1.cbor",
        "parley.v1, parley.v1",
        "parley.v1.cbor parley.v1, parley.v1.cbor",
        "parley.v1 parley.v1.cbor, parley.v1",
        "parley.v9 parley.v1.cbor, parley.v1.cbor",
    })
    void theFirstSubprotocolOfTheClientThatIsKnownIsTaken(String offered, String taken) {
        assertEquals(taken, socket("ws", offered.split(" ")).subprotocol());
    }

    @Test
    void everyCommandHasItsReply() {
        Session session = cbor();

        assertEquals(channel, session.subscribe(channel).text("channel"));
        String position = session.publish(channel, "hello");
        assertEquals(position, session.next("message").text("position"));
        assertEquals(
                "hello", session.history(channel).docs("messages").getFirst().text("data"));
        assertEquals("connected", session.ask("connect").type());
        assertEquals(
                "unsubscribed", session.ask("unsubscribe", "channel", channel).type());
        Session.refused(Code.SUBSCRIPTION, session.ask("unsubscribe", "channel", channel));
    }

    @Test
    void clientsOfBothKindsShareAChannel() {
        Session cbor = cbor();
        Session json = session();
        var stream = events("events/" + Wire.encoded(channel));
        cbor.subscribe(channel);
        json.subscribe(channel);
        Doc data = Doc.of("text", "ä🚀", "list", List.of(1L, true, -0.5));

        json.publish(channel, data);
        cbor.publish(channel, data);

        for (int i = 0; i < 2; i++) {
            Doc seen = cbor.next("message").value("data") instanceof Doc doc ? doc : Doc.of();
            assertEquals("ä🚀", seen.text("text"));
            assertEquals(List.of(1L, true, new BigDecimal("-0.5")), seen.value("list"));
            assertEquals(seen, json.next("message").value("data"));
            assertEquals(seen, stream.event().doc());
        }
    }

    @Test
    void bytesArePublishedAndReadAsBytesAndAsTheJsonForm() {
        Session cbor = cbor();
        Session json = session();
        cbor.subscribe(channel);
        json.subscribe(channel);

        cbor.publish(channel, BYTES);
        json.publish(channel, IN_JSON);
        wire.post(Wire.messages(channel), "application/octet-stream", RAW).expect(201);

        for (int i = 0; i < 3; i++) {
            assertEquals(BYTES, cbor.next("message").value("data"));
            assertEquals(IN_JSON, json.next("message").value("data"));
        }
    }

    @Test
    void bytesMayLieDeepInTheDataAndHaveAMediaType() {
        Session cbor = cbor();
        cbor.subscribe(channel);
        Doc picture = Doc.of("type", "image/png", "$binary", BYTES);

        cbor.publish(channel, List.of(BYTES, picture));

        assertEquals(List.of(BYTES, picture), cbor.next("message").value("data"));
        assertEquals(
                List.of(IN_JSON, Doc.of("type", "image/png", "$binary", "AAH/")),
                wire.get(Wire.messages(channel) + "/latest").expect(200).doc().value("data"));
    }

    @Test
    void numbersKeepTheirValue() {
        Session cbor = cbor();
        cbor.subscribe(channel);
        List<Object> numbers = List.of(
                0L,
                -1L,
                Long.MAX_VALUE,
                new BigInteger("-123456789012345678901234567890"),
                new BigDecimal("0.1"),
                new BigDecimal("3.141592653589793238462643383279"),
                new BigDecimal("1E+400"));

        cbor.publish(channel, numbers);

        assertEquals(numbers, cbor.next("message").value("data"));
    }

    @Test
    void aFrameMayHoldManyCommands() {
        Session cbor = cbor();
        var commands = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            commands.add(Doc.of("type", "publish", "id", i, "channel", channel, "data", i));
        }

        cbor.client().send(Cbor.write(commands.toArray()), true);

        for (int i = 1; i <= 200; i++) {
            assertEquals(i, cbor.next("published").number("re"));
        }
        assertEquals(numbers(1, 200), data(cbor.history(channel, "limit", 500).docs("messages")));
    }

    @Test
    void whatWaitsIsJoinedIntoOneFrame() {
        publishNumbers(channel, 200);
        Session cbor = cbor();

        cbor.tell("subscribe", "channel", channel, "after", "earliest");

        List<Object> frame = Cbor.read(cbor.client().binary());
        assertEquals(200, frame.size());
    }

    @Test
    void aBadItemGetsItsErrorAndTheOthersTakeEffect() {
        Session cbor = cbor();
        Doc good = Doc.of("type", "publish", "channel", channel, "data", "good");

        cbor.client().send(Cbor.write(7, good, Doc.of("type", "fly", "id", 5), good), true);

        cbor.error(Code.MALFORMED);
        cbor.error(Code.MALFORMED, 5);
        assertEquals(List.of("good", "good"), data(cbor.history(channel).docs("messages")));
    }

    @Test
    void whatIsNoCborIsMalformedAndTheSessionGoesOn() {
        Session cbor = cbor();

        cbor.client().send(new byte[] {(byte) 0xff}, true);

        cbor.error(Code.MALFORMED);
        cbor.publish(channel, "marker");
    }

    @Test
    void tenMalformedFramesInARowEndTheSession() {
        Session cbor = cbor();

        for (int i = 0; i < 10; i++) {
            cbor.client().send(new byte[] {0x1c}, true);
        }

        assertEquals(4503, cbor.client().closed());
    }

    @Test
    void aTextFrameIsNotTaken() {
        Session cbor = cbor();

        cbor.client().send(Session.command(1, "publish", "channel", channel, "data", "bad"));

        assertEquals(1003, cbor.client().closed());
    }

    @Test
    void aFrameOfExactlyTheLimitIsTakenAndOneByteMoreClosesWith1009() {
        Doc command = Doc.of("type", "connect", "id", 1, "pad", ByteBuffer.allocate(1 << 16));
        int rest = Configured.FRAME_SIZE - Cbor.write(command).length + (1 << 16);
        byte[] largest = Cbor.write(Doc.of("type", "connect", "id", 1, "pad", ByteBuffer.allocate(rest)));
        byte[] larger = Cbor.write(Doc.of("type", "connect", "id", 1, "pad", ByteBuffer.allocate(rest + 1)));
        assertEquals(Configured.FRAME_SIZE, largest.length);
        Session cbor = cbor();

        cbor.client().send(largest, true);
        cbor.next("connected");
        cbor.client().send(larger, true);

        assertEquals(1009, cbor.client().closed());
    }

    @Test
    void aMessageInFragmentsIsOneMessage() {
        Session cbor = cbor();
        byte[] command = Cbor.write(Doc.of("type", "publish", "id", 1, "channel", channel, "data", BYTES));

        for (int i = 0; i < command.length; i++) {
            cbor.client().send(new byte[] {command[i]}, i == command.length - 1);
        }

        assertEquals(1, cbor.next("published").number("re"));
    }

    @Test
    void aReaderThatComesBackGetsTheRestWithItsPosition() {
        List<String> positions = publishNumbers(channel, 5);
        Session cbor = cbor();

        assertEquals(true, cbor.subscribe(channel, positions.get(1)).flag("recovered"));

        assertEquals(numbers(3, 5), data(cbor.messages(3)));
    }
}
