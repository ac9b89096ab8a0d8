package dev.parley.websocket;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Given;
import dev.parley.protocol.Refused;
import dev.parley.session.Admission;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a handshake before the container does, since a refusal after the upgrade is hard to see for who made the mistake.
 * Throws {@link Refused} for an outer filter to answer.
 */
@SuppressWarnings("serial") // no container serializes a filter
public final class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int UPGRADE_REQUIRED = 426;
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;
    private static final String CHAT = "/chat/";

    private final boolean echo;
    private final int nameLength;
    private final Admission admission;
    private boolean engineTakesUnmasked;

    /** @param echo whether {@code /echo} is there */
    public HandshakeFilter(boolean echo, int nameLength, Admission admission) {
        this.echo = echo;
        this.nameLength = nameLength;
        this.admission = admission;
    }

    @Override
    public void init() {
        engineTakesUnmasked =
                MaskedUpgrade.isNeededBy(getServletContext().getAttribute(ServerContainer.class.getName()));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!path.equals("/ws") && !path.equals("/echo") && !path.startsWith(CHAT)) {
            chain.doFilter(request, response);
            return;
        }
        if (path.equals("/echo") && !echo) {
            throw new Refused(ErrorCode.NOT_FOUND, "there is no echo here");
        }
        checkUpgrade(request, response);
        Newcomer.of(request.getParameter("name"), request.getParameter("after"), nameLength);
        if (path.startsWith(CHAT)) {
            Given.channel("chat:" + path.substring(CHAT.length()));
        }
        if (admission.reason() != null && isForwarded(request)) {
            throw admission.turnAway();
        }
        chain.doFilter(engineTakesUnmasked ? MaskedUpgrade.of(request) : request, response);
    }

    /** What RFC 6455, section 4.2.1, wants of a handshake, checked here as not every engine does. */
    private static void checkUpgrade(HttpServletRequest request, HttpServletResponse response) {
        if (!asksForUpgrade(request)) {
            throw upgradeRequired(
                    request,
                    response,
                    "this is a WebSocket address, and the request or a proxy on its way does"
                            + " not ask for an upgrade");
        }
        if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            response.setHeader("Sec-WebSocket-Version", VERSION);
            throw upgradeRequired(request, response, "WebSocket version 13 is spoken here");
        }
        if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
            throw new Refused(ErrorCode.MALFORMED, "Sec-WebSocket-Key must be 16 bytes in base64");
        }
    }

    /** A proxy that passes on one of the two headers and not the other is a common mistake. */
    private static boolean asksForUpgrade(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && Collections.list(request.getHeaders("Connection")).stream()
                        .flatMap(line -> Stream.of(line.split(",", -1)))
                        .anyMatch(option -> option.strip().equalsIgnoreCase("Upgrade"));
    }

    private static Refused upgradeRequired(HttpServletRequest request, HttpServletResponse response, String detail) {
        if (knowsUpgrades(request)) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader(
                    "Connection", "close"); // named "Upgrade" here, Payara would wait for one and never answer
        }
        return new Refused(ErrorCode.MALFORMED, detail, UPGRADE_REQUIRED);
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * A proxy in front takes the next node when it gets a 503 here. A client that came by itself would not get to see one (browsers
     * hide it), so it is taken in and told by a close code.
     */
    private static boolean isForwarded(HttpServletRequest request) {
        return request.getHeader("X-Forwarded-For") != null
                || request.getHeader("X-Forwarded-Proto")
                        != null // Tomcat takes the other away where it trusts the proxy
                || request.getHeader("Forwarded") != null
                || request.getHeader("Via") != null;
    }

    /**
     * HTTP/2 has no such headers (RFC 9113, section 8.2.2), also where an HTTP/1.1 request asked for it. HTTP/1.0 has no upgrades
     * (RFC 9110, section 7.8), and is what nginx speaks by default, also for a client that came over HTTP/2: to that client an
     * {@code Upgrade} that nginx passes on makes the answer malformed.
     */
    private static boolean knowsUpgrades(HttpServletRequest request) {
        return request.getProtocol().equals("HTTP/1.1") && request.getHeader("HTTP2-Settings") == null;
    }
}
