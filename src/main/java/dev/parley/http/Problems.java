package dev.parley.http;

import dev.parley.core.LogUnavailable;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Refused;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Answers every failure with a problem document (RFC 9457). */
@Provider
public final class Problems implements ExceptionMapper<Throwable> {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = System.getLogger(Problems.class.getName());

    @Override
    public Response toResponse(Throwable failure) {
        return switch (failure) {
            case Refused it -> ofRefused(it);
            case LogUnavailable it ->
                answer(ErrorCode.LOG_UNAVAILABLE, ErrorCode.LOG_UNAVAILABLE.httpStatus(), "try again later")
                        .build();
            case WebApplicationException it -> ofJaxRs(it.getResponse());
            case IOException it ->
                answer(ErrorCode.MALFORMED, 400, "the body was cut short").build();
            default -> {
                LOG.log(Level.ERROR, "a request failed", failure);
                yield answer(ErrorCode.INTERNAL, 500, "").build();
            }
        };
    }

    private static Response ofRefused(Refused why) {
        Response.ResponseBuilder answer = answer(why.code(), why.status(), why.detail());
        if (why.retryAfter() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, why.retryAfter());
        }
        if (why.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"); // RFC 9110, section 11.6.1
        }
        return answer.build();
    }

    /** What JAX-RS itself refuses: no such address, method, or media type. */
    private static Response ofJaxRs(Response response) {
        int status = response.getStatus();
        ErrorCode code = switch (status) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 413 -> ErrorCode.TOO_LARGE;
            default -> status < 500 ? ErrorCode.MALFORMED : ErrorCode.INTERNAL;
        };
        Response.ResponseBuilder answer =
                answer(code, status, response.getStatusInfo().getReasonPhrase());
        String allow = response.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? answer.build()
                : answer.header(HttpHeaders.ALLOW, allow).build();
    }

    private static Response.ResponseBuilder answer(ErrorCode code, int status, String detail) {
        return Response.status(status).type(MEDIA_TYPE).entity(JsonCodec.problem(code, status, detail));
    }
}
