package dev.parley.sse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request that another thread goes on with. To be made by the container's thread. */
final class HandedRequest extends HttpServletRequestWrapper {
    private final HandedConnection connection;
    private volatile boolean taken;

    HandedRequest(HttpServletRequest request) {
        super(request);
        connection = new HandedConnection(request.startAsync());
    }

    HandedConnection connection() {
        return connection;
    }

    /** Whether somebody has asked for the connection, so as to complete it: JAX-RS, where a method's answer comes later. */
    boolean isTaken() {
        return taken;
    }

    @Override
    public AsyncContext getAsyncContext() {
        taken = true;
        return connection;
    }
}
