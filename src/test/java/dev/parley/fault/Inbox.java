package dev.parley.fault;

/** Takes what a peer gets, line by line. Called by the swarm's thread alone, and quick. */
@FunctionalInterface
public interface Inbox {
    /**
     * A line of a WebSocket text, of an event stream or of a body.
     *
     * @param bytes the line's are those from {@code from} to before {@code to}, and only until this returns
     */
    void line(byte[] bytes, int from, int to);

    /** The connection has ended, and nothing more comes; {@code how} as {@link Peer#end} has it. */
    default void ended(String how) {}
}
