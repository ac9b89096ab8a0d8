package dev.parley.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventBytesWriterTest {
    private static final Annotation[] NONE = {};

    private final EventBytesWriter writer = new EventBytesWriter();

    /** Jersey writes a line break after each event, which with this one makes the blank line. */
    @Test
    void piecesAreWrittenOneAfterTheOtherButForTheLastLineBreak() throws IOException {
        assertEquals("data: 1\nid: a-1\n", written("data: 1\nid: a-1\n\n"));
        assertEquals(":\n\ndata: 1\nid: a-1\n\n:\n", written(":\n\n", "data: 1\n", "id: a-1\n\n", ":\n\n"));
    }

    @Test
    void otherTypesAreForOthers() {
        assertTrue(writer.isWriteable(EventBytes.class, EventBytes.class, NONE, MediaType.SERVER_SENT_EVENTS_TYPE));
        assertFalse(writer.isWriteable(byte[].class, byte[].class, NONE, MediaType.SERVER_SENT_EVENTS_TYPE));
    }

    private String written(String... pieces) throws IOException {
        var out = new ByteArrayOutputStream();
        writer.writeTo(
                new EventBytes(List.of(pieces).stream()
                        .map(piece -> piece.getBytes(UTF_8))
                        .toList()),
                EventBytes.class,
                EventBytes.class,
                NONE,
                MediaType.SERVER_SENT_EVENTS_TYPE,
                new MultivaluedHashMap<>(),
                out);
        return out.toString(UTF_8);
    }
}
