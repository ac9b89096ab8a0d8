package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Message;
import dev.parley.core.Metrics;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Reads pieces of logs. Blocks as long as the timeout says, and throws {@code LogUnavailable}. */
final class LogReader {
    /** A piece is no heavier, in bytes as {@code Content.weight} counts, but for one message that is heavier by itself. */
    private static final long MAX_WEIGHT = 1 << 20;

    private static final int HEAD = 5; // fields before the messages, in the script's answer
    private static final int FIELDS = 5; // of a message, in the script's answer

    private final Link link;
    private final Keys keys;
    private final RedisTime time;
    private final Epochs epochs;
    private final Function<ChannelName, Namespace> namespaces;
    private final Metrics metrics;

    LogReader(
            Link link,
            Keys keys,
            RedisTime time,
            Epochs epochs,
            Function<ChannelName, Namespace> namespaces,
            Metrics metrics) {
        this.metrics = metrics;
        this.link = link;
        this.keys = keys;
        this.time = time;
        this.epochs = epochs;
        this.namespaces = namespaces;
    }

    Slice after(ChannelName channel, Start after, int limit) {
        return forwards(channel, ask(channel, "after", after, limit, false));
    }

    /** What comes after a position that this node has seen: if the log does not reach it any more, that is another log. */
    Rest afterSeen(ChannelName channel, Position seen, int limit) {
        Answer answer = ask(channel, "after", new Start.At(seen), limit, true);
        return new Rest(forwards(channel, answer), answer.gone() >= seen.offset());
    }

    /**
     * What comes after a position.
     *
     * @param first whether nothing up to that position is retained
     */
    record Rest(Slice slice, boolean first) {}

    private static Slice forwards(ChannelName channel, Answer answer) {
        return Slice.forwards(answer.at(answer.start()), answer.messages(channel), answer.at(answer.head()));
    }

    Slice before(ChannelName channel, Start before, int limit) {
        Answer answer = ask(channel, "before", before, limit, false);
        List<Message> found = answer.messages(channel);
        Collections.reverse(found);
        long start = (found.isEmpty() ? answer.start() : found.getFirst().offset()) - 1;
        return new Slice(answer.at(start), found, answer.at(answer.head()), start > answer.bottom());
    }

    private Answer ask(ChannelName channel, String direction, Start start, int limit, boolean certain) {
        Namespace rules = namespaces.apply(channel);
        Position asked = start instanceof Start.At at ? at.position() : new Position("0", 0);
        String word = switch (start) {
            case Start.Earliest it -> "earliest";
            case Start.Latest it -> "latest";
            case Start.At it -> "at";
        };
        byte[][] args = Arguments.of(
                time.now(),
                Arguments.millis(rules.historyAge()),
                Arguments.millis(rules.keyTime()),
                epochs.next(),
                direction,
                word,
                asked.epoch(),
                asked.offset(),
                certain ? 1 : 0,
                limit,
                MAX_WEIGHT);
        String[] where = {keys.meta(channel), keys.log(channel)};
        return new Answer(link.await(link.run(Script.READ, where, args), Metrics.Work.REDIS_READ, metrics));
    }

    /** The read script's answer. */
    private record Answer(List<Object> fields) {
        String epoch() {
            return text(0);
        }

        long head() {
            return number(1);
        }

        /** The offset before the oldest message. */
        long bottom() {
            return number(2);
        }

        long start() {
            return number(3);
        }

        /** Nothing up to this offset is retained; in a compact log, more than that may be superseded. */
        long gone() {
            return number(4);
        }

        Position at(long offset) {
            return new Position(epoch(), offset);
        }

        /** In the order of the answer. */
        List<Message> messages(ChannelName channel) {
            List<Message> found = new ArrayList<>();
            for (int i = HEAD; i < fields.size(); i += FIELDS) {
                var content = new Content(text(i + 4), text(i + 2), text(i + 3));
                found.add(new Message(channel, at(number(i)), content, number(i + 1)));
            }
            return found;
        }

        private String text(int index) {
            return new String((byte[]) fields.get(index), UTF_8);
        }

        private long number(int index) {
            return (Long) fields.get(index);
        }
    }
}
