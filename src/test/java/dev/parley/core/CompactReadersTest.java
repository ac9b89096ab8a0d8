package dev.parley.core;

import static dev.parley.contract.BrokerSuite.keeping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contract.CompactFacts;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.fake.Visits;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What those see who read a channel that keeps last values. */
class CompactReadersTest {
    private static final ChannelName ROOM = new ChannelName("prices:all");

    /** What happens: values are published under a name, or a reader (a number of five) reads, leaves or comes back. */
    record Act(Kind kind, int choice, int count) {}

    enum Kind {
        PUBLISH,
        READ,
        LEAVE_OR_RETURN
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.frequencyOf(
                                Tuple.of(5, Arbitraries.integers().between(1, 4)),
                                Tuple.of(1, Arbitraries.integers().between(200, 400))))
                .as(Act::new)
                .list()
                .ofMaxSize(80);
    }

    /** A reader from the earliest on that is at the head has the newest value of each name, whatever it was late for. */
    @Property(tries = 500)
    void readerHasTheCurrentStateOnceItIsAtTheHeadAndMissesNothing(@ForAll("acts") List<Act> acts) {
        var rules = CompactFacts.compact(keeping(1000));
        var hub = new Hub(new EmbeddedBroker(name -> rules, 10, InstantSource.system()), name -> rules, Visits.AT_ONCE);
        List<Viewer> viewers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            viewers.add(new Viewer(hub));
        }
        Map<String, String> state = new HashMap<>();
        int values = 0;
        for (Act act : acts) {
            switch (act.kind) {
                case PUBLISH -> {
                    for (int i = 0; i < act.count; i++) {
                        String name = act.choice == 0 ? "" : "name" + act.choice * (i % 3);
                        String value = Integer.toString(++values);
                        hub.publish(ROOM, new Content(value, name, ""), Optional.empty());
                        state.put(name, value);
                    }
                }
                case READ -> viewers.get(act.choice).read(act.count);
                case LEAVE_OR_RETURN -> viewers.get(act.choice).leaveOrReturn();
            }
        }
        for (Viewer viewer : viewers) {
            assertEquals(state, viewer.view());
        }
    }

    /** Takes what a reader gets into a map of names. */
    private static final class Viewer implements Reader {
        private final Hub hub;
        private final Map<String, String> view = new HashMap<>();
        private @Nullable Subscription subscription;
        private @Nullable Position cursor;

        Viewer(Hub hub) {
            this.hub = hub;
        }

        @Override
        public void wake() {}

        void leaveOrReturn() {
            if (subscription != null) {
                subscription.leave();
                subscription = null;
            } else {
                join();
            }
        }

        private Subscription join() {
            Position stood = cursor;
            Hub.Joined joined = hub.subscribe(ROOM, stood == null ? Start.EARLIEST : new Start.At(stood), this);
            assertTrue(joined.recovered());
            subscription = joined.subscription();
            cursor = subscription.cursor();
            return joined.subscription();
        }

        void read(int limit) {
            if (subscription == null) {
                return;
            }
            Position stood = subscription.cursor();
            Slice slice = subscription.next(limit);
            assertFalse(slice.missedAfter(stood));
            for (Message message : slice.messages()) {
                assertTrue(message.offset() > stood.offset());
                stood = message.position();
                view.put(message.content().event(), message.content().data());
            }
            cursor = stood;
        }

        Map<String, String> view() {
            Subscription own = subscription != null ? subscription : join();
            while (own.isBehind()) {
                read(7);
            }
            return view;
        }
    }
}
