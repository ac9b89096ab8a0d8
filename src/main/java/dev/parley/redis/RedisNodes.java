package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.LogUnavailable;
import dev.parley.core.Nodes;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The nodes know each other by what they say on one Pub/Sub channel: each greets the others every second, and asks them there. An
 * answer goes to a channel of the asker's own. Nothing of this is stored, so it works with a Redis that cannot be written, too.
 */
final class RedisNodes implements Nodes, Link.Owner {
    /** How often {@link #greet} is to be called. */
    static final Duration GREETING = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(RedisNodes.class.getName());
    private static final long GONE_NANOS = GREETING.multipliedBy(4).toNanos();

    private final Link link;
    private final Keys keys;
    private final Executor threads;
    private final Duration timeout;
    private final String own; // this node's id; two nodes may have one name
    private final String name;
    private final Agreement agreement;
    private final ConcurrentMap<String, Peer> peers = new ConcurrentHashMap<>(); // by id
    private final ConcurrentMap<Long, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable UnaryOperator<String> answers;

    /**
     * @param heardAt in ns of the monotonic clock
     * @param agrees on all that nodes must agree on
     */
    private record Peer(String name, long heardAt, boolean agrees) {}

    RedisNodes(Link link, Keys keys, String own, String name, Agreement agreement, Executor threads, Duration timeout) {
        this.link = link;
        this.keys = keys;
        this.own = own;
        this.name = name;
        this.agreement = agreement;
        this.threads = threads;
        this.timeout = timeout;
    }

    @Override
    public void answer(UnaryOperator<String> how) {
        answers = how;
    }

    @Override
    public Answers ask(String question) {
        var asking = new Asked();
        forgetLost();
        peers.forEach((id, peer) -> asking.await(id, peer.name()));
        long number = numbers.incrementAndGet();
        asked.put(number, asking);
        try {
            link.await(say(keys.nodes(), "ask " + own + ' ' + number + '\n' + question));
            return asking.answers(timeout);
        } finally {
            asked.remove(number);
        }
    }

    /** How many others there are, as far as is known. */
    int count() {
        forgetLost();
        return peers.size();
    }

    /** How many of them have other settings where all must have the same, as far as is known. */
    int differing() {
        forgetLost();
        return (int) peers.values().stream().filter(peer -> !peer.agrees()).count();
    }

    private void forgetLost() {
        long now = System.nanoTime();
        peers.values().removeIf(peer -> now - peer.heardAt() > GONE_NANOS);
    }

    /** Tells the others that this node is there. */
    void greet() {
        introduce("here");
    }

    /** Tells the others that this node is not there any more. Blocks until that is said, as long as the timeout says. */
    void leave() {
        try {
            link.await(say(keys.nodes(), "gone " + own));
        } catch (LogUnavailable e) {
            // they notice by themselves
        }
    }

    @Override
    public CompletableFuture<?> connected(Connection connection) {
        connection.announcements().addListener(new Listener());
        return connection
                .announcements()
                .async()
                .subscribe(keys.nodes(), keys.answers(own))
                .toCompletableFuture();
    }

    @Override
    public void ready() {
        introduce("new");
    }

    private void introduce(String how) {
        var unused = say(keys.nodes(), how + ' ' + own + ' ' + name + '\n' + agreement.text());
    }

    private CompletableFuture<Long> say(String channel, String text) {
        return link.send(it -> it.commands().publish(channel, text.getBytes(UTF_8)));
    }

    /** @param text a line whose first two words are what it is and whose it is */
    private void heard(String text) {
        int end = text.indexOf('\n');
        String[] words = (end < 0 ? text : text.substring(0, end)).split(" ", 3);
        String rest = end < 0 ? "" : text.substring(end + 1);
        String from = words[1];
        if (from.equals(own)) {
            return;
        }
        switch (words[0]) {
            case "new", "here" -> {
                if (met(from, words[2], rest) || words[0].equals("new")) {
                    greet();
                }
            }
            case "gone" -> {
                peers.remove(from);
                asked.values().forEach(asking -> asking.left(from));
            }
            case "ask" -> threads.execute(() -> reply(from, words[2], rest));
            case "said" -> {
                Asked asking = asked.get(Long.parseLong(words[2]));
                if (asking != null) {
                    asking.answered(from, rest);
                }
            }
            default -> LOG.log(Level.DEBUG, "another node says {0}", words[0]);
        }
    }

    /** @return whether it was not known */
    private boolean met(String id, String called, String settings) {
        List<String> differences = agreement.differences(settings);
        boolean first = peers.put(id, new Peer(called, System.nanoTime(), differences.isEmpty())) == null;
        if (first && !differences.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "node {0} has other settings than this one, and all nodes of one Redis must agree on them: {1}",
                    called,
                    String.join(", ", differences));
        }
        return first;
    }

    private void reply(String asker, String number, String question) {
        UnaryOperator<String> how = answers;
        if (how == null) {
            return;
        }
        try {
            var unused = say(keys.answers(asker), "said " + own + ' ' + number + '\n' + how.apply(question));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "another node asked what could not be answered", e);
        }
    }

    private final class Listener extends RedisPubSubAdapter<String, byte[]> {
        @Override
        public void message(String channel, byte[] message) {
            if (channel.equals(keys.nodes()) || channel.equals(keys.answers(own))) {
                heard(new String(message, UTF_8));
            }
        }
    }
}
