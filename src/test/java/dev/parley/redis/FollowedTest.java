package dev.parley.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Member;
import dev.parley.core.Presence.Members;
import dev.parley.fake.RecordingPresenceWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a follower's node asks Redis for, and how often. */
class FollowedTest {
    private final RecordingPresenceWatcher watcher = new RecordingPresenceWatcher();
    private final List<Integer> asked = new ArrayList<>();
    private Roll.State beginning = state(1, "alice");
    private Roll.State now = beginning;
    private boolean away;
    private final Followed followed =
            new Followed(new ChannelName("chat:lobby"), watcher, this::beginning, this::list, Runnable::run);

    @Test
    void listIsNotReadAgainWhereNothingHasChanged() {
        followed.check();

        assertEquals(List.of(0), asked);
        assertEquals(1, followed.changes());
        assertEquals(List.of(), watcher.take());
    }

    @Test
    void whoCameSinceTheBeginningIsTold() {
        now = state(2, "alice", "bob");
        followed.check();

        assertEquals(List.of(0, Followed.ALL), asked);
        assertEquals(List.of("+bob"), watcher.take());
    }

    @Test
    void beginningIsTakenInOnce() {
        followed.check();
        now = state(3, "bob");
        followed.check();

        assertEquals(List.of("-alice", "+bob"), watcher.take());
    }

    @Test
    void beginningThatCouldNotBeReadIsReadByTheNextCheck() {
        away = true;
        followed.check();
        assertEquals(-1, followed.changes());
        away = false;
        beginning = state(2, "bob");
        now = state(3, "bob", "alice");
        followed.check();

        assertEquals(List.of("+alice"), watcher.take());
    }

    private Roll.State beginning() {
        if (away) {
            throw new LogUnavailable("away");
        }
        return beginning;
    }

    private Roll.State list(int limit) {
        asked.add(limit);
        return now;
    }

    private static Roll.State state(long changes, String... users) {
        List<Member> members = Stream.of(users).map(user -> new Member(user, 1)).toList();
        return new Roll.State(changes, new Members(members, users.length, users.length));
    }
}
