package dev.parley.sse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection of a {@link HandedRequest}. Takes listeners when the container takes none any more, once its own thread has left
 * the request: this is the one listener that the container knows.
 */
final class HandedConnection implements AsyncContext, AsyncListener {
    /**
     * A timeout for connections that have none, in milliseconds. While an application is stopped Tomcat breaks off every connection
     * whose timeout is 0, within a second, and so before most have been told to come back.
     */
    static final long NEVER = TimeUnit.DAYS.toMillis(10_000);

    private final AsyncContext connection;
    private final List<AsyncListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock answering = new ReentrantLock();

    HandedConnection(AsyncContext connection) {
        this.connection = connection;
        connection.setTimeout(NEVER);
        connection.addListener(this);
    }

    /** Runs this before the container, at the connection's end, may reuse what belongs to the request. */
    void holding(Runnable work) {
        answering.lock();
        try {
            work.run();
        } finally {
            answering.unlock();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        for (AsyncListener listener : listeners) {
            listener.onComplete(event);
        }
        awaitAnswer();
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        for (AsyncListener listener : listeners) {
            listener.onTimeout(event);
        }
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        for (AsyncListener listener : listeners) {
            listener.onError(event);
        }
        awaitAnswer();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody starts it again
    }

    private void awaitAnswer() {
        holding(() -> {});
    }

    @Override
    public void addListener(AsyncListener listener) {
        listeners.add(listener);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        listeners.add(listener);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return connection.createListener(type);
    }

    /** None can be set any more. */
    @Override
    public void setTimeout(long millis) {
        // it never comes
    }

    @Override
    public long getTimeout() {
        return NEVER;
    }

    @Override
    public ServletRequest getRequest() {
        return connection.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return connection.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return connection.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        connection.dispatch();
    }

    @Override
    public void dispatch(String path) {
        connection.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        connection.dispatch(context, path);
    }

    @Override
    public void complete() {
        connection.complete();
    }

    @Override
    public void start(Runnable work) {
        connection.start(work);
    }
}
