package dev.parley.embedded;

import dev.parley.core.Message;
import java.util.ArrayList;
import java.util.List;

/** A page of messages while it is being read; bounded as {@link Page} is. For one thread. */
final class PageFiller {
    private final int limit;
    private final List<Message> messages = new ArrayList<>();
    private long weight;

    PageFiller(int limit) {
        this.limit = limit;
    }

    /** @return whether there is room for more */
    boolean add(Message message) {
        messages.add(message);
        weight += message.content().weight();
        return !isFull();
    }

    boolean isFull() {
        return messages.size() >= limit || !messages.isEmpty() && weight >= Page.MAX_WEIGHT;
    }

    int size() {
        return messages.size();
    }

    /** In the order in which they were added. */
    List<Message> messages() {
        return messages;
    }
}
