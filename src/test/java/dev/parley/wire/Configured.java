package dev.parley.wire;

import java.time.Duration;

/**
 * What the suite relies on. The first group is set for it, as {@code -Dparley.echo=true -Dparley.heartbeat=2s
 * -Dparley.channels-per-session=16 -Dparley.origins=https://friend.example -Dparley.admin-key=key-of-the-suite -Dparley.presence-grace=500ms
 * -Dparley.presence-lease=2s -Dparley.presence-members=5 -Dparley.namespace.tiny.history=5 -Dparley.namespace.gap.history=5 -Dparley.namespace.gap.slow-reader=gap
 * -Dparley.namespace.last.compact=true}; the second are defaults.
 */
final class Configured {
    static final Duration HEARTBEAT = Duration.ofSeconds(2);
    static final int CHANNELS_PER_SESSION = 16;
    /** So long a client that broke off counts as being there. */
    static final Duration GRACE = Duration.ofMillis(500);

    static final int MEMBERS_LISTED = 5;
    static final String ADMIN_KEY = "key-of-the-suite";

    static final String FRIEND = "https://friend.example";
    /** A namespace that keeps {@link #SHORT_HISTORY} messages and closes readers that are too slow. */
    static final String TINY = "tiny";
    /** The same, but slow readers are told of a gap. */
    static final String GAP = "gap";
    /** A namespace that keeps of each event name the newest message alone. */
    static final String LAST = "last";

    static final int SHORT_HISTORY = 5;

    /** Bytes of a message's data in UTF-8. */
    static final int MESSAGE_SIZE = 128 << 10;
    /** Bytes of a whole text frame to {@code /ws}. */
    static final int FRAME_SIZE = 256 << 10;
    /** Bytes of a message to {@code /echo}. */
    static final int ECHO_SIZE = 16 << 20;

    /** Signals of one sender in a second. */
    static final int SIGNALS = 20;

    static final int BATCH = 500;
    static final int BATCH_SIZE = 1 << 20;

    static final int CHANNEL_LENGTH = 200;
    static final int NAME_LENGTH = 64;
    static final int KEY_LENGTH = 64;
    static final int HISTORY_LIMIT = 500;
    static final int POLL_LIMIT = 500;
    static final int CHANNELS_PER_STREAM = 32;
    static final int LONGEST_WAIT = 55;

    /** That answer by lot; but for their names nobody can tell them apart. */
    static final int NODES = System.getProperty("it.front", "").equals("two-nodes") ? 2 : 1;

    private Configured() {}
}
