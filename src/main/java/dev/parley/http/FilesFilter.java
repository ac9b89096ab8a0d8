package dev.parley.http;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/** Files are there to be read: containers answer a POST as well, and a DELETE each in its way. */
@SuppressWarnings("serial") // no container serializes a filter
public final class FilesFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Pattern files;

    /** @param files matches the path of every file */
    public FilesFilter(String files) {
        this.files = Pattern.compile(files);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!READING.contains(request.getMethod())
                && files.matcher(request.getServletPath()).matches()) {
            response.setHeader("Allow", "GET, HEAD");
            throw new Refused(ErrorCode.MALFORMED, "this is a file", HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
        chain.doFilter(request, response);
    }
}
