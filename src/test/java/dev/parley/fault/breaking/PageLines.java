package dev.parley.fault.breaking;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.fault.Inbox;
import dev.parley.wire.client.Doc;

/** What a poll brings: one object. */
final class PageLines implements Inbox {
    private final Journey journey;

    PageLines(Journey journey) {
        this.journey = journey;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (to > from) {
            page(Doc.read(new String(bytes, from, to - from, UTF_8)));
        }
    }

    private void page(Doc page) {
        if (!journey.isPlaced() && !page.docs("messages").isEmpty()) {
            throw new AssertionError("messages before a position was named: " + page);
        }
        if (!page.flag("recovered")) {
            journey.channels().forEach(journey::gap); // it does not say which of them
        }
        for (Doc message : page.docs("messages")) {
            journey.message(message.text("channel"), message.text("position"), message.text("data"));
        }
        journey.standsAt(page.text("cursor"));
    }
}
