package dev.parley.http;

import dev.parley.core.ChannelName;
import dev.parley.core.User;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Given;
import dev.parley.protocol.JsonCodec;
import dev.parley.session.Gate;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Who is on a channel. */
@Path("channels/{channel}/presence")
@Produces(MediaType.APPLICATION_JSON)
public final class PresenceResource {
    private final Gate gate;
    private final int nameLength;

    public PresenceResource(Gate gate, int nameLength) {
        this.gate = gate;
        this.nameLength = nameLength;
    }

    @GET
    public Object members(@PathParam("channel") String name, @QueryParam("name") @Nullable String nickname) {
        ChannelName channel = Given.channel(name);
        User user = Given.user(nickname, nameLength);
        return Answering.of(() -> JsonCodec.text(Frame.Presence.of(0, channel, gate.presence(user, channel))));
    }
}
