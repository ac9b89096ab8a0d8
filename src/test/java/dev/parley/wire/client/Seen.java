package dev.parley.wire.client;

/** What a reader remembers of a message. */
public record Seen(String position, Object data) {
    static Seen of(Doc message) {
        return new Seen(message.text("position"), message.value("data"));
    }
}
