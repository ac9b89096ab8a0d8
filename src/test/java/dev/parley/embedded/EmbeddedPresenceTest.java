package dev.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contract.PresenceContract;
import dev.parley.core.Presence;
import dev.parley.fake.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedPresenceTest implements PresenceContract {
    private final SettableClock clock = new SettableClock();
    private final EmbeddedPresence presence = new EmbeddedPresence(clock);

    @Override
    public Presence presence() {
        return presence;
    }

    @Override
    public void pass(Duration time) {
        clock.move(time);
        presence.sweep();
    }

    @Override
    public void settle() {
        // all is told before a call returns
    }

    @Test
    void membersAreListedInTheOrderOfTheirComing() {
        presence.join(ROOM, "b1", BOB);
        presence.join(ROOM, "a1", ALICE);

        assertEquals(
                List.of("bob", "alice"),
                presence.members(ROOM, 10).members().stream()
                        .map(member -> member.user())
                        .toList());
    }

    @Test
    void emptyChannelsLeaveNothingBehind() {
        presence.members(ROOM, 10);
        presence.leave(OTHER_ROOM, "nobody", GRACE);
        presence.join(ROOM, "a1", ALICE);
        assertEquals(1, presence.channels());

        presence.leave(ROOM, "a1", Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertEquals(0, presence.channels());
    }

    @Test
    void howeverOftenSomebodyPollsOneLeaseIsLookedAt() {
        for (int i = 0; i < 1000; i++) {
            presence.visit(ROOM, "poll:alice", ALICE, Duration.ofSeconds(30));
            pass(Duration.ofMillis(100));
            assertEquals(1, presence.expiries());
        }

        pass(Duration.ofMillis(29_899));
        assertEquals(1, presence.channels());
        pass(Duration.ofMillis(1));
        assertEquals(0, presence.channels());
        assertEquals(0, presence.expiries());
    }

    @Test
    void aLeaseThatWasShortenedAndProlongedAgainEndsWhenItWasProlongedTo() {
        presence.visit(ROOM, "poll:alice", ALICE, Duration.ofSeconds(30));
        presence.leave(ROOM, "poll:alice", Duration.ofSeconds(2));
        presence.visit(ROOM, "poll:alice", ALICE, Duration.ofSeconds(40));

        pass(Duration.ofSeconds(39));
        assertEquals(1, presence.channels());
        pass(Duration.ofSeconds(1));
        assertEquals(0, presence.channels());
        assertEquals(0, presence.expiries());
    }
}
