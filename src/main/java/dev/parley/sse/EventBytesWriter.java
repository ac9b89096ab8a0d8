package dev.parley.sse;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;

/** Writes events that are encoded already. */
@Provider
@Produces(MediaType.SERVER_SENT_EVENTS)
public final class EventBytesWriter implements MessageBodyWriter<EventBytes> {
    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == EventBytes.class;
    }

    /** Leaves out the very last line break, as Jersey adds one. */
    @Override
    public void writeTo(
            EventBytes events,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        List<byte[]> pieces = events.pieces();
        for (byte[] piece : pieces.subList(0, pieces.size() - 1)) {
            out.write(piece);
        }
        byte[] last = pieces.getLast();
        out.write(last, 0, last.length - 1);
    }
}
