package dev.parley.embedded;

import static dev.parley.contract.BrokerSuite.OTHER_ROOM;
import static dev.parley.contract.BrokerSuite.ROOM;
import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contract.BrokerSuite;
import dev.parley.contract.CompactFacts;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Message;
import dev.parley.core.Metrics.Work;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.fake.WorkCounts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no longer what was written: what is sound is kept, the rest set aside, and nobody is told that nothing is missing. */
class DamageTest {
    private static final int MESSAGES = 400;

    @TempDir
    private Path temporary;

    private final Disks disks = new Disks();

    @AfterEach
    void close() {
        disks.close();
    }

    @Test
    void archiveThatIsNoneIsSetAsideAndPositionsAreNotRecovered() throws IOException {
        Position head = fill(ROOM);
        disks.close();
        Files.write(data().resolve(Archive.FILE), new byte[20_000]);
        DurableBroker broker = disks.open(data());

        assertTrue(broker.after(ROOM, new Start.At(head), 10).missedAfter(head));
        assertEquals(1, setAside());
        assertEquals(1, publish(broker, ROOM, "goes on").offset());
    }

    @Test
    void whatIsSoundOfADamagedArchiveIsKept() throws IOException {
        Position head = fill(ROOM);
        fill(OTHER_ROOM);
        disks.close();
        spoil(data().resolve(Archive.FILE), "\"" + MESSAGES / 2 + " of " + ROOM);
        readAll(disks.open(data()));
        disks.close();
        DurableBroker broker = disks.open(data());

        assertEquals(1, setAside());
        assertTrue(broker.after(ROOM, new Start.At(head.at(1)), 10).missedAfter(head.at(1)));
        List<Message> kept = broker.before(ROOM, Start.LATEST, MESSAGES).messages();
        assertTrue(kept.size() <= MESSAGES / 2, kept.size() + " messages");
        for (Message message : kept) {
            assertEquals(message.offset() + " of " + ROOM + "x".repeat(100), text(message));
        }
        assertEquals(MESSAGES + 1, publish(broker, ROOM, "goes on").offset());
    }

    @Test
    void whatIsSoundOfADamagedCompactLogIsKept() throws IOException {
        disks.rules = CompactFacts.compact(Namespace.DEFAULT);
        DurableBroker filled = disks.open(data());
        for (int i = 1; i <= MESSAGES; i++) {
            filled.append(ROOM, new Content("\"value " + i + "x".repeat(100) + '"', "name" + i, ""), Optional.empty());
            filled.append(ROOM, new Content("\"superseded\"", "name", ""), Optional.empty());
        }
        disks.close();
        spoil(data().resolve(Archive.FILE), "value " + MESSAGES / 2 + "x");
        readAll(disks.open(data()));
        disks.close();
        Slice kept = disks.open(data()).after(ROOM, Start.EARLIEST, 2 * MESSAGES);

        assertEquals(1, setAside());
        assertFalse(kept.more());
        List<String> texts = kept.messages().stream().map(BrokerSuite::text).toList();
        assertTrue(texts.size() > MESSAGES / 2, texts.size() + " messages");
        assertFalse(texts.contains("value " + MESSAGES / 2 + "x".repeat(100)));
        assertTrue(publish(disks.broker(), ROOM, "goes on").offset()
                > kept.messages().getLast().offset());
    }

    @Test
    void damageOfACompactLogIsCounted() throws IOException {
        var counts = new WorkCounts();
        disks.metrics = counts;
        disks.rules = CompactFacts.compact(Namespace.DEFAULT);
        CompactFacts.put(disks.open(data()), "a1", "b1");
        disks.close();
        spoil(data().resolve(Archive.FILE), "\"a1");
        readAll(disks.open(data()));

        assertEquals(1, counts.failures(Work.JOURNAL_READ));
    }

    @Test
    void sweepGoesOnBehindAChannelThatCannotBeRead() throws IOException {
        fill(OTHER_ROOM); // the first by name
        fill(ROOM);
        disks.close();
        spoil(data().resolve(Archive.FILE), "\"1 of " + OTHER_ROOM);
        disks.open(data());
        disks.pass(disks.rules.historyAge().plusSeconds(1));
        disks.store().upkeep().sweep();

        assertNotNull(disks.store().archive().channel(OTHER_ROOM.text()));
        assertNull(disks.store().archive().channel(ROOM.text()), "all of it is too old");
    }

    @Test
    void journalIsKeptUpToItsDamage() throws IOException {
        Position head = fill(ROOM);
        disks.kill();
        Path image = temporary.resolve("image1");
        try (Stream<Path> files = Files.list(image)) {
            spoil(
                    files.filter(file -> file.getFileName().toString().startsWith("journal"))
                            .findFirst()
                            .orElseThrow(),
                    "\"" + MESSAGES / 2 + " of " + ROOM);
        }
        DurableBroker broker = disks.open(image);

        assertTrue(broker.after(ROOM, new Start.At(head.at(1)), 10).missedAfter(head.at(1)));
        assertEquals(
                MESSAGES / 2 - 1,
                broker.after(ROOM, Start.EARLIEST, MESSAGES).messages().size());
        try (Stream<Path> files = Files.list(image)) {
            assertEquals(
                    1, files.filter(file -> file.toString().contains("damaged")).count());
        }
    }

    private Path data() {
        return temporary.resolve("data");
    }

    private Position fill(ChannelName channel) {
        DurableBroker broker = disks.isOpen() ? disks.broker() : disks.open(data());
        Position last = null;
        for (int i = 1; i <= MESSAGES; i++) {
            last = publish(broker, channel, i + " of " + channel + "x".repeat(100));
        }
        if (last == null) {
            throw new AssertionError("nothing was published");
        }
        return last;
    }

    private static void readAll(DurableBroker broker) {
        try {
            broker.after(ROOM, Start.EARLIEST, MESSAGES);
            throw new AssertionError("the damage was not noticed");
        } catch (LogUnavailable e) {
            assertTrue(String.valueOf(e.getMessage()).contains("archive"));
        }
    }

    /** Changes the bytes where a text stands, wherever that is. */
    private static void spoil(Path file, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String all = new String(bytes, ISO_8859_1);
        int at = all.indexOf(text);
        assertTrue(at > 0, text + " is not in " + file);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            for (; at >= 0; at = all.indexOf(text, at + 1)) {
                out.seek(at);
                out.write('?');
            }
        }
    }

    private long setAside() throws IOException {
        try (Stream<Path> files = Files.list(data())) {
            return files.filter(file -> file.toString().contains(".damaged-")).count();
        }
    }
}
