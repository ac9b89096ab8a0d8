package dev.parley.http;

import dev.parley.protocol.JsonText;
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
        String reason = gate.isReady() ? sessions.admission().reason() : gate.trouble();
        String status =
                reason == null ? "\"status\":\"up\"" : "\"status\":\"down\",\"reason\":" + JsonText.string(reason);
        return Response.status(reason == null ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .entity('{' + status + ",\"sessions\":{\"websocket\":"
                        + (sessions.count(Kind.WEBSOCKET) + sessions.count(Kind.CHAT))
                        + ",\"sse\":"
                        + sessions.count(Kind.SSE)
                        + "}}")
                .build();
    }
}
