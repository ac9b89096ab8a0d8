package dev.parley.sse;

import dev.parley.core.VirtualThreads;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;

/**
 * Answers requests for streams on virtual threads, also where the container's are platform threads. A stream asks the log where it
 * begins, which may take long, and JAX-RS has begun it once the resource's method has returned; then it is too late to refuse.
 */
@SuppressWarnings("serial") // no container serializes a filter
public final class StreamFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(StreamFilter.class.getName());
    private static final String PATH = "/events";
    private static final ThreadFactory THREADS = VirtualThreads.named("parley-stream");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (Thread.currentThread().isVirtual() || !isStream(request)) {
            chain.doFilter(request, response);
            return;
        }
        var handed = new HandedRequest(request);
        THREADS.newThread(() -> handed.connection().holding(() -> answer(handed, response, chain)))
                .start();
    }

    private static boolean isStream(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return request.getMethod().equals("GET") && (path.equals(PATH) || path.startsWith(PATH + '/'));
    }

    private static void answer(HandedRequest request, HttpServletResponse response, FilterChain chain) {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            LOG.log(Level.WARNING, "answering a request for a stream", e);
        } finally {
            if (!request.isTaken()) {
                request.connection().complete();
            }
        }
    }
}
