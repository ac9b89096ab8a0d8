package dev.parley.fault.breaking;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.fault.Inbox;
import dev.parley.wire.client.Block;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import java.util.ArrayList;
import java.util.List;

/** What an event stream brings. A block that was cut off before its empty line is none, as for a browser. */
final class EventLines implements Inbox {
    private final Journey journey;
    private final boolean several;
    private final List<String> block = new ArrayList<>();

    /** @param several whether each event carries the whole message, because the stream is that of several channels */
    EventLines(Journey journey, boolean several) {
        this.journey = journey;
        this.several = several;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (to > from) {
            block.add(new String(bytes, from, to - from, UTF_8));
        } else if (!block.isEmpty()) {
            ended(new Block(block, 0));
            block.clear();
        }
    }

    private void ended(Block block) {
        if (block.event().equals("parley.gap")) {
            journey.gap(block.doc().text("channel"));
        } else if (block.isEvent() && !block.event().startsWith("parley.")) {
            message(block);
        }
        block.last("id").ifPresent(journey::standsAt);
    }

    private void message(Block block) {
        if (several) {
            Doc message = block.doc();
            journey.message(message.text("channel"), message.text("position"), message.text("data"));
        } else {
            journey.message(journey.channels().getFirst(), block.id(), (String) Json.read(block.data()));
        }
    }
}
