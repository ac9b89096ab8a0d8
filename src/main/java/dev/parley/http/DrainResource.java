package dev.parley.http;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;
import dev.parley.session.Drain;
import dev.parley.session.Gate;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends all clients to other nodes, before this one is stopped. For administrators. */
@Path("drain")
@Produces(MediaType.APPLICATION_JSON)
public final class DrainResource {
    private static final long MAX_SECONDS = 3600;

    private final Gate gate;
    private final Drain drain;
    private final Duration usual;

    /** @param usual over how long if the request does not say so */
    public DrainResource(Gate gate, Drain drain, Duration usual) {
        this.gate = gate;
        this.drain = drain;
        this.usual = usual;
    }

    /** @param over in seconds, 0 to {@value #MAX_SECONDS} */
    @POST
    public Response drain(
            @QueryParam("over") @Nullable String over,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        gate.administer(authorization);
        Duration time = over == null ? usual : Duration.ofSeconds(seconds(over));
        drain.begin(time);
        return Response.accepted("{\"status\":\"draining\",\"over\":" + time.toSeconds() + '}')
                .build();
    }

    private static long seconds(String text) {
        long seconds = MessagesResource.number(text);
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new Refused(ErrorCode.MALFORMED, "over must be 0 to " + MAX_SECONDS + " seconds");
        }
        return seconds;
    }
}
