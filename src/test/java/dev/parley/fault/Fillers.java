package dev.parley.fault;

/** Messages that fill whatever the systems of both sides hold for a connection, so that the server cannot write any more. */
final class Fillers {
    /** Bytes that the system may hold for a client that is to stall soon. */
    static final int SMALL_BUFFER = 4096;

    /** Together more than the 4 MiB that Linux lets the send buffer of one socket grow to by itself. */
    private static final int COUNT = 60;

    private static final int SIZE = 100_000;
    private static final int AT_ONCE = 2;

    private Fillers() {}

    static void publish(Publisher publisher) {
        for (int i = 0; i < COUNT; i += AT_ONCE) {
            publisher.publish(AT_ONCE, SIZE);
        }
    }
}
