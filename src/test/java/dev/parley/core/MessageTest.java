package dev.parley.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MessageTest {
    private final AtomicInteger encodings = new AtomicInteger();
    private final Message message =
            new Message(new ChannelName("room"), new Position("life", 7), new Content("\"hi\"", "", "bob"), 99);

    @Test
    void messageIsEncodedOnceInEachFormat() {
        Format<String> text = format(0, "text");
        Format<String> stream = format(1, "stream");
        String first = message.as(text);

        assertEquals("text \"hi\"", first);
        assertEquals("stream \"hi\"", message.as(stream));
        assertSame(first, message.as(text));
        assertEquals(2, encodings.get());
    }

    @Test
    void weightGrowsWithAllThatAPublisherGives() {
        long plain = new Content("12345", "", "").weight();

        assertEquals(plain + 1, new Content("123456", "", "").weight());
        assertEquals(plain + 4, new Content("12345", "edit", "").weight());
        assertEquals(plain + 3, new Content("12345", "", "bob").weight());
    }

    private Format<String> format(int slot, String name) {
        return new Format<>() {
            @Override
            public int slot() {
                return slot;
            }

            @Override
            public String encode(Message message) {
                encodings.incrementAndGet();
                return name + ' ' + message.content().data();
            }
        };
    }
}
