package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Tally.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Publishes rounds of a few messages, and sends what was not answered again with the same keys until it is. Some rounds have no
 * keys: of these each message is sent once, answered or not. Some that are answered are sent again all the same, as if the answer
 * had been lost. For one thread.
 */
final class KeyedPublisher {
    private static final Duration BACK_OFF = Duration.ofMillis(100);
    private static final int LARGEST_ROUND = 16;
    private static final double WITHOUT_KEYS = 0.1;
    private static final double AGAIN = 0.05;

    private final int number;
    private final List<String> channels;
    private final Tally tally;
    private final CountDownLatch over;
    private final SplittableRandom random;
    private final Sender sender;
    private final List<Publish> all = new ArrayList<>();
    private int rounds;

    /** @param over ends it whatever is unanswered */
    KeyedPublisher(int number, List<String> channels, Doors doors, Tally tally, CountDownLatch over, long seed) {
        this.number = number;
        this.channels = channels;
        this.tally = tally;
        this.over = over;
        this.random = new SplittableRandom(seed);
        this.sender = new Sender("publisher-" + number, doors, random);
    }

    /**
     * Publishes until it is enough.
     *
     * @param pace between two rounds' times; it does not wait while it is behind them
     * @return all that it published, each of it answered or given up
     */
    List<Publish> publishUntil(CountDownLatch enough, Duration pace) throws InterruptedException {
        long due = System.nanoTime();
        while (!enough.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            due += pace.toNanos();
            List<Publish> messages = next();
            if (random.nextDouble() < WITHOUT_KEYS) {
                publishOnce(messages);
            } else {
                publish(messages);
                if (random.nextDouble() < AGAIN) {
                    tally.add(Event.RETRIED, messages.size());
                    publishUntilComplete(new Round(messages, true));
                }
            }
        }
        sender.drop();
        return List.copyOf(all);
    }

    /** Publishes one message to each channel. */
    List<Publish> publishToEach() throws InterruptedException {
        rounds++;
        List<Publish> messages = channels.stream().map(this::next).toList();
        publish(messages);
        sender.drop();
        return messages;
    }

    private List<Publish> next() {
        rounds++;
        int count = random.nextInt(1, LARGEST_ROUND + 1);
        var messages = new ArrayList<Publish>();
        while (messages.size() < count) {
            messages.add(next(channels.get(random.nextInt(channels.size()))));
        }
        return messages;
    }

    private Publish next(String channel) {
        var publish = new Publish(Numbered.id(number, all.size() + 1), channel, rounds);
        all.add(publish);
        return publish;
    }

    private void publish(List<Publish> messages) throws InterruptedException {
        publishUntilComplete(new Round(messages, true));
        tally.add(Event.ANSWERED, messages.size());
    }

    private void publishOnce(List<Publish> messages) {
        var round = new Round(messages, false);
        attempt(round);
        int open = round.open().size();
        tally.add(Event.GIVEN_UP, open);
        tally.add(Event.ANSWERED, messages.size() - open);
    }

    private void publishUntilComplete(Round round) throws InterruptedException {
        attempt(round);
        while (!round.isComplete() && !over.await(BACK_OFF.toNanos(), TimeUnit.NANOSECONDS)) {
            tally.add(Event.RETRIED, round.open().size());
            attempt(round);
        }
    }

    private void attempt(Round round) {
        try {
            sender.send(round);
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException why) {
        tally.because("publisher: " + why.getMessage());
        sender.drop();
    }
}
