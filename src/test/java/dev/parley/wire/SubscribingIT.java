package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code subscribe} and {@code unsubscribe} on {@code /ws}. */
class SubscribingIT extends WireSuite {
    private final String channel = channel();

    SubscribingIT(Wire wire) {
        super(wire);
    }

    @Test
    void subscribedNamesChannelAndHead() {
        String head = wire.publish(channel, "before");

        Doc subscribed = session().subscribe(channel);

        assertEquals(channel, subscribed.text("channel"));
        assertEquals(head, subscribed.text("position"));
        assertFalse(subscribed.has("recovered"), subscribed::toString);
        assertFalse(subscribed.has("members"), subscribed::toString);
    }

    @Test
    void aMessageCarriesWhatWasPublished() {
        Session reader = session();
        reader.subscribe(channel);
        long before = System.currentTimeMillis();

        String position = session("?name=Bob")
                .ask("publish", "channel", channel, "data", List.of(1, "two"), "event", "news")
                .text("position");

        Doc message = reader.next("message");
        assertEquals(channel, message.text("channel"));
        assertEquals(position, message.text("position"));
        assertEquals(List.of(1L, "two"), message.value("data"));
        assertEquals("news", message.text("event"));
        assertEquals("Bob", message.text("from"));
        assertTrue(Math.abs(message.number("time") - before) < 60_000, message::toString);
    }

    @Test
    void whatWasNotGivenIsNotThere() {
        Session session = session();
        session.subscribe(channel);

        session.tell("publish", "channel", channel, "data", 1);

        Doc message = session.next("message");
        assertFalse(message.has("event"), message::toString);
        assertFalse(message.has("from"), message::toString);
    }

    @Test
    void everySubscriberGetsEveryMessage() {
        List<Session> readers = List.of(session(), session(), session());
        readers.forEach(reader -> reader.subscribe(channel));

        publishNumbers(channel, 20);

        readers.forEach(reader -> assertEquals(numbers(1, 20), data(reader.messages(20))));
    }

    @Test
    void channelsDoNotMix() {
        String other = channel();
        Session reader = session();
        reader.subscribe(channel);

        wire.publish(other, "not for this reader");
        wire.publish(channel, "marker");

        assertEquals("marker", reader.next("message").text("data"));
    }

    @Test
    void latestBringsOnlyWhatComesNext() {
        publishNumbers(channel, 3);
        Session reader = session();

        Doc subscribed = reader.subscribe(channel, "latest");
        wire.publish(channel, "next");

        assertFalse(subscribed.has("recovered"), subscribed::toString);
        assertEquals("next", reader.next("message").text("data"));
    }

    @Test
    void earliestBringsAllThatIsRetainedAndThenTheLiveOnes() {
        publishNumbers(channel, 3);
        Session reader = session();

        Doc subscribed = reader.subscribe(channel, "earliest");
        wire.publish(channel, 4);

        assertFalse(subscribed.has("recovered"), subscribed::toString);
        assertEquals(numbers(1, 4), data(reader.messages(4)));
    }

    @Test
    void aPositionBringsWhatCameAfterIt() {
        String second = publishNumbers(channel, 5).get(1);
        Session reader = session();

        Doc subscribed = reader.subscribe(channel, second);

        assertTrue(subscribed.flag("recovered"), subscribed::toString);
        assertEquals(numbers(3, 5), data(reader.messages(3)));
    }

    @Test
    void afterUnsubscribeNothingMoreComes() {
        Session reader = session();
        String marker = channel();
        reader.subscribe(channel);
        reader.subscribe(marker);

        Doc reply = reader.ask("unsubscribe", "channel", channel);
        wire.publish(channel, "too late");
        wire.publish(marker, "marker");

        assertEquals("unsubscribed", reply.type());
        assertEquals(channel, reply.text("channel"));
        assertEquals("marker", reader.next("message").text("data"));
    }

    @Test
    void aChannelCanBeLeftAndJoinedAgain() {
        Session reader = session();
        String seen = reader.subscribe(channel).text("position");
        reader.ask("unsubscribe", "channel", channel);
        wire.publish(channel, "missed");

        reader.subscribe(channel, seen);

        assertEquals("missed", reader.next("message").text("data"));
    }

    @Test
    void subscribingTwiceIsAnErrorAndTheFirstSubscriptionStays() {
        Session reader = session();
        reader.subscribe(channel);

        Session.refused(Code.SUBSCRIPTION, reader.ask("subscribe", "channel", channel));
        wire.publish(channel, "once");
        wire.publish(channel, "marker");

        assertEquals(List.of("once", "marker"), data(reader.messages(2)));
    }

    @Test
    void unsubscribingWithoutASubscriptionIsAnError() {
        Session.refused(Code.SUBSCRIPTION, session().ask("unsubscribe", "channel", channel));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a*", "a\n", "a\u0000", "{}", "a%20b"})
    void aBadChannelNameIsAnErrorForEveryCommand(String name) {
        Session session = session();

        Session.refused(Code.BAD_CHANNEL, session.ask("subscribe", "channel", name));
        Session.refused(Code.BAD_CHANNEL, session.ask("unsubscribe", "channel", name));
        Session.refused(Code.BAD_CHANNEL, session.ask("history", "channel", name));
        Session.refused(Code.BAD_CHANNEL, session.ask("publish", "channel", name, "data", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nonsense!", "Latest", "a,b", "\u0000"})
    void aBadPositionIsAnErrorAndNoSubscription(String position) {
        Session session = session();

        Session.refused(Code.BAD_POSITION, session.ask("subscribe", "channel", channel, "after", position));

        assertEquals("subscribed", session.subscribe(channel).type());
    }

    @Test
    void aCommandWithoutIdHasNoReplyButTakesEffect() {
        Session session = session();

        session.tell("subscribe", "channel", channel);
        session.tell("publish", "channel", channel, "data", "heard");
        assertEquals("heard", session.next("message").text("data"));

        session.tell("unsubscribe", "channel", channel);
        Session.refused(Code.SUBSCRIPTION, session.ask("unsubscribe", "channel", channel));
    }
}
