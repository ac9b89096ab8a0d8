package dev.parley.embedded;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import dev.parley.embedded.Journal.Ending;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.h2.store.fs.FilePath;

/**
 * What is done at the start: the journal's messages go into the archive, and channels that may have lost an announced message
 * get a new epoch, under which what is left of them can be read from the oldest on. Costs what the journal holds, which is
 * bounded, and where the machine has died a look at each channel.
 */
final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());

    private static final ChannelRecord NEW = new ChannelRecord(DurableLog.NONE, "", 0, 0, 0, false, DurableLog.NONE);

    private final String folder;
    private final Maps maps;
    private final Epochs epochs;
    private final Function<ChannelName, Namespace> namespaces;
    private final Map<ChannelName, ChannelRecord> changed = new HashMap<>();

    Recovery(String folder, Maps maps, Epochs epochs, Function<ChannelName, Namespace> namespaces) {
        this.folder = folder;
        this.maps = maps;
        this.epochs = epochs;
        this.namespaces = namespaces;
    }

    /**
     * @param machine which start of the machine this is
     * @param damaged whether something is missing that was in the archive
     * @return the number of the next journal file; there is none of this or a higher number
     */
    long run(String machine, boolean damaged) throws IOException {
        boolean closed = maps.facts().get(Facts.CLOSED) != null;
        boolean sameStart =
                !machine.equals(Machine.UNKNOWN) && machine.equals(maps.facts().get(Facts.MACHINE));
        boolean machineDied = !closed && !sameStart && maps.facts().get(Facts.MACHINE) != null;
        long from = Long.parseLong(maps.facts().getOrDefault(Facts.JOURNAL, "0"));
        boolean whole = !damaged;
        List<Long> read = new ArrayList<>();
        for (long number : Journal.numbers(folder)) {
            if (number >= from) {
                read.add(number);
                whole &= replay(number, machineDied);
            }
        }
        changed.forEach((name, record) -> maps.channels().put(name.text(), record.bytes()));
        if (!whole) {
            renew(false);
        } else if (machineDied) {
            renew(true);
        }
        long next = (read.isEmpty() ? from : read.getLast()) + 1;
        maps.facts().put(Facts.JOURNAL, Long.toString(next));
        maps.facts().put(Facts.MACHINE, machine);
        maps.facts().remove(Facts.CLOSED);
        maps.commit();
        Journal.numbers(folder).forEach(number -> Journal.path(folder, number).delete());
        return next;
    }

    /** @return whether it holds all that was ever answered */
    private boolean replay(long number, boolean machineDied) throws IOException {
        Ending ending = Journal.read(folder, number, this::replay);
        if (ending == Ending.WHOLE || ending == Ending.CUT || machineDied) {
            return true; // what was not forced may be gone, and channels of which that is true say so
        }
        FilePath file = Journal.path(folder, number);
        FilePath aside = FilePath.get(file + ".damaged-" + System.currentTimeMillis());
        file.moveTo(aside, false);
        LOG.log(
                Level.ERROR,
                "{0} is damaged. The messages before the damage are kept, those after it are lost; clients are told"
                    + " so. The damaged file is kept as {1}: look after the disk, and delete it when you do not need"
                    + " it",
                file,
                aside);
        return false;
    }

    private void replay(JournalRecord record) {
        ChannelName name = record.channel();
        ChannelRecord known = changed.computeIfAbsent(name, this::archived);
        long offset = record.position().offset();
        if (known.id() != DurableLog.NONE
                && !known.epoch().equals(record.position().epoch())) {
            Flush.trim(maps, known.id(), Long.MAX_VALUE); // that life has ended
            known = NEW;
        }
        if (offset <= known.head()) {
            return;
        }
        long id = known.id() == DurableLog.NONE ? Facts.nextId(maps) : known.id();
        if (known.id() == DurableLog.NONE) {
            epochs.reach(name, epochs.generation(record.position().epoch()));
            Facts.remember(maps, epochs, name);
        }
        if (known.head() > 0 && offset > known.head() + 1 && !known.isCompact()) {
            Flush.trim(maps, id, offset - 1); // between them lies what is lost, and a log has no holes
        }
        maps.messages().put(new MessageKey(id, offset), record.bytes());
        StoredMessage message = StoredMessage.head(record.bytes());
        if (record.key() != null) {
            long keyTime = TimeUnit.MILLISECONDS.convert(namespaces.apply(name).keyTime());
            var used = new KeyRecord(offset, Flush.saturated(message.time(), keyTime));
            maps.keys().put(KeyRecord.name(id, record.key()), used.bytes());
        }
        changed.put(
                name,
                new ChannelRecord(
                        id,
                        record.position().epoch(),
                        offset,
                        message.sum(),
                        message.time(),
                        record.loose(),
                        known.base()));
    }

    private ChannelRecord archived(ChannelName name) {
        byte[] bytes = maps.channels().get(name.text());
        return bytes == null ? NEW : ChannelRecord.of(bytes);
    }

    /** Gives channels a new epoch: all, or those of which messages may have been announced that were not on the disk. */
    private void renew(boolean looseOnly) {
        int count = 0;
        var names = maps.channels().keyIterator(null);
        while (names.hasNext()) {
            var name = new ChannelName(names.next());
            ChannelRecord record = archived(name);
            if (!looseOnly || record.loose()) {
                Facts.end(maps, epochs, name);
                maps.channels()
                        .put(
                                name.text(),
                                record.with(epochs.beginning(name).epoch()).bytes());
                count++;
            }
        }
        LOG.log(
                Level.WARNING,
                looseOnly
                        ? "the machine has stopped without Parley. {0} channels may have lost their last messages;"
                                + " their readers are told so when they come back"
                        : "messages have been lost. {0} channels have a new epoch; their readers are told so when they"
                                + " come back",
                count);
    }
}
