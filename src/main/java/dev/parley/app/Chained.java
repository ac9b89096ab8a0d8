package dev.parley.app;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;

/** Several filters as one, since Tomcat and Payara order filters that are put before all others in opposite ways. */
final class Chained implements Filter {
    private final List<Filter> filters;
    private final Runnable goodbye;

    /**
     * @param filters the outermost first
     * @param goodbye run before they are destroyed, and so before any listener hears that the application ends: Tomcat's WebSocket
     *     engine is such a listener, and closes all connections with 1001
     */
    Chained(List<Filter> filters, Runnable goodbye) {
        this.filters = List.copyOf(filters);
        this.goodbye = goodbye;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        for (Filter filter : filters) {
            filter.init(config);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        from(0, chain).doFilter(request, response);
    }

    @Override
    public void destroy() {
        goodbye.run();
        filters.forEach(Filter::destroy);
    }

    private FilterChain from(int index, FilterChain end) {
        return index == filters.size()
                ? end
                : (request, response) -> filters.get(index).doFilter(request, response, from(index + 1, end));
    }
}
