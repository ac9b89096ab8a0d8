package dev.parley.embedded;

import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Logs;
import dev.parley.core.Message;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a node that stands alone, on disk: they outlive the process, and clients come back to them with the positions that
 * they have.
 */
public final class DurableBroker implements Broker, Logs {
    private final InstantSource clock;
    private final Store store;
    private final LogReader reader;
    private volatile boolean closed;

    /**
     * Opens what is in a folder, or begins there. Recovers what a crash has left.
     *
     * @param folder for this node alone; made if it is not there
     * @param namespaces the rules that a channel goes by; asked when its log is loaded
     * @param maxChannels how many channels may have something stored at a time
     * @param metrics hears how long commits, forces and reads take; must not throw
     * @throws UnusableData the folder cannot be used, or another process uses it
     */
    public static DurableBroker open(
            Path folder,
            Function<ChannelName, Namespace> namespaces,
            int maxChannels,
            InstantSource clock,
            Metrics metrics) {
        StoreFiles files = StoreFiles.open(folder, namespaces, metrics);
        var broker = new DurableBroker(new Store(files, namespaces, maxChannels, clock, metrics), clock);
        broker.store.upkeep().start();
        return broker;
    }

    DurableBroker(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.reader = store.reader();
    }

    @Override
    public Appended append(ChannelName channel, Content content, Optional<PublishKey> key) {
        while (true) {
            checkOpen();
            store.disk().enter();
            DurableLog log = store.logs().of(channel);
            int generation = store.keys().generation(); // before the archive is asked
            Optional<Position> first = key.flatMap(used -> find(log, used));
            if (first.isPresent()) {
                return new Appended(first.get(), true);
            }
            Entry entry = new Entry(log, content, key.orElse(null), generation);
            store.turns().commit(entry);
            Appended answer = entry.outcome();
            if (answer != null) {
                return answer;
            }
            store.logs().remove(log);
        }
    }

    private Optional<Position> find(DurableLog log, PublishKey key) {
        return store.archive().used(log.now(), key, clock.millis());
    }

    @Override
    public Slice after(ChannelName channel, Start after, int limit) {
        return slice(channel, log -> reader.after(log, after, limit, clock.millis()));
    }

    @Override
    public Slice before(ChannelName channel, Start before, int limit) {
        return slice(channel, log -> reader.before(log, before, limit, clock.millis()));
    }

    private Slice slice(ChannelName channel, Function<DurableLog, @Nullable Slice> question) {
        return read(channel, question).orElseGet(() -> {
            Position beginning = store.beginning(channel);
            return new Slice(beginning, List.of(), beginning, false);
        });
    }

    @Override
    public Optional<Message> at(ChannelName channel, Position position) {
        return read(channel, log -> reader.at(log, position, clock.millis())).stream()
                .flatMap(List::stream)
                .findFirst();
    }

    /** @return empty if there is no such channel */
    private <T> Optional<T> read(ChannelName channel, Function<DurableLog, @Nullable T> question) {
        for (DurableLog log = store.logs().existing(channel);
                log != null;
                log = store.logs().existing(channel)) {
            T answer = question.apply(log);
            if (answer != null) {
                return Optional.of(answer);
            }
            store.logs().remove(log);
        }
        return Optional.empty();
    }

    @Override
    public Set<ChannelName> names() {
        Set<ChannelName> names = new HashSet<>();
        store.archive().names().forEach(name -> names.add(new ChannelName(name)));
        store.logs().forEach(log -> names.add(log.name()));
        return names;
    }

    /** The keys that are remembered of a channel, but for those used since the last flush. */
    public List<UsedKey> usedKeys(ChannelName channel) {
        DurableLog log = store.logs().existing(channel);
        return log == null ? List.of() : store.archive().used(log.now(), clock.millis());
    }

    @Override
    public void clear(ChannelName channel) {
        DurableLog log = store.logs().existing(channel);
        while (log != null && !log.clear()) {
            store.logs().remove(log);
            log = store.logs().existing(channel);
        }
        if (log != null) {
            store.upkeep().trim(log); // so that nothing comes back after a crash
        }
    }

    @Override
    public Position watch(ChannelName channel, Watcher watcher) {
        while (true) {
            DurableLog log = store.logs().of(channel);
            Position head = log.watch(watcher);
            if (head != null) {
                return head;
            }
            store.logs().remove(log);
        }
    }

    @Override
    public void unwatch(ChannelName channel, Watcher watcher) {
        DurableLog log = store.logs().loaded(channel);
        if (log != null && log.unwatch(watcher, clock.millis())) {
            store.logs().remove(log);
        }
    }

    /** How many channels have something stored, or had it not long ago. */
    public int channels() {
        return store.places().taken();
    }

    /** How many messages the archive holds: all but those of the last seconds. May throw {@link LogUnavailable}. */
    public long messages() {
        return store.archive().messages();
    }

    /** How much room the log takes on the disk. */
    public long bytes() {
        return store.bytes();
    }

    /** False while the disk cannot be written. */
    @Override
    public boolean isAvailable() {
        return !closed && !store.disk().fails();
    }

    @Override
    public String trouble() {
        return store.disk().trouble();
    }

    /** Puts all that is stored where the next start finds it at once, and lets go of the folder. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.close();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new LogUnavailable("the log is closed", new IllegalStateException("closed"));
        }
    }
}
