package dev.parley.http;

import dev.parley.core.ChannelName;
import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Given;
import dev.parley.protocol.Refused;
import dev.parley.session.Gate;
import dev.parley.session.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Long-poll and polling: an answer as soon as there is something, or when the time is over. */
@Path("poll")
@Produces(MediaType.APPLICATION_JSON)
public final class PollResource {
    private static final long DEFAULT_WAIT = 25;
    private static final long MAX_WAIT = 55; // most proxies give up after 60 s

    /** In milliseconds. Without a timeout Tomcat answers 500 within a second, while the application is being stopped. */
    private static final long LONGER_THAN_ANY = TimeUnit.HOURS.toMillis(1);

    private final Gate gate;
    private final Sessions sessions;
    private final Polls polls;
    private final int nameLength;

    public PollResource(Gate gate, Sessions sessions, Polls polls, int nameLength) {
        this.gate = gate;
        this.sessions = sessions;
        this.polls = polls;
        this.nameLength = nameLength;
    }

    @GET
    public void poll(
            @QueryParam("channel") List<String> names,
            @QueryParam("after") @Nullable String after,
            @QueryParam("wait") @Nullable String wait,
            @QueryParam("name") @Nullable String nickname,
            @Context HttpServletRequest request,
            @Suspended AsyncResponse response) {
        List<ChannelName> channels = Cursor.channels(names);
        List<Start> starts = after == null ? List.of() : Cursor.starts(after, channels.size());
        Duration atMost = duration(wait);
        User user = Given.user(nickname, nameLength);
        request.getAsyncContext().setTimeout(LONGER_THAN_ANY);
        if (!sessions.enter()) {
            throw sessions.admission().refusal();
        }
        Poll poll = new Poll(gate, user, channels);
        polls.start(poll, () -> {
            try {
                response.resume(answer(() -> starts.isEmpty() ? poll.cursor() : poll.answer(starts, atMost)));
            } catch (RuntimeException e) {
                response.resume(e);
            }
        });
    }

    /** Gives the place back before it is answered: whoever has the answer may come again at once. */
    private String answer(Supplier<String> poll) {
        try {
            return poll.get();
        } finally {
            sessions.leave();
        }
    }

    private static Duration duration(@Nullable String wait) {
        long seconds = wait == null ? DEFAULT_WAIT : MessagesResource.number(wait);
        if (seconds < 0 || seconds > MAX_WAIT) {
            throw new Refused(ErrorCode.MALFORMED, "wait must be 0 to " + MAX_WAIT + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }
}
