package dev.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contract.CompactFacts;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive under its readers: its store closes itself while they read. */
class ArchiveTest {
    private static final ChannelName ROOM = new ChannelName("room");
    private static final int MESSAGES = 5000; // many pages of the store
    private static final long ID = 1;

    private Archive archive;

    @BeforeEach
    void fill(@TempDir Path folder) {
        archive = new Archive(folder.resolve(Archive.FILE).toString(), Metrics.NONE);
        Maps maps = archive.forWriting();
        for (int offset = 1; offset <= MESSAGES; offset++) {
            byte[] bytes = StoredMessage.bytes(new Content('"' + "x".repeat(100) + '"', "", ""));
            StoredMessage.complete(bytes, 0, 0);
            maps.messages().put(new MessageKey(ID, offset), bytes);
        }
        maps.commit();
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void readerGoesOnWhereItWasWhenTheStoreIsOpenedAnew() {
        assertEquals(LongStream.rangeClosed(1, MESSAGES).boxed().toList(), readWhileClosing(1, MESSAGES));
    }

    @Test
    void readerGoesOnBackwardsWhenTheStoreIsOpenedAnew() {
        assertEquals(LongStream.rangeClosed(1, MESSAGES).boxed().toList().reversed(), readWhileClosing(MESSAGES, 1));
    }

    @Test
    void nothingIsTrimmedFromTheRecordOfAnotherLife() {
        Maps maps = archive.forWriting();
        Namespace rules = CompactFacts.compact(Namespace.DEFAULT);
        var log = new DurableLog(ROOM, rules, new Places(1), new ChannelRecord(ID, "e", 3, 0, 0, false, 3), 3, 0);
        byte[] next = new ChannelRecord(ID + 1, "f", 5, 0, 0, false, 0).bytes();
        maps.channels().put(ROOM.text(), next);
        Flush.trim(maps, log, log.now());

        assertEquals(ChannelRecord.of(next), archive.channel(ROOM.text()));
        assertEquals(4, archive.oldest(ID));
    }

    /** Closes the store after the first message, one in the middle and so on, as a failed write does. */
    private List<Long> readWhileClosing(long from, long to) {
        List<Long> offsets = new ArrayList<>();
        archive.read(ID, from, to, (offset, bytes) -> {
            offsets.add(offset);
            if (offsets.size() == 1 || offsets.size() == MESSAGES / 2) {
                archive.forWriting().giveUp();
            }
            return true;
        });
        return offsets;
    }
}
