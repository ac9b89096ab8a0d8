package dev.parley.http;

import dev.parley.core.Broker.Appended;
import dev.parley.core.ChannelName;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Given;
import dev.parley.protocol.JsonCodec;
import dev.parley.protocol.Range;
import dev.parley.protocol.Refused;
import dev.parley.session.Administration;
import dev.parley.session.Conversation;
import dev.parley.session.Gate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Publishing to a channel, and its history. */
@Path("channels/{channel}/messages")
@Produces(MediaType.APPLICATION_JSON)
public final class MessagesResource {
    private final Gate gate;
    private final Administration administration;
    private final Body body;
    private final int nameLength;

    public MessagesResource(Gate gate, Administration administration, int messageSize, int nameLength) {
        this.gate = gate;
        this.administration = administration;
        this.body = new Body(messageSize);
        this.nameLength = nameLength;
    }

    @POST
    public Object publish(
            @PathParam("channel") String name,
            @QueryParam("event") @Nullable String event,
            @QueryParam("name") @Nullable String nickname,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers,
            @Context HttpServletRequest request,
            InputStream in)
            throws IOException {
        ChannelName channel = Given.channel(name);
        User user = Given.user(nickname, nameLength);
        String eventName = event == null ? "" : Given.event(event, nameLength);
        String retryKey = key == null ? null : Given.key(key);
        String data = body.data(headers.getMediaType(), in);
        String location = request.getContextPath() + "/channels/" + channel + "/messages/";
        return Answering.of(() -> stored(gate.publish(user, channel, data, eventName, retryKey), location));
    }

    private static Response stored(Appended stored, String location) {
        return Response.status(stored.duplicate() ? 200 : 201)
                .header(HttpHeaders.LOCATION, location + stored.position())
                .entity(JsonCodec.published(stored.position().toString(), stored.duplicate()))
                .build();
    }

    @GET
    public Object history(
            @PathParam("channel") String name,
            @QueryParam("after") @Nullable String after,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("name") @Nullable String nickname) {
        ChannelName channel = Given.channel(name);
        Range range = Range.of(after, before, limit == null ? Range.DEFAULT_LIMIT : number(limit));
        User user = Given.user(nickname, nameLength);
        return Answering.of(() -> page(channel, range, gate.history(user, channel, range)));
    }

    private static String page(ChannelName channel, Range range, Slice slice) {
        return JsonCodec.text(new Frame.History(
                0,
                channel,
                slice.messages(),
                slice.more(),
                Conversation.recovered(range.start(), range.forward(), slice)));
    }

    @GET
    @Path("{position}")
    public Object message(
            @PathParam("channel") String name,
            @PathParam("position") String position,
            @QueryParam("name") @Nullable String nickname) {
        User user = Given.user(nickname, nameLength);
        ChannelName channel = Given.channel(name);
        Start at = Given.start(position);
        return Answering.of(() -> gate.message(user, channel, at).as(JsonCodec.MESSAGE));
    }

    /** Deletes the history. For administrators. */
    @DELETE
    public Object clear(
            @PathParam("channel") String name, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        gate.administer(authorization);
        ChannelName channel = Given.channel(name);
        return Answering.of(() -> {
            administration.clear(channel);
            return Response.noContent().build();
        });
    }

    static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refused(ErrorCode.MALFORMED, "not a number");
        }
    }
}
