package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps archive and memory small: deletes messages that are too old or too much, also in channels that nobody uses, ends the
 * channels that are empty then, forgets keys, and takes logs out of memory that nobody needs there. Goes through the archive
 * piece by piece. For one thread, the one that flushes.
 */
final class Sweep {
    private static final Logger LOG = System.getLogger(Sweep.class.getName());

    /** How many channels and how many keys one call looks at. */
    private static final int PIECE = 20_000;

    /** So long a log stays in memory that nobody uses, in milliseconds. */
    static final long IDLE = TimeUnit.MINUTES.toMillis(5);

    /** Below so many percent of use the archive is written anew, in pieces of so many bytes. */
    private static final int USE = 50;

    private static final int REWRITE = 4 << 20;

    private final Archive archive;
    private final LoadedLogs logs;
    private final LogReader reader;
    private final Epochs epochs;
    private final Places places;
    private final GroupCommit turns;
    private final Disk disk;

    private @Nullable String nextChannel; // null: begin at the first one
    private @Nullable String nextKey;

    Sweep(
            Archive archive,
            LoadedLogs logs,
            LogReader reader,
            Epochs epochs,
            Places places,
            GroupCommit turns,
            Disk disk) {
        this.archive = archive;
        this.logs = logs;
        this.reader = reader;
        this.epochs = epochs;
        this.places = places;
        this.turns = turns;
        this.disk = disk;
    }

    /** @throws LogUnavailable the archive cannot be written now; another call goes on */
    void run(long clock) {
        Maps maps = archive.forWriting();
        try {
            List<ChannelName> expired = trim(maps, clock);
            forgetKeys(maps, clock);
            maps.commit();
            end(maps, expired, clock);
            unload(maps, clock);
            maps.store().compact(USE, REWRITE);
            disk.recovered(Disk.Part.ARCHIVE);
        } catch (MVStoreException e) {
            maps.giveUp();
            disk.failed(Disk.Part.ARCHIVE, e);
            throw new LogUnavailable("the archive cannot be written", e);
        }
    }

    /** @return channels that seem to have nothing any more */
    private List<ChannelName> trim(Maps maps, long clock) {
        List<ChannelName> expired = new ArrayList<>();
        var names = maps.channels().keyIterator(nextChannel);
        nextChannel = null;
        for (int i = 0; names.hasNext(); i++) {
            String text = names.next();
            if (i == PIECE) {
                nextChannel = text;
                break;
            }
            var name = new ChannelName(text);
            try {
                if (trim(maps, name, clock)) {
                    expired.add(name);
                }
            } catch (LogUnavailable e) {
                if (maps.store().isClosed()) {
                    throw e;
                }
                LOG.log(Level.DEBUG, "channel " + name + " cannot be swept, the others can", e);
            }
        }
        return expired;
    }

    /** @return whether the channel seems to have nothing any more */
    private boolean trim(Maps maps, ChannelName name, long clock) {
        DurableLog known = logs.loaded(name);
        if (known == null && logs.isFresh(name, clock)) {
            return false;
        }
        DurableLog log = known != null ? known : logs.load(name);
        LogView view = reader.settled(log, log.now(), clock);
        Flush.trim(maps, log, view);
        return log.isExpired(clock);
    }

    /** Deletes what this log does not retain, on the disk itself. */
    void trim(DurableLog log) {
        Maps maps = archive.forWriting();
        try {
            LogView view = log.now();
            Flush.trim(maps, log, view);
            maps.commit();
        } catch (MVStoreException e) {
            maps.giveUp();
            disk.failed(Disk.Part.ARCHIVE, e);
            throw new LogUnavailable("the archive cannot be written", e);
        }
    }

    private void forgetKeys(Maps maps, long clock) {
        var keys = maps.keys().keyIterator(nextKey);
        nextKey = null;
        for (int i = 0; keys.hasNext(); i++) {
            String key = keys.next();
            if (i == PIECE) {
                nextKey = key;
                break;
            }
            byte[] bytes = maps.keys().get(key);
            if (bytes != null && KeyRecord.of(bytes).expires() <= clock) {
                maps.keys().remove(key);
            }
        }
    }

    /** Forgets channels together with their positions. None may be born again before its epoch has ended. */
    private void end(Maps maps, List<ChannelName> channels, long clock) {
        if (channels.isEmpty()) {
            return;
        }
        turns.exclusively(() -> {
            for (ChannelName name : channels) {
                logs.unload(name, log -> {
                    boolean ends = log == null ? logs.load(name).isExpired(clock) : log.expire(clock);
                    if (ends && maps.channels().remove(name.text()) != null) {
                        Facts.end(maps, epochs, name);
                        places.free();
                    }
                    return ends;
                });
            }
            maps.store().commit();
        });
        maps.store().sync();
    }

    private void unload(Maps maps, long clock) {
        List<ChannelName> idle = new ArrayList<>();
        logs.forEach(log -> {
            if (log.isIdle(clock, IDLE)) {
                idle.add(log.name());
            }
        });
        if (idle.isEmpty()) {
            return;
        }
        turns.exclusively(() -> idle.forEach(name -> logs.unload(name, log -> {
            boolean unloaded = log != null && log.unload(clock, IDLE);
            if (unloaded) {
                tighten(maps, name);
            }
            return unloaded;
        })));
    }

    /** All of the channel is on the disk itself. The next message to be announced before it is there says so again. */
    private static void tighten(Maps maps, ChannelName name) {
        byte[] bytes = maps.channels().get(name.text());
        if (bytes != null && ChannelRecord.of(bytes).loose()) {
            maps.channels().put(name.text(), ChannelRecord.of(bytes).forced().bytes());
        }
    }
}
