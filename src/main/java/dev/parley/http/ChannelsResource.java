package dev.parley.http;

import dev.parley.core.ChannelName;
import dev.parley.protocol.ChannelFigures;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.FiguresCodec;
import dev.parley.protocol.Given;
import dev.parley.protocol.Refused;
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
import org.jspecify.annotations.Nullable;

/** The channels and their figures. For administrators. */
@Path("channels")
@Produces(MediaType.APPLICATION_JSON)
public final class ChannelsResource {
    private static final int MAX_LIMIT = 1000;

    private final Gate gate;
    private final Administration administration;

    public ChannelsResource(Gate gate, Administration administration) {
        this.gate = gate;
        this.administration = administration;
    }

    @GET
    public Object channels(
            @QueryParam("limit") @Nullable String limit,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        gate.administer(authorization);
        int most = limit(limit, 20);
        return Answering.of(() -> {
            Administration.Found<ChannelFigures> found = administration.channels(most);
            return FiguresCodec.channels(found.some(), found.count(), found.missing());
        });
    }

    @GET
    @Path("{channel}")
    public Object channel(
            @PathParam("channel") String name, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        gate.administer(authorization);
        ChannelName channel = Given.channel(name);
        return Answering.of(() -> FiguresCodec.channel(administration.channel(channel)));
    }

    /** Takes a user out of a channel. Does not keep it from coming again. */
    @DELETE
    @Path("{channel}/members/{user}")
    public Object dismiss(
            @PathParam("channel") String name,
            @PathParam("user") String user,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        gate.administer(authorization);
        ChannelName channel = Given.channel(name);
        return Answering.of(() -> {
            Administration.Done done = administration.dismiss(channel, user);
            return FiguresCodec.done(done.sessions(), done.missing());
        });
    }

    /** How many are listed at most. */
    static int limit(@Nullable String text, int usual) {
        long limit = text == null ? usual : MessagesResource.number(text);
        if (limit < 1) {
            throw new Refused(ErrorCode.MALFORMED, "limit must be at least 1");
        }
        return (int) Math.min(limit, MAX_LIMIT);
    }
}
