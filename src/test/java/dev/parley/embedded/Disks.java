package dev.parley.embedded;

import dev.parley.contract.BrokerSuite;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.fake.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A broker on disk, opened, closed, killed and opened again by a test. For one thread. */
final class Disks {
    Namespace rules = Namespace.DEFAULT;
    int maxChannels = BrokerSuite.MANY;
    Metrics metrics = Metrics.NONE;
    String machine = "this start";

    private final SettableClock clock = new SettableClock();
    private @Nullable Path folder;
    private @Nullable Store store;
    private @Nullable DurableBroker broker;
    private int kills;

    /** Opens the folder, or what was in it when the last broker was killed. */
    DurableBroker open(Path original) {
        Path path = folder == null ? original : folder;
        folder = path;
        DataFolder held = DataFolder.hold(path);
        try {
            StoreFiles files = StoreFiles.open(held, SteadyFiles.in(held), machine, name -> rules, metrics);
            Store opened = new Store(files, name -> rules, maxChannels, clock, metrics);
            store = opened;
            broker = new DurableBroker(opened, clock);
            return broker;
        } catch (IOException e) {
            held.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    boolean isOpen() {
        return broker != null;
    }

    DurableBroker broker() {
        if (broker == null) {
            throw new IllegalStateException("not open");
        }
        return broker;
    }

    Store store() {
        if (store == null) {
            throw new IllegalStateException("not open");
        }
        return store;
    }

    void pass(Duration time) {
        clock.move(time);
    }

    /** What the process has written so far is all that the next one finds. */
    void kill() {
        Path old = folder;
        if (old == null) {
            throw new IllegalStateException("not open");
        }
        Path image = old.resolveSibling("image" + ++kills);
        try (Stream<Path> files = Files.list(old)) {
            Files.createDirectories(image);
            for (Path file : files.toList()) {
                Files.copy(file, image.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close(); // changes nothing in the image
        folder = image;
    }

    void close() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }
}
