package dev.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.auth.PublicAccess;
import dev.parley.core.Access;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Hub;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.fake.Attendances;
import dev.parley.fake.SettableClock;
import dev.parley.fake.Signallings;
import dev.parley.fake.Visits;
import dev.parley.session.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollTest {
    private static final ChannelName A = new ChannelName("a");
    private static final ChannelName B = new ChannelName("b");
    private static final Duration LONG = Duration.ofHours(1);
    private static final long DEADLINE_SECONDS = 30;

    private final EmbeddedBroker broker = new EmbeddedBroker(name -> Namespace.DEFAULT, 10, new SettableClock());
    private final Hub hub = new Hub(broker, name -> Namespace.DEFAULT, Visits.AT_ONCE);
    private final Gate gate = gate(new PublicAccess());

    @AfterEach
    void everyPollLeavesItsChannels() {
        assertEquals(0, hub.watchedChannels());
    }

    @Test
    void answersAtOnceWithWhatThereIs() {
        Position seen = publish(A, 1, 1);
        publish(A, 2, 3);

        assertAnswer(
                List.of("2", "3"), seen.at(3).toString(), true, poll(List.of(A), List.of(new Start.At(seen)), LONG));
    }

    @Test
    void answersWithNothingWhenTheTimeIsOver() {
        Position head = publish(A, 1, 1);

        assertAnswer(List.of(), head.toString(), true, poll(List.of(A), List.of(Start.LATEST), Duration.ZERO));
        assertAnswer(
                List.of(), head.toString(), true, poll(List.of(A), List.of(new Start.At(head)), Duration.ofMillis(20)));
    }

    @Test
    void answersAtOnceWhenSomethingIsLost() {
        Position head = publish(A, 1, 2);
        Start lost = new Start.At(new Position("anotherlife", 1));

        assertAnswer(List.of("1", "2"), head.toString(), false, poll(List.of(A), List.of(lost), LONG));
        String nothing = poll(List.of(B), List.of(lost), LONG);
        assertTrue(nothing.startsWith("{\"messages\":[],") && nothing.endsWith("\"recovered\":false}"), nothing);
    }

    /** A message that was given before any position was named could not be told from one that was promised. */
    @Test
    void withoutAPositionNothingIsAnsweredButTheCursorWhateverComesMeanwhile() {
        Position before = publish(A, 1, 1);
        Access publishing = (user, action, channel) -> {
            if (channel.equals(B)) {
                publish(A, 2, 2); // A is subscribed by now
            }
            return true;
        };

        String answer = new Poll(gate(publishing), User.ANONYMOUS, List.of(A, B)).cursor();

        assertTrue(answer.startsWith("{\"messages\":[],\"cursor\":\"" + before + ","), answer);
        assertTrue(answer.endsWith("\"recovered\":true}"), answer);
    }

    @Test
    void channelsAreReadTogether() {
        Position a = publish(A, 1, 2);
        Position b = publish(B, 3, 4);

        assertAnswer(
                List.of("4", "2"),
                b + "," + a,
                true,
                poll(List.of(B, A), List.of(new Start.At(b.at(1)), new Start.At(a.at(1))), LONG));
    }

    @Test
    void answerHasFiveHundredMessagesAndTheNextTheRest() {
        Position head = publish(A, 1, 700);

        assertAnswer(texts(1, 500), head.at(500).toString(), true, poll(List.of(A), List.of(Start.EARLIEST), LONG));
        assertAnswer(
                texts(501, 700), head.toString(), true, poll(List.of(A), List.of(new Start.At(head.at(500))), LONG));
    }

    @Test
    void waitingPollAnswersAtTheFirstMessage() throws Exception {
        var answer = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> answer.complete(poll(List.of(A, B), List.of(Start.LATEST, Start.LATEST), LONG)));
        awaitReaders(B);
        publish(B, 1, 1);

        assertTrue(answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS).contains("\"data\":1,"));
    }

    @Test
    void waitingPollThatIsInterruptedAnswersWithNothing() throws Exception {
        var answer = new CompletableFuture<String>();
        Thread waiting = Thread.ofVirtual().start(() -> answer.complete(poll(List.of(A), List.of(Start.LATEST), LONG)));
        awaitReaders(A);
        waiting.interrupt();

        assertTrue(answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS).startsWith("{\"messages\":[],"));
        waiting.join();
    }

    @Test
    void hurriedPollAnswersAtOnceAndSoDoLaterOnes() throws Exception {
        var polls = new Polls();
        var waiting = new CompletableFuture<String>();
        var late = new CompletableFuture<String>();
        start(polls, waiting);
        awaitReaders(A);
        polls.hurry();
        assertTrue(waiting.get(DEADLINE_SECONDS, TimeUnit.SECONDS).startsWith("{\"messages\":[],"));

        start(polls, late);
        assertTrue(late.get(DEADLINE_SECONDS, TimeUnit.SECONDS).startsWith("{\"messages\":[],"));
        polls.close(Duration.ofSeconds(DEADLINE_SECONDS));
        assertEquals(0, polls.waiting());
    }

    private Gate gate(Access access) {
        return new Gate(hub, Attendances.any(), Signallings.over(hub), access, 1000);
    }

    private void start(Polls polls, CompletableFuture<String> answer) {
        var poll = new Poll(gate, User.ANONYMOUS, List.of(A));
        polls.start(poll, () -> answer.complete(poll.answer(List.of(Start.LATEST), LONG)));
    }

    private void awaitReaders(ChannelName channel) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (hub.subscribers(channel) == 0) {
            assertTrue(System.nanoTime() < deadline, "nobody reads");
            Thread.onSpinWait();
        }
    }

    private String poll(List<ChannelName> channels, List<Start> starts, Duration atMost) {
        return new Poll(gate, User.ANONYMOUS, channels).answer(starts, atMost);
    }

    private Position publish(ChannelName channel, int first, int last) {
        Position position = new Position("none", 0);
        for (String text : texts(first, last)) {
            position = hub.publish(channel, new Content(text, "", ""), Optional.empty())
                    .position();
        }
        return position;
    }

    private static List<String> texts(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }

    private static void assertAnswer(List<String> texts, String cursor, boolean recovered, String answer) {
        List<String> data = Pattern.compile("\"data\":([0-9]+),")
                .matcher(answer)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(texts, data);
        assertTrue(
                answer.endsWith(",\"cursor\":\"" + cursor + "\",\"recovered\":" + recovered + "}"),
                () -> cursor + " and " + recovered + " wanted at the end of " + answer);
    }
}
