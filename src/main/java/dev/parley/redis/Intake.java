package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.PublishKey;
import io.lettuce.core.SetArgs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Takes logs over that were kept elsewhere, with their positions. Of each channel: {@link #begin}, its messages in order, {@link
 * #end}; nobody sees anything of it before. Every method blocks and throws {@link LogUnavailable}. Not for several threads.
 */
public final class Intake implements AutoCloseable {
    private static final String NODE = "intake";
    private static final int OVERHEAD = 160; // what the scripts count for a message beside its text

    private final Function<ChannelName, Namespace> namespaces;
    private final Keys keys;
    private final RedisTime time;
    private final Link link;
    private final Listing listing;
    private long bytes; // of the channel under way
    private long newest; // time of its newest message

    /**
     * Connects.
     *
     * @param namespaces the rules that a channel goes by
     * @throws LogUnavailable there is no Redis that can be written
     */
    public Intake(RedisOptions options, Function<ChannelName, Namespace> namespaces, InstantSource clock) {
        this.namespaces = namespaces;
        this.keys = new Keys(options.prefix());
        this.time = new RedisTime(clock);
        this.link = new Link(options, NODE, keys, time);
        this.listing = new Listing(link, keys, time, Integer.MAX_VALUE);
        link.start(List.of());
        if (!link.isWritable()) {
            link.close();
            throw new LogUnavailable("no Redis that can be written at " + options.address());
        }
    }

    /** Whether something was stored in this channel's log. */
    public boolean has(ChannelName channel) {
        byte[] head = link.await(link.send(it -> it.commands().hget(keys.meta(channel), "head")));
        return head != null && !new String(head, UTF_8).equals("0");
    }

    /**
     * Begins with a channel.
     *
     * @param replace whether a log that is there is to be dropped
     * @throws IllegalStateException there is one, and it is not to be dropped
     */
    public void begin(ChannelName channel, boolean replace) {
        bytes = 0;
        newest = 0;
        if (restore(channel, "begin", replace ? 1 : 0) == 0) {
            throw new IllegalStateException(channel + " has a log");
        }
    }

    /** @param messages the next ones, at most some MiB */
    public void add(ChannelName channel, List<Message> messages) {
        List<Object> args = new ArrayList<>(List.of("add"));
        for (Message message : messages) {
            Content content = message.content();
            args.addAll(List.of(message.offset(), content.data(), content.event(), content.from(), message.time()));
            bytes += OVERHEAD + size(content.data()) + size(content.event()) + size(content.from());
            newest = message.time();
        }
        if (!messages.isEmpty()) {
            restore(channel, args.toArray());
        }
    }

    /**
     * Makes it a log.
     *
     * @param start the position before the oldest message that is retained
     */
    public void end(ChannelName channel, Position start, Position head) {
        Namespace rules = namespaces.apply(channel);
        long kept = Arguments.millis(rules.historyAge()) + Arguments.millis(rules.keyTime());
        restore(channel, "end", head.epoch(), head.offset(), start.offset(), bytes, newest, kept);
        listing.admit(channel, rules);
    }

    /**
     * Remembers that a key was used.
     *
     * @param expires when it is forgotten, in milliseconds since 1970
     */
    public void use(ChannelName channel, PublishKey key, Position position, long expires) {
        long left = expires - time.now();
        long usedAt = expires - Arguments.millis(namespaces.apply(channel).keyTime());
        if (left > 0) {
            byte[] value = (position + " " + usedAt).getBytes(UTF_8);
            link.await(link.send(it -> it.commands().set(keys.used(channel, key), value, SetArgs.Builder.px(left))));
        }
    }

    /** Blocks until all threads have ended, some seconds at most. */
    @Override
    public void close() {
        link.close();
    }

    private long restore(ChannelName channel, Object... args) {
        String[] where = {keys.meta(channel), keys.log(channel)};
        return (Long)
                link.await(link.run(Script.RESTORE, where, Arguments.of(args))).getFirst();
    }

    private static int size(String text) {
        return text.getBytes(UTF_8).length;
    }
}
