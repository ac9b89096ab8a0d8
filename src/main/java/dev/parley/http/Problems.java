package dev.parley.http;

import dev.parley.core.LogUnavailable;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Refused;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Answers every failure with a problem document (RFC 9457). */
@Provider
public final class Problems implements ExceptionMapper<Throwable>, ContainerResponseFilter {
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

    /** A refusal that comes past the mapper, as that of a header that Jersey cannot read, has no document yet. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        int status = response.getStatus();
        if (status >= 400 && !response.hasEntity()) {
            String document = JsonCodec.problem(
                    code(status), status, response.getStatusInfo().getReasonPhrase());
            response.setEntity(document, null, MediaType.valueOf(MEDIA_TYPE));
        }
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
        Response.ResponseBuilder answer =
                answer(code(status), status, response.getStatusInfo().getReasonPhrase());
        String allow = response.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? answer.build()
                : answer.header(HttpHeaders.ALLOW, allow).build();
    }

    /** What an HTTP status that is not Parley's own comes nearest to. */
    private static ErrorCode code(int status) {
        return switch (status) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 413 -> ErrorCode.TOO_LARGE;
            default -> status < 500 ? ErrorCode.MALFORMED : ErrorCode.INTERNAL;
        };
    }

    private static Response.ResponseBuilder answer(ErrorCode code, int status, String detail) {
        return Response.status(status).type(MEDIA_TYPE).entity(JsonCodec.problem(code, status, detail));
    }
}
