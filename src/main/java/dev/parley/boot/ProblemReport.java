package dev.parley.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Tells in the form of Parley's own errors, and in place of Tomcat's page, what Tomcat refuses before Parley sees it, such as an
 * address with a {@code %ZZ} in it.
 */
final class ProblemReport extends ErrorReportValve {
    /** Where the application leaves the name of the node. */
    private static final String NODE = "parley.node";

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (getContainer().findChild("") instanceof Context application
                && application.getServletContext().getAttribute(NODE) instanceof String node) {
            response.setHeader("Parley-Node", node);
        }
        byte[] problem = problem(status).getBytes(UTF_8);
        try {
            response.setContentType("application/problem+json");
            response.setContentLength(problem.length);
            response.getOutputStream().write(problem);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // whoever asked has gone, or has a part of an answer already
        }
    }

    static String problem(int status) {
        Kind kind = Kind.of(status);
        return "{\"type\":\"urn:parley:error:" + kind.code + "\",\"title\":\"" + kind.title + "\",\"status\":" + status
                + ",\"code\":" + kind.code + ",\"retry\":" + (kind == Kind.INTERNAL) + '}';
    }

    /** Those of Parley's error codes that a container has a use for; its classes are not to be seen from here. */
    private enum Kind {
        MALFORMED(4001, "malformed command"),
        NOT_PERMITTED(4003, "not permitted"),
        NOT_FOUND(4004, "no such channel, session or user"),
        TOO_LARGE(4005, "too large"),
        INTERNAL(4012, "internal error");

        private final int code;
        private final String title;

        Kind(int code, String title) {
            this.code = code;
            this.title = title;
        }

        static Kind of(int status) {
            return switch (status) {
                case 403 -> NOT_PERMITTED;
                case 404 -> NOT_FOUND;
                case 413, 414, 431 -> TOO_LARGE;
                default -> status < 500 ? MALFORMED : INTERNAL;
            };
        }
    }
}
