package dev.parley.http;

import dev.parley.protocol.FiguresCodec;
import dev.parley.protocol.SessionFigures;
import dev.parley.session.Administration;
import dev.parley.session.Gate;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Who is connected, and the end of it. For administrators. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsResource {
    private final Gate gate;
    private final Administration administration;

    public SessionsResource(Gate gate, Administration administration) {
        this.gate = gate;
        this.administration = administration;
    }

    @GET
    @Path("sessions")
    public Object sessions(
            @QueryParam("limit") @Nullable String limit,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        gate.administer(authorization);
        int most = ChannelsResource.limit(limit, 100);
        return Answering.of(() -> {
            Administration.Found<SessionFigures> found = administration.sessions(most);
            return FiguresCodec.sessions(found.some(), found.count(), found.missing());
        });
    }

    @DELETE
    @Path("sessions/{session}")
    public Object kick(
            @PathParam("session") String session,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        gate.administer(authorization);
        return Answering.of(() -> {
            administration.kick(session);
            return Response.noContent().build();
        });
    }

    @DELETE
    @Path("users/{user}/sessions")
    public Object kickUser(
            @PathParam("user") String user, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        gate.administer(authorization);
        return Answering.of(() -> {
            Administration.Done done = administration.kickUser(user);
            return FiguresCodec.done(done.sessions(), done.missing());
        });
    }
}
