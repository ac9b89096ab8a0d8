package dev.parley.sse;

import dev.parley.core.Message;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Frame;
import dev.parley.protocol.SseCodec;
import dev.parley.session.ClientSession;
import dev.parley.session.Transport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes to one event stream. Jersey cannot say whether a send has blocked or only queued, so there is never more than one. */
final class SseTransport implements Transport {
    private final SseEventSink sink;
    private final boolean several;
    private final ReentrantLock sending = new ReentrantLock();
    private @Nullable Cursor cursor; // set before the first frame is sent, then the writer's own
    private List<byte[]> pieces = new ArrayList<>(1);
    private int gathered;

    /** @param several whether the stream is one of several channels, with another form of event */
    SseTransport(SseEventSink sink, boolean several) {
        this.sink = sink;
        this.several = several;
    }

    /** Where the reader stands. To be called before anything is sent on the session. */
    void startAt(Cursor start) {
        cursor = start;
    }

    /** Ends the session as soon as the container knows that the connection has ended. */
    void watch(ClientSession session, AsyncContext connection) {
        connection.setTimeout(HandedConnection.NEVER);
        connection.addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
                gone();
            }

            @Override
            public void onTimeout(AsyncEvent event) {
                gone();
            }

            @Override
            public void onError(AsyncEvent event) {
                gone();
            }

            @Override
            public void onStartAsync(AsyncEvent event) {
                // the same connection goes on
            }

            private void gone() {
                session.ended();
                awaitSend();
            }
        });
    }

    @Override
    public void add(Frame frame) {
        switch (frame) {
            case Frame.Connected connected -> add(SseCodec.opening(connected.server(), cursor().toString()));
            case Frame.Gap gap -> {
                cursor().move(gap.channel(), gap.to());
                add(SseCodec.gap(gap, cursor().toString()));
            }
            case Frame.Closing closing -> add(SseCodec.closing(closing));
            case Frame.Broadcast broadcast -> add(SseCodec.broadcast(broadcast));
            case Frame.Shared shared -> add(SseCodec.shared(shared));
            case Frame.Dismissed dismissed -> add(SseCodec.dismissed(dismissed));
            case Frame.Ping ping -> add(SseCodec.comment());
            case Frame.Reply reply -> {} // nobody asks for anything on a stream
        }
    }

    @Override
    public void add(Message message) {
        if (several) {
            cursor().move(message.channel(), message.position());
            add(message.as(SseCodec.EVENT_WITHOUT_ID));
            add(SseCodec.id(cursor().toString()));
        } else {
            add(message.as(SseCodec.EVENT));
        }
    }

    @Override
    public int gathered() {
        return gathered;
    }

    @Override
    public void flush() throws IOException {
        EventBytes events = new EventBytes(pieces);
        pieces = new ArrayList<>(1);
        gathered = 0;
        send(events);
    }

    @Override
    public void ping() throws IOException {
        send(new EventBytes(List.of(SseCodec.comment())));
    }

    @Override
    public void close(CloseCode code) {
        sink.close();
    }

    @Override
    public void cut(CloseCode code) {
        sink.close();
    }

    private Cursor cursor() {
        if (cursor == null) {
            throw new IllegalStateException("a stream that stands nowhere");
        }
        return cursor;
    }

    /**
     * Waits until no send is under way. Tomcat reuses a request as soon as its error has been reported to the listeners, also while
     * another thread is still on its way out of the failed write, and would then give that failure to the next client.
     */
    @SuppressWarnings("LockNotBeforeTry") // there is nothing to do while it is held
    private void awaitSend() {
        sending.lock();
        sending.unlock();
    }

    private void add(byte[] piece) {
        pieces.add(piece);
        gathered += piece.length;
    }

    private void send(EventBytes events) throws IOException {
        sending.lock();
        try {
            sink.send(events).toCompletableFuture().join();
        } catch (CompletionException | IllegalStateException e) {
            throw new IOException("the stream has ended", e);
        } finally {
            sending.unlock();
        }
    }
}
