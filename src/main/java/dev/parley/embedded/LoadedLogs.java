package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
        Namespace rules = namespaces.apply(name);
        ChannelRecord record = archive.channel(name.text());
        if (record == null) {
            return new DurableLog(name, rules, places, epochs.beginning(name));
        }
        byte[] newest = archive.message(record.id(), record.head());
        int weight = newest == null ? 0 : StoredMessage.head(newest).weight();
        return new DurableLog(name, rules, places, record, archive.oldest(record.id()), weight);
    }
}
