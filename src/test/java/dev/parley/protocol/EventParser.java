package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads an event stream as a browser does: the HTML Living Standard, section 9.2.6, step by step. */
final class EventParser {
    private final List<Event> events = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String lastEventId = "";
    private String retry = "";

    /** @param id the last event id, which an event without one has from those before */
    record Event(String type, String data, String id) {}

    /** @param id what a browser sends when it comes back now */
    record Stream(List<Event> events, String id, String retry) {}

    static Stream parse(byte[]... pieces) {
        var all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        var parser = new EventParser();
        String text = all.toString(UTF_8);
        String stream = text.startsWith("\ufeff") ? text.substring(1) : text;
        String[] lines = stream.split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length - 1; i++) { // what has no line end is not a line yet
            parser.line(lines[i]);
        }
        return new Stream(List.copyOf(parser.events), parser.lastEventId, parser.retry);
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            dispatch();
        } else if (colon < 0) {
            field(line, "");
        } else if (colon > 0) {
            String value = line.substring(colon + 1);
            field(line.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> lastEventId = value.indexOf('\0') < 0 ? value : lastEventId;
            case "retry" -> retry = value.matches("[0-9]+") ? value : retry;
            default -> {}
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            events.add(new Event(type.isEmpty() ? "message" : type, data.toString(), lastEventId));
        }
        data.setLength(0);
        type = "";
    }
}
