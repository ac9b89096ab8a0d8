package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import java.time.InstantSource;
import java.util.function.Function;

/** Everything around the files: what is in memory of them, who writes them, and who keeps them in order. */
final class Store {
    private final StoreFiles files;
    private final Places places;
    private final LoadedLogs logs;
    private final UsedKeys keys = new UsedKeys();
    private final Disk disk = new Disk(this::flushSoon);
    private final LogReader reader;
    private final GroupCommit turns;
    private final Upkeep upkeep;

    /** @param files that this closes in the end */
    Store(
            StoreFiles files,
            Function<ChannelName, Namespace> namespaces,
            int maxChannels,
            InstantSource clock,
            Metrics metrics) {
        Archive archive = files.archive();
        this.files = files;
        this.places = new Places(maxChannels, (int) archive.channels());
        this.logs = new LoadedLogs(archive, files.epochs(), places, namespaces);
        this.reader = new LogReader(archive, metrics);
        var commits = new BatchCommit(files.journal(), archive, keys, disk, clock, metrics);
        this.turns = new GroupCommit(commits::commit);
        var flush = new Flush(archive, files.journal(), commits, keys, turns, disk);
        var sweep = new Sweep(archive, logs, reader, files.epochs(), places, turns, disk);
        this.upkeep = new Upkeep(files, disk, turns, flush, sweep, clock);
    }

    private void flushSoon() {
        upkeep.flushSoon();
    }

    Archive archive() {
        return files.archive();
    }

    LoadedLogs logs() {
        return logs;
    }

    LogReader reader() {
        return reader;
    }

    UsedKeys keys() {
        return keys;
    }

    Disk disk() {
        return disk;
    }

    GroupCommit turns() {
        return turns;
    }

    Places places() {
        return places;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    /** How much room the log takes on the disk. */
    long bytes() {
        return files.archive().bytes() + disk.unflushed();
    }

    /** Where a channel's log begins that does not exist. */
    Position beginning(ChannelName channel) {
        return files.epochs().beginning(channel);
    }

    void close() {
        try {
            upkeep.close();
        } finally {
            files.close();
        }
    }
}
