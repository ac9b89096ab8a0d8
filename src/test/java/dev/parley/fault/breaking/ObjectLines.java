package dev.parley.fault.breaking;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.fault.Inbox;
import dev.parley.wire.client.Doc;
import java.io.UncheckedIOException;

/** What a WebSocket brings, an object a line. */
final class ObjectLines implements Inbox {
    private final Journey journey;

    ObjectLines(Journey journey) {
        this.journey = journey;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (to > from) {
            object(Doc.read(new String(bytes, from, to - from, UTF_8)));
        }
    }

    private void object(Doc doc) {
        switch (doc.type()) {
            case "message" -> journey.message(doc.text("channel"), doc.text("position"), doc.text("data"));
            case "gap" -> journey.gap(doc.text("channel"));
            case "subscribed" -> subscribed(doc);
            case "error" -> refused(doc);
            case "connected", "ping", "closing" -> {}
            default -> throw new AssertionError("unexpected " + doc);
        }
    }

    private void subscribed(Doc doc) {
        journey.beginsAt(doc.text("channel"), doc.text("position"));
        if (doc.has("recovered") && !doc.flag("recovered")) {
            journey.gap(doc.text("channel"));
        }
    }

    private static void refused(Doc error) {
        if (!error.flag("retry")) {
            throw new AssertionError("refused for ever: " + error);
        }
        throw new UncheckedIOException(new Connection.Refusal("error " + error.number("code")));
    }
}
