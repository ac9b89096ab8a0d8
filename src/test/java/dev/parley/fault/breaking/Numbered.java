package dev.parley.fault.breaking;

/**
 * Messages that can be told apart: each carries the number of its publisher and its own among this publisher's. Publisher
 * {@link #LAST} says the last word of each channel, after which nothing comes.
 */
final class Numbered {
    static final int LAST = 0;

    private static final long PUBLISHER = 1_000_000_000;

    private Numbered() {}

    /** @param number from 1 on */
    static long id(int publisher, int number) {
        return publisher * PUBLISHER + number;
    }

    static boolean isLast(long id) {
        return id < PUBLISHER;
    }

    static int publisher(long id) {
        return (int) (id / PUBLISHER);
    }

    /** For people, and as the key of its publish. */
    static String name(long id) {
        return publisher(id) + "." + id % PUBLISHER;
    }

    /** The data to publish, as a JSON string's content: the number, then a filling of so many characters. */
    static String data(long id, int filling) {
        return id + " " + "x".repeat(filling);
    }

    static long idOf(String data) {
        return Long.parseLong(data, 0, data.indexOf(' '), 10);
    }
}
