package dev.parley.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /events} and {@code /poll} refuse, before anything else is sent. */
class ReadingErrorsIT extends WireSuite {
    ReadingErrorsIT(Wire wire) {
        super(wire);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "poll", "events?after=latest", "poll?wait=0"})
    void withoutAChannelTheRequestIsMalformed(String path) {
        wire.get(path).problem(Code.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events/a%20b",
                "events/%C3%A4",
                "events/a%2Ab",
                "events/a+b",
                "events?channel=",
                "events?channel=a%0Ab",
                "events?channel=a&channel=b%20c",
                "poll?channel=",
                "poll?channel=a/b",
                "poll?channel=a&channel=%00"
            })
    void aBadChannelNameIsRefused(String path) {
        wire.get(path).problem(Code.BAD_CHANNEL);
    }

    @Test
    void aChannelNameThatIsTooLongIsRefused() {
        String tooLong = "c".repeat(Configured.CHANNEL_LENGTH + 1);

        wire.get("events/" + tooLong).problem(Code.BAD_CHANNEL);
        wire.get("events?channel=" + tooLong).problem(Code.BAD_CHANNEL);
        wire.get("poll?channel=" + tooLong).problem(Code.BAD_CHANNEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense!", "", "%00", "earliest,earliest", "latest,"})
    void aBadPositionIsRefused(String after) {
        wire.get("events/lobby?after=" + after).problem(Code.BAD_POSITION);
        wire.get("events?channel=lobby&after=" + after).problem(Code.BAD_POSITION);
        wire.get("poll?channel=lobby&after=" + after).problem(Code.BAD_POSITION);
    }

    @Test
    void aBadLastEventIdIsRefused() {
        wire.get("events/lobby", "Last-Event-ID", "nonsense!").problem(Code.BAD_POSITION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "poll"})
    void aCursorMustNameAPlaceForEveryChannel(String path) {
        String position = wire.publish(channel(), 1);

        wire.get(path + "?channel=a&channel=b&after=" + position).problem(Code.BAD_POSITION);
        wire.get(path + "?channel=a&channel=b&after=" + position + "," + position + "," + position)
                .problem(Code.BAD_POSITION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "poll"})
    void theSameChannelTwiceIsRefused(String path) {
        wire.get(path + "?channel=a&channel=b&channel=a").problem(Code.SUBSCRIPTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "poll"})
    void tooManyChannelsAreRefused(String path) {
        String channels = IntStream.rangeClosed(0, Configured.CHANNELS_PER_STREAM)
                .mapToObj(i -> "channel=c" + i)
                .collect(Collectors.joining("&"));

        wire.get(path + "?" + channels).problem(Code.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "56", "1.5", "ten", "", "99999999999999999999"})
    void aWaitThatIsNoneIsMalformed(String wait) {
        wire.get("poll?channel=lobby&after=latest&wait=" + wait).problem(Code.MALFORMED);
        wire.get("poll?channel=lobby&wait=" + wait).problem(Code.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "poll?channel=%zz",
                "poll?channel=a&after=%",
                "events?channel=a%2",
                "events/a?after=latest%",
                "channels/a/messages?limit=%1g",
                "channels/a/presence?name=%"
            })
    void aQueryThatIsNotPercentEncodedIsMalformed(String path) {
        RawSocket raw = raw();
        String head = "GET " + wire.base().getRawPath() + path + " HTTP/1.1\r\nHost: "
                + wire.base().getRawAuthority() + "\r\n\r\n";

        raw.write(head.getBytes(US_ASCII)); // no URI, so no other client would send it

        raw.answer().problem(Code.MALFORMED);
    }
}
