package dev.parley.fault.breaking;

/** A process that can be broken off and started again. For one thread at a time. */
interface Part {
    String name();

    /** Starts it with what it kept, and returns when it is ready. */
    void start();

    /** Ends it without a chance to do anything (SIGKILL). */
    void kill();

    /** Asks it to end (SIGTERM), and waits until it has. */
    void stop();

    /** Takes the application out of its container, which goes on; the same as {@link #stop} where there is none. */
    default void undeploy() {
        stop();
    }

    /** Puts it back after {@link #undeploy}, and returns when it is ready. */
    default void deploy() {
        start();
    }

    /** Lets it do nothing (SIGSTOP) until {@link #thaw}, while its connections stand. */
    void freeze();

    void thaw();
}
