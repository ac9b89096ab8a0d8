package dev.parley.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import dev.parley.core.Member;
import dev.parley.core.Presence;
import dev.parley.core.User;
import dev.parley.fake.Crowd;
import dev.parley.fake.RecordingPresenceWatcher;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every presence must do. Where one tells others only after a while, its test waits in {@link #settle}. */
public interface PresenceContract {
    ChannelName ROOM = new ChannelName("chat:lobby");
    ChannelName OTHER_ROOM = new ChannelName("chat:cellar");
    User ALICE = new User("alice");
    User BOB = new User("bob");
    Duration GRACE = Duration.ofSeconds(5);

    /** The presence under test; nobody is anywhere. */
    Presence presence();

    /** Lets time pass, and lets those go whose time is over. */
    void pass(Duration time);

    /** Waits until all that was done has reached the watchers. */
    void settle();

    @Test
    default void memberIsAUserWhoseSessionsAreCounted() {
        presence().join(ROOM, "a1", ALICE);
        presence().join(ROOM, "b1", BOB);
        presence().join(ROOM, "a2", ALICE);
        settle();

        assertEquals(
                new Presence.Members(List.of(new Member("alice", 2), new Member("bob", 1)), 2, 3),
                presence().members(ROOM, 10));
        assertEquals(Presence.Members.NOBODY, presence().members(OTHER_ROOM, 10));
    }

    @Test
    default void joiningTwiceIsJoiningOnce() {
        presence().join(ROOM, "a1", ALICE);
        presence().join(ROOM, "a1", ALICE);
        settle();
        assertEquals(
                List.of(new Member("alice", 1)), presence().members(ROOM, 10).members());

        presence().leave(ROOM, "a1", Duration.ZERO);
        settle();
        assertEquals(Presence.Members.NOBODY, presence().members(ROOM, 10));
    }

    @Test
    default void listIsAsLongAsAllowedAndTheCountIsOfAll() {
        for (int i = 0; i < 20; i++) {
            presence().join(ROOM, "s" + i, new User("user" + i));
        }
        settle();

        Presence.Members some = presence().members(ROOM, 3);
        assertEquals(3, some.members().size());
        assertEquals(20, some.count());
        assertEquals(new Presence.Members(List.of(), 20, 20), presence().members(ROOM, 0));
    }

    @Test
    default void onlyTheFirstSessionComesAndOnlyTheLastLeaves() {
        var watcher = watch(ROOM);
        presence().join(ROOM, "a1", ALICE);
        presence().join(ROOM, "a2", ALICE);
        presence().join(ROOM, "b1", BOB);
        presence().leave(ROOM, "a1", Duration.ZERO);
        settle();
        assertEquals(List.of("+alice", "+bob"), watcher.take());

        presence().leave(ROOM, "a2", Duration.ZERO);
        presence().leave(ROOM, "a2", Duration.ZERO);
        settle();
        assertEquals(List.of("-alice"), watcher.take());
    }

    @Test
    default void everyChangeTellsHowManyThereAreSince() {
        presence().join(ROOM, "z1", new User("zoe"));
        settle();
        var watcher = watch(ROOM);
        presence().join(ROOM, "a1", ALICE);
        presence().join(ROOM, "a2", ALICE);
        presence().join(ROOM, "b1", BOB);
        settle();
        presence().leave(ROOM, "a1", Duration.ZERO);
        presence().leave(ROOM, "a2", Duration.ZERO);
        presence().leave(ROOM, "z1", Duration.ZERO);
        presence().leave(ROOM, "b1", Duration.ZERO);
        settle();

        assertEquals(List.of(2, 3, 2, 1, 0), watcher.counts());
    }

    @Test
    default void whoIsBackWithinTheGraceHasNeverBeenAway() {
        var watcher = watch(ROOM);
        presence().join(ROOM, "a1", ALICE);
        presence().leave(ROOM, "a1", GRACE);
        pass(GRACE.minusMillis(1));
        presence().join(ROOM, "a2", ALICE);
        pass(GRACE);
        settle();

        assertEquals(List.of("+alice"), watcher.take());
        assertEquals(
                new Presence.Members(List.of(new Member("alice", 1)), 1, 1),
                presence().members(ROOM, 10));
    }

    @Test
    default void whoIsNotBackWithinTheGraceHasLeftOnce() {
        var watcher = watch(ROOM);
        presence().join(ROOM, "a1", ALICE);
        presence().leave(ROOM, "a1", GRACE);
        pass(GRACE.minusMillis(1));
        settle();
        assertEquals(List.of("+alice"), watcher.take());

        pass(Duration.ofMillis(1));
        pass(GRACE);
        settle();
        assertEquals(List.of("-alice"), watcher.take());
        assertEquals(Presence.Members.NOBODY, presence().members(ROOM, 10));
    }

    @Test
    default void sameSessionMayComeBackWithinTheGrace() {
        presence().join(ROOM, "a1", ALICE);
        presence().leave(ROOM, "a1", GRACE);
        presence().join(ROOM, "a1", ALICE);
        pass(GRACE.multipliedBy(2));
        settle();

        assertEquals(1, presence().members(ROOM, 0).sessions());
    }

    @Test
    default void visitorIsThereForItsLeaseAndLongerIfItCallsAgain() {
        var watcher = watch(ROOM);
        presence().visit(ROOM, "v", ALICE, Duration.ofSeconds(30));
        pass(Duration.ofSeconds(29));
        presence().visit(ROOM, "v", ALICE, Duration.ofSeconds(30));
        pass(Duration.ofSeconds(29));
        settle();
        assertEquals(List.of("+alice"), watcher.take());

        pass(Duration.ofSeconds(1));
        settle();
        assertEquals(List.of("-alice"), watcher.take());
    }

    @Test
    default void shorterVisitDoesNotEndALongerOne() {
        presence().visit(ROOM, "v", ALICE, Duration.ofSeconds(55));
        presence().visit(ROOM, "v", ALICE, Duration.ofSeconds(30));
        pass(Duration.ofSeconds(54));
        settle();

        assertEquals(1, presence().members(ROOM, 0).count());
    }

    @Test
    default void whoIsNotThereCannotLeave() {
        var watcher = watch(ROOM);
        presence().leave(ROOM, "nobody", Duration.ZERO);
        presence().leave(ROOM, "nobody", GRACE);
        pass(GRACE);
        settle();

        assertEquals(List.of(), watcher.take());
    }

    @Test
    default void reportsAreOfTheWatchedChannelAndEndWithTheWatch() {
        var watcher = watch(ROOM);
        presence().join(OTHER_ROOM, "a1", ALICE);
        presence().join(ROOM, "b1", BOB);
        settle();
        presence().unwatch(ROOM);
        settle();
        presence().join(ROOM, "a1", ALICE);
        settle();

        assertEquals(List.of("+bob"), watcher.take());
    }

    @Test
    default void whoeverComesAndGoesAtOnceNobodyIsLeft() throws Exception {
        var watcher = watch(ROOM);
        Crowd.<Object>together(8, i -> () -> {
            for (int n = 0; n < 50; n++) {
                presence().join(ROOM, i + "-" + n, new User("user" + i % 4));
                presence().leave(ROOM, i + "-" + n, n % 2 == 0 ? Duration.ZERO : Duration.ofMillis(1));
            }
            return i;
        });
        pass(GRACE);
        settle();

        assertEquals(Presence.Members.NOBODY, presence().members(ROOM, 10));
        List<String> heard = watcher.take();
        for (int user = 0; user < 4; user++) {
            String name = "user" + user;
            List<String> own =
                    heard.stream().filter(change -> change.endsWith(name)).toList();
            List<String> alternating = IntStream.range(0, own.size())
                    .mapToObj(n -> (n % 2 == 0 ? "+" : "-") + name)
                    .toList();
            assertEquals(alternating, own);
            assertEquals(0, own.size() % 2);
        }
    }

    private RecordingPresenceWatcher watch(ChannelName channel) {
        var watcher = new RecordingPresenceWatcher();
        presence().watch(channel, watcher);
        settle();
        return watcher;
    }
}
