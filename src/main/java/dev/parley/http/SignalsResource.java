package dev.parley.http;

import dev.parley.core.ChannelName;
import dev.parley.core.User;
import dev.parley.protocol.Given;
import dev.parley.session.Gate;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Signals of those who have no WebSocket. */
@Path("channels/{channel}/signals")
public final class SignalsResource {
    private final Gate gate;
    private final Body body;
    private final int nameLength;

    public SignalsResource(Gate gate, int messageSize, int nameLength) {
        this.gate = gate;
        this.body = new Body(messageSize);
        this.nameLength = nameLength;
    }

    @POST
    public Response signal(
            @PathParam("channel") String name,
            @QueryParam("event") @Nullable String event,
            @QueryParam("name") @Nullable String nickname,
            @Context HttpHeaders headers,
            InputStream in)
            throws IOException {
        ChannelName channel = Given.channel(name);
        User user = Given.user(nickname, nameLength);
        String eventName = event == null ? "" : Given.event(event, nameLength);
        gate.signal(user, channel, body.data(headers.getMediaType(), in), eventName);
        return Response.accepted().build();
    }
}
