package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.Diary.Entry;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a namespace may say of readers that the log has moved past, and how that looks from the reader's side. */
enum StalledPolicy {
    /** Cut off though it reads nothing; on coming back with its position it is told of its loss. */
    CLOSE {
        @Override
        void assertEnd(List<Peer> stalled, Scene scene, long files) {
            scene.awaitFiles(files, CUT_OFF);
            scene.swarm().resume(stalled);
            for (Peer peer : stalled) {
                Eventually.holds(() -> "the end of " + peer, DEADLINE, () -> scene.isSound() && peer.isEnded());
                // in the middle of a frame there was no room to say why
                assertTrue(List.of("closed 4000", "end", "reset").contains(peer.end()), peer::toString);
                List<Entry> heard = diary(peer);
                assertHeardAll(heard);
                comesBack(peer, (Entry.Heard) heard.getLast(), scene);
            }
        }

        private static void comesBack(Peer peer, Entry.Heard last, Scene scene) {
            var back = new Peer(peer.carrier(), scene.publisher().channel(), last.position(), 0, new Diary());
            scene.swarm().open(List.of(back), DEADLINE);
            awaitAll(back, scene);
            List<Entry> heard = diary(back);
            if (back.carrier() == Carrier.WS) {
                assertFalse(Doc.read(back.reply()).flag("recovered"), back::reply);
            } else {
                assertMissing(last, heard, scene);
                heard = heard.subList(1, heard.size());
            }
            assertHeardAll(heard);
            assertTrue(last.number() + 1 < number(heard.getFirst()), () -> "nothing was lost after " + last);
            scene.swarm().cut(List.of(back));
        }
    },
    /** It may go on reading, and is told what it has missed. */
    GAP {
        @Override
        void assertEnd(List<Peer> stalled, Scene scene, long files) {
            scene.swarm().resume(stalled);
            for (Peer peer : stalled) {
                awaitAll(peer, scene);
                List<Entry> heard = diary(peer);
                int gap = 0;
                while (heard.get(gap) instanceof Entry.Heard) {
                    gap++;
                }
                assertHeardAll(heard.subList(0, gap));
                assertMissing((Entry.Heard) heard.get(gap - 1), heard.subList(gap, heard.size()), scene);
                assertHeardAll(heard.subList(gap + 1, heard.size()));
            }
            scene.swarm().cut(stalled);
        }
    };

    /** Two looks of the server at half a second, and for an event stream what Tomcat takes to give up its write. */
    private static final Duration CUT_OFF = Duration.ofSeconds(15);

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Lets stalled peers read on after all was published, and fails unless everything comes that should.
     *
     * @param files how many the server had open without them
     */
    abstract void assertEnd(List<Peer> stalled, Scene scene, long files);

    private static List<Entry> diary(Peer peer) {
        return ((Diary) peer.inbox()).entries();
    }

    private static void awaitAll(Peer peer, Scene scene) {
        Eventually.holds(
                () -> "all for " + peer,
                DEADLINE,
                () -> scene.isSound()
                        && ((Diary) peer.inbox()).last() == scene.publisher().published());
    }

    private static void assertHeardAll(List<Entry> entries) {
        long first = number(entries.getFirst());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(first + i, number(entries.get(i)));
        }
    }

    /** The first of the entries is a gap from the message heard last to the one before the next. */
    private static void assertMissing(Entry.Heard last, List<Entry> entries, Scene scene) {
        Entry.Missed missed = assertInstanceOf(Entry.Missed.class, entries.getFirst());
        assertEquals(last.position(), missed.from());
        long next = number(entries.get(1));
        assertTrue(last.number() + 1 < next, missed::toString);
        String path = Wire.messages(scene.publisher().channel()) + "?limit=1&after=" + missed.to();
        Doc afterGap = scene.wire().get(path).expect(200).doc();
        assertTrue(afterGap.flag("recovered"), afterGap::toString);
        String data = afterGap.docs("messages").getFirst().text("data");
        assertEquals(next, Publisher.number(data), () -> missed + " ends just before what comes next");
    }

    private static long number(Entry entry) {
        return assertInstanceOf(Entry.Heard.class, entry).number();
    }
}
