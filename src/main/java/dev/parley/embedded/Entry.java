package dev.parley.embedded;

import dev.parley.core.Broker.Appended;
import dev.parley.core.Broker.Watcher;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import org.jspecify.annotations.Nullable;

/** One publish on its way through a commit. Its publisher makes it and reads the outcome; between, the leader alone touches it. */
final class Entry extends GroupCommit.Turn {
    private final DurableLog log;
    private final Content content;
    private final @Nullable PublishKey key;
    private final byte[] bytes;
    private final int lookedAt;
    private final long begun = System.nanoTime();

    private @Nullable Message message; // once it has its place
    private @Nullable Appended answer; // null: ask again, the log has been unloaded
    private @Nullable RuntimeException failure;
    private @Nullable Watcher informed;

    /** @param lookedAt in which generation the archive was asked for the key, in vain; see {@link UsedKeys} */
    Entry(DurableLog log, Content content, @Nullable PublishKey key, int lookedAt) {
        this.log = log;
        this.content = content;
        this.key = key;
        this.bytes = StoredMessage.bytes(content);
        this.lookedAt = lookedAt;
    }

    DurableLog log() {
        return log;
    }

    Content content() {
        return content;
    }

    @Nullable
    PublishKey key() {
        return key;
    }

    byte[] bytes() {
        return bytes;
    }

    int lookedAt() {
        return lookedAt;
    }

    /** When it began to wait, by {@link System#nanoTime}. */
    long begun() {
        return begun;
    }

    void place(Message placed) {
        message = placed;
        answer = new Appended(placed.position(), false);
    }

    Message message() {
        if (message == null) {
            throw new IllegalStateException("has no place");
        }
        return message;
    }

    long offset() {
        return message().offset();
    }

    void duplicates(Position first) {
        answer = new Appended(first, true);
    }

    void fail(RuntimeException why) {
        failure = why;
        answer = null;
    }

    boolean hasFailed() {
        return failure != null;
    }

    void inform(@Nullable Watcher watcher) {
        informed = watcher;
    }

    /** For the publisher, after the commit: wakes who reads the channel. Null if another log object is to be asked. */
    @Nullable
    Appended outcome() {
        if (failure != null) {
            throw failure;
        }
        if (informed != null) {
            informed.wake();
        }
        return answer;
    }
}
