package dev.parley.core;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** What may happen to a channel. A number that chooses among several things is taken modulo how many there are. */
sealed interface Act {
    record Publish(int count) implements Act {}

    record Join(From from, int choice) implements Act {}

    record Read(int reader, int limit) implements Act {}

    record Leave(int reader) implements Act {}

    record Return(int reader) implements Act {}

    /** Time passes, and the sweep comes by. */
    record Pass(int seconds) implements Act {}

    /** Where a new reader wants to start. */
    enum From {
        LATEST,
        EARLIEST,
        PUBLISHED,
        EMPTY,
        BEYOND,
        UNHEARD_OF
    }

    static Arbitrary<Act> any() {
        Arbitrary<Integer> choice = Arbitraries.integers().between(0, 1000);
        Arbitrary<Act> publish = Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.integers().between(1, 5)),
                        Tuple.of(1, Arbitraries.integers().between(100, 400)))
                .map(Publish::new);
        Arbitrary<Act> join = Arbitraries.of(From.class).flatMap(from -> choice.map(n -> new Join(from, n)));
        Arbitrary<Act> read =
                choice.flatMap(reader -> Arbitraries.of(1, 2, 7, 64, 500).map(n -> new Read(reader, n)));
        Arbitrary<Act> pass = Arbitraries.of(1, 9, 11, 301).map(Pass::new);
        return Arbitraries.frequencyOf(
                Tuple.of(6, publish),
                Tuple.of(3, join),
                Tuple.of(6, read),
                Tuple.of(2, choice.map(Leave::new)),
                Tuple.of(2, choice.map(Return::new)),
                Tuple.of(1, pass));
    }
}
