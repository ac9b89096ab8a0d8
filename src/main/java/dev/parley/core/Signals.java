package dev.parley.core;

/** Carries signals to every node that has readers of their channel, this one too; each hands them to its {@link Hub#signal}. */
@FunctionalInterface
public interface Signals {
    /** Fire and forget: never blocks, never throws; what cannot be carried now is dropped. */
    void send(Signal signal);
}
