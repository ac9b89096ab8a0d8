package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Member;
import dev.parley.core.Presence.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What Redis knows of who is where: the presence script, and its answers. */
final class Roll {
    /** A channel's presence is forgotten when nobody has come or renewed a lease for so long. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Link link;
    private final Keys keys;
    private final RedisTime time;

    Roll(Link link, Keys keys, RedisTime time) {
        this.link = link;
        this.keys = keys;
        this.time = time;
    }

    /**
     * How things stood at one moment.
     *
     * @param changes how many there had been
     */
    record State(long changes, Members members) {
        static State of(List<Object> answer) {
            List<Member> listed = new ArrayList<>();
            for (int i = 3; i < answer.size(); i += 2) {
                listed.add(new Member(new String((byte[]) answer.get(i), UTF_8), (int) number(answer, i + 1)));
            }
            return new State(number(answer, 0), new Members(listed, (int) number(answer, 1), (int) number(answer, 2)));
        }

        private static long number(List<Object> answer, int index) {
            return (Long) answer.get(index);
        }
    }

    /** When a lease ends that is given now, in ms of the nodes' common time. */
    long end(Duration lease) {
        return time.now() + lease.toMillis();
    }

    /** @param joining session, user and end of its lease, one after the other */
    CompletableFuture<State> join(ChannelName channel, List<?> joining) {
        return run(channel, "join", joining.toArray());
    }

    CompletableFuture<State> leave(ChannelName channel, String session, long end) {
        return run(channel, "leave", session, end);
    }

    CompletableFuture<State> list(ChannelName channel, int limit) {
        return run(channel, "list", limit);
    }

    private CompletableFuture<State> run(ChannelName channel, String what, Object... more) {
        Object[] args = new Object[5 + more.length];
        args[0] = time.now();
        args[1] = KEPT.toMillis();
        args[2] = link.address().publish();
        args[3] = keys.presence(channel);
        args[4] = what;
        System.arraycopy(more, 0, args, 5, more.length);
        return link.run(Script.PRESENCE, keys.roll(channel), Arguments.of(args)).thenApply(State::of);
    }
}
