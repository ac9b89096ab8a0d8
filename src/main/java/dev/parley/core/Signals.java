package dev.parley.core;

/** Carries signals to the readers of their channel, on every node that has some. */
@FunctionalInterface
public interface Signals {
    /** Fire and forget: never blocks, never throws; what cannot be carried now is dropped. */
    void send(Signal signal);
}
