package dev.parley.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SseTransportTest {
    private static final ChannelName A = new ChannelName("a");
    private static final ChannelName B = new ChannelName("b");
    private static final Frame HELLO = new Frame.Connected(0, "84ef", "anonymous", 15, "parley/1");

    private final Sink sink = new Sink();
    private final SseTransport one = new SseTransport(sink, false);
    private final SseTransport several = new SseTransport(sink, true);

    @BeforeEach
    void start() {
        one.startAt(new Cursor(List.of(A), List.of(new Position("ea", 1))));
        several.startAt(new Cursor(List.of(A, B), List.of(new Position("ea", 1), new Position("eb", 1))));
    }

    @Test
    void whatWaitsGoesOutTogether() throws IOException {
        one.add(HELLO);
        one.add(message(A, 2));
        assertTrue(one.gathered() > 0);
        one.flush();
        assertEquals(0, one.gathered());
        one.ping();

        assertEquals(List.of(": parley/1\nretry: 2000\nid: ea-1\n\ndata: 2\nid: ea-2\n\n", ":\n\n"), sink.sent);
    }

    @Test
    void cursorOfSeveralChannelsMovesWithEachMessage() throws IOException {
        several.add(HELLO);
        several.add(message(B, 2));
        several.add(message(A, 7));
        several.flush();

        assertEquals(List.of("""
            : parley/1
            retry: 2000
            id: ea-1,eb-1

            data: {"type":"message","channel":"b","position":"eb-2","data":2,"time":99}
            id: ea-1,eb-2

            data: {"type":"message","channel":"a","position":"ea-7","data":7,"time":99}
            id: ea-7,eb-2

            """), sink.sent);
    }

    @Test
    void gapMovesTheCursorToWhereReadingGoesOn() throws IOException {
        several.add(new Frame.Gap(B, new Position("eb", 1), new Position("eb", 40)));
        several.flush();

        assertEquals(List.of("""
            event: parley.gap
            data: {"channel":"b","from":"eb-1","to":"eb-40"}
            id: ea-1,eb-40

            """), sink.sent);
    }

    @Test
    void repliesHaveNoForm() {
        one.add(new Frame.Error(0, ErrorCode.INTERNAL, "", null));
        one.add(new Frame.Unsubscribed(1, A));

        assertEquals(0, one.gathered());
    }

    @Test
    void pingAmongOthersIsAComment() throws IOException {
        one.add(new Frame.Ping());
        one.flush();

        assertEquals(List.of(":\n\n"), sink.sent);
    }

    @Test
    void failedOrClosedStreamIsAnIoException() {
        sink.failure = new IOException("broken pipe");
        assertThrows(IOException.class, one::ping);
        one.close(CloseCode.TOO_SLOW);

        assertTrue(sink.isClosed());
        assertThrows(IOException.class, one::ping);
    }

    private static Message message(ChannelName channel, long offset) {
        return new Message(
                channel, new Position("e" + channel, offset), new Content(Long.toString(offset), "", ""), 99);
    }

    /** Takes what is sent as text, as Jersey's does through its writers. */
    private static final class Sink implements SseEventSink {
        private final List<String> sent = new ArrayList<>();
        private boolean closed;
        private @Nullable IOException failure;

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            var text = new StringBuilder();
            ((EventBytes) event).pieces().forEach(piece -> text.append(new String(piece, UTF_8)));
            sent.add(text.toString());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
