package dev.parley.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.auth.Origins;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything else: names the node in every answer, keeps out browsers that come from a foreign page, answers for
 * CORS, and turns a {@link Refused} from further inside into a problem document.
 */
@SuppressWarnings("serial") // no container serializes a filter
public final class FrontFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** What is no percent-encoding (RFC 3986, section 2.1). */
    private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final String node;
    private final Origins origins;
    private final Consumer<Refused> log;

    /** @param log hears of everybody who is refused */
    public FrontFilter(String node, Origins origins, Consumer<Refused> log) {
        this.node = node;
        this.origins = origins;
        this.log = log;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Parley-Node", node);
        response.setHeader(
                "Cache-Control", "no-cache"); // neither an answer nor, after an upgrade, the page may be an old one
        try {
            String origin = request.getHeader("Origin");
            if (!origins.isAllowed(origin, request.getHeader("Host")) && isSensitive(request)) {
                throw new Refused(ErrorCode.NOT_PERMITTED, "origin " + origin);
            }
            if (origin != null && origins.isConfigured(origin)) {
                allow(origin, response);
                if (isPreflight(request)) {
                    answerPreflight(response);
                    return;
                }
            }
            checkContentType(request);
            checkQuery(request.getQueryString());
            chain.doFilter(request, response);
        } catch (Refused e) {
            log.accept(e);
            write(response, e);
        }
    }

    /** A handshake, which no other rule of browsers guards, or a request that a browser has added credentials to. */
    private static boolean isSensitive(HttpServletRequest request) {
        return request.getHeader("Upgrade") != null
                || request.getHeader("Cookie") != null
                || request.getHeader("Authorization") != null;
    }

    /** Jersey would refuse what is no media type (RFC 9110, section 8.3) without asking for a problem document. */
    private static void checkContentType(HttpServletRequest request) {
        String type = request.getContentType();
        try {
            if (type != null) {
                MediaType.valueOf(type);
            }
        } catch (IllegalArgumentException e) {
            throw new Refused(ErrorCode.MALFORMED, "Content-Type is no media type");
        }
    }

    /** Jersey takes one that is broken for a fault of its own, and Tomcat leaves the parameter out. */
    private static void checkQuery(@Nullable String query) {
        if (query != null && BROKEN.matcher(query).find()) {
            throw new Refused(ErrorCode.MALFORMED, "the query is not percent-encoded");
        }
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    private static void allow(String origin, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Expose-Headers", "Location, Parley-Node, Retry-After");
        response.addHeader("Vary", "Origin");
    }

    private static void answerPreflight(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE");
        response.setHeader(
                "Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, Last-Event-ID");
        response.setHeader("Access-Control-Max-Age", "600");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static void write(HttpServletResponse response, Refused why) throws IOException {
        byte[] body = JsonCodec.problem(why.code(), why.status(), why.detail()).getBytes(UTF_8);
        response.setStatus(why.status());
        if (why.retryAfter() > 0) {
            response.setIntHeader("Retry-After", why.retryAfter());
        }
        response.setContentType(Problems.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
