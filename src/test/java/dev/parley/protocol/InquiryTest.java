package dev.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.core.ChannelName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InquiryTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");

    static List<Inquiry> inquiries() {
        return List.of(
                new Inquiry.Sessions(1000),
                new Inquiry.Kick("8f2c"),
                new Inquiry.Kick("no session\n at all "),
                new Inquiry.KickUser("Zoë of the  Hills"),
                new Inquiry.KickUser(""),
                new Inquiry.Dismiss(ROOM, "Zoë of the  Hills"),
                new Inquiry.Readers(),
                new Inquiry.ReadersOf(ROOM));
    }

    @ParameterizedTest
    @MethodSource("inquiries")
    void isReadAsItWasWritten(Inquiry inquiry) {
        assertEquals(inquiry, InquiryCodec.read(InquiryCodec.write(inquiry)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dance", "sessions", "sessions many", "readers-of a b", "dismiss chat:lobby"})
    void whatIsNoneIsRefused(String text) {
        assertThrows(RuntimeException.class, () -> InquiryCodec.read(text));
    }

    @Test
    void sessionsAreReadAsTheyWereWritten() {
        var sessions = List.of(
                new SessionFigures("a1", "Zoë of the  Hills", "websocket", 3, List.of(ROOM, new ChannelName("-"))),
                new SessionFigures("b2", "anonymous", "sse", 0, List.of()));
        String text = InquiryCodec.write(sessions, 17);

        assertEquals(sessions, InquiryCodec.sessions(text));
        assertEquals(17, InquiryCodec.sessionCount(text));
        assertEquals(List.of(), InquiryCodec.sessions(InquiryCodec.write(List.of(), 0)));
    }

    @Test
    void readersAreReadAsTheyWereWritten() {
        var readers = Map.of(ROOM, 3, new ChannelName("x"), 1);

        assertEquals(readers, InquiryCodec.readers(InquiryCodec.write(readers)));
        assertEquals(Map.of(), InquiryCodec.readers(InquiryCodec.write(Map.of())));
    }
}
