package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.wire.client.Block;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import java.util.ArrayList;
import java.util.List;

/** Keeps what one peer gets: the numbers of messages with their positions, and gaps. Any thread may read it. */
final class Diary implements Inbox {
    /** Something that a reader is to know of. */
    sealed interface Entry {
        /** A message. */
        record Heard(long number, String position) implements Entry {}

        /** What the reader is told not to get. */
        record Missed(String from, String to) implements Entry {}
    }

    private final List<Entry> entries = new ArrayList<>(); // guarded by this
    private final List<String> block = new ArrayList<>(); // of an event stream, so far

    @Override
    public void line(byte[] bytes, int from, int to) {
        String line = new String(bytes, from, to - from, UTF_8);
        if (line.startsWith("{")) {
            add(Doc.read(line));
        } else if (!line.isEmpty()) {
            block.add(line);
        } else if (!block.isEmpty()) {
            add(new Block(block, 0));
            block.clear();
        }
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The number of the last message, or 0. */
    synchronized long last() {
        return !entries.isEmpty() && entries.getLast() instanceof Entry.Heard heard ? heard.number() : 0;
    }

    private synchronized void add(Doc doc) {
        switch (doc.type()) {
            case "message" -> heard(doc.text("data"), doc.text("position"));
            case "gap" -> entries.add(new Entry.Missed(doc.text("from"), doc.text("to")));
            case "ping" -> {}
            default -> throw new AssertionError("unexpected " + doc);
        }
    }

    private synchronized void add(Block event) {
        if (event.event().equals("parley.gap")) {
            entries.add(new Entry.Missed(event.doc().text("from"), event.doc().text("to")));
        } else if (event.isEvent()) {
            heard((String) Json.read(event.data()), event.id());
        }
    }

    private synchronized void heard(String data, String position) {
        entries.add(new Entry.Heard(Publisher.number(data), position));
    }

    @Override
    public synchronized String toString() {
        return entries.size() + " entries up to " + (entries.isEmpty() ? "" : entries.getLast());
    }
}
