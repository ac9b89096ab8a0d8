package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.embedded.Epochs.Share;
import org.jspecify.annotations.Nullable;

/** The small things that the archive remembers beside the logs. */
final class Facts {
    /** The number of the journal file that goes on where the archive ends. */
    static final String JOURNAL = "journal";

    /** Which start of the machine the archive was last open in, see {@link Machine}. */
    static final String MACHINE = "machine";

    /** Whether the archive was closed in order: {@code true}, or absent. */
    static final String CLOSED = "closed";

    private static final String FORMAT = "format";
    private static final String THIS_FORMAT = "1";
    private static final String EPOCH = "epoch";
    private static final String GENERATION = "generation-";
    private static final String ID = "id";

    private Facts() {}

    /** @throws UnusableData another version of Parley has written it, which knew something that this one does not */
    static void checkFormat(Maps maps, String file) {
        String format = maps.facts().putIfAbsent(FORMAT, THIS_FORMAT);
        if (format != null && !format.equals(THIS_FORMAT)) {
            throw new UnusableData(file + " has format " + format + " and this Parley knows only " + THIS_FORMAT
                    + "; run the version that wrote it, or set parley.data to another folder");
        }
    }

    static Epochs epochs(Maps maps) {
        String first = maps.facts().get(EPOCH);
        if (first == null) {
            var epochs = new Epochs();
            maps.facts().put(EPOCH, epochs.first());
            return epochs;
        }
        var epochs = new Epochs(first);
        var keys = maps.facts().keyIterator(GENERATION);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.startsWith(GENERATION)) {
                break;
            }
            String value = maps.facts().get(key);
            if (value != null) {
                epochs.restore(
                        new Share(Integer.parseInt(key.substring(GENERATION.length())), Integer.parseInt(value)));
            }
        }
        return epochs;
    }

    /** The channel's log is forgotten. */
    static void end(Maps maps, Epochs epochs, ChannelName channel) {
        epochs.end(channel);
        remember(maps, epochs, channel);
    }

    static void remember(Maps maps, Epochs epochs, ChannelName channel) {
        Share share = epochs.shareOf(channel);
        maps.facts().put(GENERATION + share.number(), Integer.toString(share.generation()));
    }

    /** No channel gets this id or a lower one any more. */
    static void reachId(Maps maps, long id) {
        @Nullable String last = maps.facts().get(ID);
        if (last == null || Long.parseLong(last) < id) {
            maps.facts().put(ID, Long.toString(id));
        }
    }

    /** An id that no channel has had. */
    static long nextId(Maps maps) {
        @Nullable String last = maps.facts().get(ID);
        long next = last == null ? 1 : Long.parseLong(last) + 1;
        maps.facts().put(ID, Long.toString(next));
        return next;
    }
}
