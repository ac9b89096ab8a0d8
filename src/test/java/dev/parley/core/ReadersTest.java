package dev.parley.core;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ReadersTest {
    @Provide
    Arbitrary<List<Act>> acts() {
        return Act.any().list().ofMaxSize(60);
    }

    /** Whatever happens in whatever order, a reader gets each message once and in order, or is told exactly what it misses. */
    @Property(tries = 1000)
    void readerGetsEachMessageOnceOrIsToldOfTheGap(
            @ForAll("acts") List<Act> acts, @ForAll @IntRange(min = 1, max = 20) int history) {
        play(acts, history);
    }

    /** The same where the log retains more than a channel keeps at hand. */
    @Property(tries = 300)
    void readerGetsEachMessageOnceOrIsToldOfTheGapInALongLog(
            @ForAll("acts") List<Act> acts, @ForAll @IntRange(min = 200, max = 600) int history) {
        play(acts, history);
    }

    private static void play(List<Act> acts, int history) {
        var play = new Play(history);
        acts.forEach(play::perform);
        play.end();
    }
}
