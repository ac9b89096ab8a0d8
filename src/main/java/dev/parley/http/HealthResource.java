package dev.parley.http;

import dev.parley.session.ClientSession.Kind;
import dev.parley.session.Gate;
import dev.parley.session.Sessions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Whether this node lives, and whether it should be sent new clients. */
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
    private final Gate gate;
    private final Sessions sessions;

    public HealthResource(Gate gate, Sessions sessions) {
        this.gate = gate;
        this.sessions = sessions;
    }

    @GET
    @Path("live")
    public String live() {
        return "{\"status\":\"up\"}";
    }

    @GET
    @Path("ready")
    public Response ready() {
        if (!gate.isReady()) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .entity("{\"status\":\"down\",\"reason\":\"the log cannot be written\"}")
                    .build();
        }
        return Response.ok("{\"status\":\"up\",\"sessions\":{\"websocket\":"
                        + (sessions.count(Kind.WEBSOCKET) + sessions.count(Kind.CHAT))
                        + ",\"sse\":"
                        + sessions.count(Kind.SSE)
                        + "}}")
                .build();
    }
}
