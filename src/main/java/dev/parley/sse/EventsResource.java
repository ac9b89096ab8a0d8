package dev.parley.sse;

import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.core.Start;
import dev.parley.core.Subscription;
import dev.parley.core.User;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Given;
import dev.parley.protocol.Refused;
import dev.parley.session.ClientSession;
import dev.parley.session.Conversation;
import dev.parley.session.Gate;
import dev.parley.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.ArrayList;
import java.util.List;

/** Channels as event streams. */
@Path("events")
@Produces(MediaType.SERVER_SENT_EVENTS)
public final class EventsResource {
    private final Gate gate;
    private final Sessions sessions;
    private final Conversation.Terms terms;
    private final int nameLength;

    public EventsResource(Gate gate, Sessions sessions, Conversation.Terms terms, int nameLength) {
        this.gate = gate;
        this.sessions = sessions;
        this.terms = terms;
        this.nameLength = nameLength;
    }

    @GET
    @Path("{channel}")
    public void one(
            @PathParam("channel") String channel,
            @BeanParam Asked asked,
            @Context SseEventSink sink,
            @Context HttpServletRequest request) {
        answer(List.of(channel), false, asked, sink, request);
    }

    @GET
    public void several(
            @QueryParam("channel") List<String> channels,
            @BeanParam Asked asked,
            @Context SseEventSink sink,
            @Context HttpServletRequest request) {
        answer(channels, true, asked, sink, request);
    }

    private void answer(
            List<String> names, boolean several, Asked asked, SseEventSink sink, HttpServletRequest request) {
        try {
            begin(names, several, asked, sink, request);
        } catch (Refused e) {
            sessions.refused(e);
            throw e;
        }
    }

    @HEAD
    @Path("{channel}")
    public Response headOfOne(@PathParam("channel") String channel, @BeanParam Asked asked) {
        return head(List.of(channel), asked);
    }

    @HEAD
    public Response headOfSeveral(@QueryParam("channel") List<String> channels, @BeanParam Asked asked) {
        return head(channels, asked);
    }

    /** JAX-RS would begin a stream for a HEAD too: one of which nothing is ever written, and whose end so never shows. */
    private Response head(List<String> names, Asked asked) {
        Cursor.starts(asked.after(), Cursor.channels(names).size());
        asked.presence();
        asked.signals();
        Given.user(asked.name(), nameLength);
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build();
    }

    private void begin(
            List<String> names, boolean several, Asked asked, SseEventSink sink, HttpServletRequest request) {
        List<ChannelName> channels = Cursor.channels(names);
        List<Start> starts = Cursor.starts(asked.after(), channels.size());
        boolean presence = asked.presence();
        boolean signals = asked.signals();
        User user = Given.user(asked.name(), nameLength);
        SseTransport stream = new SseTransport(sink, several);
        ClientSession session =
                sessions.open(user, ClientSession.Kind.SSE, stream).orElseThrow(sessions.admission()::refusal);
        if (signals) {
            session.hearSignals();
        }
        List<Subscription> subscriptions = new ArrayList<>();
        try {
            start(session, stream, channels, starts, subscriptions, presence);
            stream.watch(session, request.getAsyncContext());
        } catch (RuntimeException e) {
            subscriptions.forEach(session::leave);
            session.ended();
            throw e;
        }
    }

    private void start(
            ClientSession session,
            SseTransport stream,
            List<ChannelName> channels,
            List<Start> starts,
            List<Subscription> subscriptions,
            boolean presence) {
        List<Frame> first = new ArrayList<>();
        first.add(new Frame.Connected(0, session.id(), session.user().name(), terms.heartbeat(), terms.server()));
        for (int i = 0; i < channels.size(); i++) {
            Hub.Joined joined = gate.subscribe(session, channels.get(i), starts.get(i));
            subscriptions.add(joined.subscription());
            if (!joined.recovered()) {
                first.add(Frame.Gap.before(joined.subscription(), starts.get(i)));
            }
        }
        if (presence) {
            channels.forEach(channel -> first.add(Frame.Presence.of(0, channel, gate.follow(session, channel))));
        }
        stream.startAt(new Cursor(
                channels, subscriptions.stream().map(Subscription::cursor).toList()));
        session.read(subscriptions, first);
    }
}
