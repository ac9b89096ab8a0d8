package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.MANY;
import static dev.parley.contract.BrokerSuite.OTHER_ROOM;
import static dev.parley.contract.BrokerSuite.ROOM;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker.Appended;
import dev.parley.core.ChannelName;
import dev.parley.core.Message;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.fake.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The process dies at each moment of some work in turn, and the next one finds all that was answered by then. */
@ResourceLock(CrashFiles.RESOURCE)
class CrashPointsTest {
    private static final Namespace RULES = new Namespace(
            8, Namespace.DEFAULT.historyAge(), 4 << 20, Namespace.SlowReader.GAP, Namespace.DEFAULT.keyTime());

    private final SettableClock clock = new SettableClock();
    private final List<Answered> answered = new ArrayList<>();
    private final List<Image> images = new ArrayList<>();

    @TempDir
    private Path temporary;

    @AfterEach
    void endTelling() {
        CrashFiles.endTelling();
    }

    @Test
    void whatWasAnsweredIsThereWhereverTheProcessDies() throws IOException {
        Path data = temporary.resolve("data");
        DataFolder folder = DataFolder.hold(data);
        Store store = open(folder, CrashFiles.in(folder, () -> copy(data)));
        work(store, new DurableBroker(store, clock));
        CrashFiles.endTelling();

        assertTrue(images.size() > 100, images.size() + " moments");
        for (Image image : images) {
            check(image);
        }
    }

    private Store open(DataFolder folder, String files) throws IOException {
        StoreFiles opened = StoreFiles.open(folder, files, "this start", name -> RULES, Metrics.NONE);
        return new Store(opened, name -> RULES, MANY, clock, Metrics.NONE);
    }

    private void work(Store store, DurableBroker broker) {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                answer(broker, ROOM, round + "." + i);
                answer(broker, OTHER_ROOM, round + "." + i);
            }
            store.upkeep().flush();
            answer(broker, ROOM, round + " flushed");
            store.upkeep().sweep();
        }
        answer(broker, ROOM, "last");
        broker.close();
    }

    private void answer(DurableBroker broker, ChannelName channel, String text) {
        Appended appended = publish(broker, channel, text, key(text));
        answered.add(new Answered(channel, text, appended.position()));
    }

    private static PublishKey key(String text) {
        return new PublishKey("alice", text);
    }

    private void copy(Path data) {
        Path image = temporary.resolve("image" + images.size());
        try (Stream<Path> files = Files.list(data)) {
            Files.createDirectory(image);
            for (Path file : files.toList()) {
                Files.copy(file, image.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        images.add(new Image(image, answered.size()));
    }

    private void check(Image image) throws IOException {
        DataFolder folder = DataFolder.hold(image.folder);
        Store store = open(folder, SteadyFiles.in(folder));
        DurableBroker broker = new DurableBroker(store, clock);
        try {
            for (ChannelName channel : List.of(ROOM, OTHER_ROOM)) {
                List<Answered> before = answered.subList(0, image.answered).stream()
                        .filter(answer -> answer.channel.equals(channel))
                        .toList();
                check(image, broker, channel, before);
            }
        } finally {
            broker.close();
        }
    }

    private static void check(Image image, DurableBroker broker, ChannelName channel, List<Answered> before) {
        Slice slice = broker.after(channel, Start.EARLIEST, MANY);
        for (Answered answer : before.subList(Math.max(0, before.size() - RULES.history() + 1), before.size())) {
            Message found =
                    broker.at(channel, answer.position).orElseThrow(() -> new AssertionError(image + " " + answer));
            assertEquals(answer.text, text(found));
        }
        for (int i = 1; i < slice.messages().size(); i++) {
            assertEquals(
                    slice.messages().get(i - 1).offset() + 1,
                    slice.messages().get(i).offset());
        }
        if (!before.isEmpty()) {
            Answered last = before.getLast();
            assertFalse(
                    broker.after(channel, new Start.At(last.position), 1).missedAfter(last.position), image::toString);
            assertTrue(slice.head().offset() <= last.position.offset() + 1, image::toString);
            Appended again = publish(broker, channel, last.text, key(last.text));
            assertEquals(new Appended(last.position, true), again, image::toString);
        }
        assertEquals(slice.head().offset() + 1, publish(broker, channel, "next").offset(), image::toString);
    }

    private record Answered(ChannelName channel, String text, Position position) {}

    /** What was on the disk at one moment, and how many publishes had been answered. */
    private record Image(Path folder, int answered) {}
}
