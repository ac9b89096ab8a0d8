package dev.parley.core;

import java.util.Optional;

/** From where somebody wants to read: a position, or one of the two words accepted in its place. */
public sealed interface Start {
    /** The oldest message that is still retained. */
    record Earliest() implements Start {}

    /** Only what comes from now on. */
    record Latest() implements Start {}

    /** What comes after (or, for history, before) this position. */
    record At(Position position) implements Start {}

    Start EARLIEST = new Earliest();
    Start LATEST = new Latest();

    static Optional<Start> parse(String text) {
        return switch (text) {
            case "earliest" -> Optional.of(EARLIEST);
            case "latest" -> Optional.of(LATEST);
            default -> Position.parse(text).map(At::new);
        };
    }
}
