package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The channels that are in memory, each loaded when it is first asked for. */
final class LoadedLogs {
    private final Archive archive;
    private final Epochs epochs;
    private final Places places;
    private final Function<ChannelName, Namespace> namespaces;
    private final ConcurrentMap<ChannelName, DurableLog> loaded = new ConcurrentHashMap<>();

    LoadedLogs(Archive archive, Epochs epochs, Places places, Function<ChannelName, Namespace> namespaces) {
        this.archive = archive;
        this.epochs = epochs;
        this.places = places;
        this.namespaces = namespaces;
    }

    /** The channel's log. May read the archive. */
    DurableLog of(ChannelName name) {
        DurableLog known = loaded.get(name); // first, as the other takes a lock and makes a function
        return known != null ? known : loaded.computeIfAbsent(name, this::load);
    }

    /** The channel's log if it has one: asking for a name that nobody has published to leaves nothing behind. */
    @Nullable
    DurableLog existing(ChannelName name) {
        DurableLog known = loaded.get(name);
        return known != null || archive.channel(name.text()) == null ? known : of(name);
    }

    /** The channel's log if it is in memory. */
    @Nullable
    DurableLog loaded(ChannelName name) {
        return loaded.get(name);
    }

    /** A forgotten log's place is free for another one. */
    void remove(DurableLog forgotten) {
        loaded.remove(forgotten.name(), forgotten);
    }

    /** Takes this channel out of memory, if it is there and the condition holds; nobody can load it meanwhile. */
    void unload(ChannelName name, Predicate<@Nullable DurableLog> condition) {
        loaded.compute(name, (same, log) -> condition.test(log) ? null : log);
    }

    void forEach(Consumer<DurableLog> action) {
        loaded.values().forEach(action);
    }

    int size() {
        return loaded.size();
    }

    /** As {@link #of} would load it, but for this caller alone, to look at. */
    DurableLog load(ChannelName name) {
        while (true) {
            ChannelRecord record = archive.channel(name.text());
            DurableLog log = load(name, record);
            if (!log.isCompact() || Objects.equals(record, archive.channel(name.text()))) {
                return log;
            } // else the sweep has deleted messages meanwhile that the record still counted
        }
    }

    private DurableLog load(ChannelName name, @Nullable ChannelRecord record) {
        Namespace rules = namespaces.apply(name);
        if (record == null) {
            return new DurableLog(name, rules, places, epochs.beginning(name));
        }
        byte[] newest = archive.message(record.id(), record.head());
        int weight = newest == null ? 0 : StoredMessage.head(newest).weight();
        var log = new DurableLog(name, rules, places, record, base(record, rules), weight);
        if (rules.compact() && log.now().base() < record.head()) {
            archive.read(record.id(), log.now().base() + 1, record.head(), (offset, bytes) -> {
                log.restore(StoredMessage.message(name, new Position(record.epoch(), offset), bytes));
                return true;
            });
        }
        return log;
    }

    private long base(ChannelRecord record, Namespace rules) {
        if (record.isCompact()) {
            return rules.compact() ? record.base() : archive.beforeLastRun(record.id(), record.head());
        }
        long oldest = archive.oldest(record.id());
        return oldest == DurableLog.NONE ? record.head() : oldest - 1;
    }

    /**
     * Whether a compact channel that is not in memory has nothing too old, so that it need not be loaded, which would mean all
     * that it retains.
     */
    boolean isFresh(ChannelName name, long clock) {
        Namespace rules = namespaces.apply(name);
        ChannelRecord record = rules.compact() ? archive.channel(name.text()) : null;
        if (record == null || !record.isCompact()) {
            return false;
        }
        byte[] oldest = archive.message(record.id(), archive.oldest(record.id()));
        return oldest != null
                && StoredMessage.head(oldest).time()
                        >= Math.max(clock, record.newest()) - TimeUnit.MILLISECONDS.convert(rules.historyAge());
    }
}
