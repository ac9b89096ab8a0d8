package dev.parley.session;

import static dev.parley.session.Stage.OTHER_ROOM;
import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final Stage stage = new Stage();
    private final Client client = stage.client();

    @Test
    void sessionBeginsWithConnectedAndSaysItAgainWhenAsked() {
        client.conversation().begin();
        assertEquals(List.of(connected(0)), client.hear());

        assertEquals(List.of(connected(7)), client.say("{'id':7,'type':'connect'}"));
    }

    @Test
    void commandsTakeEffectInTheOrderSent() {
        Position empty = head();

        assertEquals(
                List.of(
                        new Frame.Subscribed(1, ROOM, empty, null, null),
                        new Frame.Published(2, ROOM, empty.at(1), false),
                        new Frame.Unsubscribed(3, ROOM),
                        new Frame.Published(4, ROOM, empty.at(2), false)),
                client.say("""
                    {'id':1,'type':'subscribe','channel':'chat:lobby'}
                    {'id':2,'type':'publish','channel':'chat:lobby','data':1}
                    {'id':3,'type':'unsubscribe','channel':'chat:lobby'}
                    {'id':4,'type':'publish','channel':'chat:lobby','data':2}
                    """));
    }

    @Test
    void recoveredIsToldOnlyToWhoNamedAPosition() {
        Position seen = stage.publish(ROOM, "1");
        Position newest = stage.publish(ROOM, "2");

        assertEquals(subscribed(newest, true, "2"), subscribeAfter(seen.toString()));
        assertEquals(subscribed(newest, true), subscribeAfter(newest.toString()));
        assertEquals(subscribed(newest, false, "1", "2"), subscribeAfter("anotherlife-1"));
        assertEquals(
                subscribed(newest, false, "1", "2"),
                subscribeAfter(newest.at(99).toString()));
        assertEquals(subscribed(newest, null, "1", "2"), subscribeAfter("earliest"));
        assertEquals(subscribed(newest, null), subscribeAfter("latest"));
    }

    @Test
    void commandWithoutIdTakesEffectAndIsNotAnswered() {
        assertEquals(List.of(), client.say("{'type':'subscribe','channel':'chat:lobby'}"));
        assertEquals(List.of("1"), client.say("{'type':'publish','channel':'chat:lobby','data':1}"));
        assertEquals(List.of(), client.say("{'type':'history','channel':'chat:lobby'}{'type':'connect'}"));
        assertEquals(List.of(), client.say("{'type':'unsubscribe','channel':'chat:lobby'}"));
        assertEquals(0, client.session().subscriptionCount());
        assertEquals(
                List.of(new Frame.Error(0, ErrorCode.SUBSCRIPTION, "not subscribed", ROOM)),
                client.say("{'type':'unsubscribe','channel':'chat:lobby'}"));
    }

    @Test
    void channelIsSubscribedOnce() {
        client.subscribe(ROOM);

        assertError(2, ErrorCode.SUBSCRIPTION, client.say("{'id':2,'type':'subscribe','channel':'chat:lobby'}"));
        assertEquals(List.of("1"), client.say("{'type':'publish','channel':'chat:lobby','data':1}"));
    }

    @Test
    void channelsOfASessionAreLimited() {
        for (int i = 0; i < Stage.CHANNELS_PER_SESSION; i++) {
            assertEquals(List.of(), client.say("{'type':'subscribe','channel':'room" + i + "'}"));
        }
        assertError(5, ErrorCode.LIMIT, client.say("{'id':5,'type':'subscribe','channel':'chat:lobby'}"));
        client.say("{'type':'unsubscribe','channel':'room1'}");

        assertEquals(subscribed(head(), null), client.say("{'id':1,'type':'subscribe','channel':'chat:lobby'}"));
    }

    @Test
    void publishedAgainWithItsKeyIsADuplicate() {
        Client other = stage.client();
        other.subscribe(ROOM);
        Position first = head().at(1);
        String publish = "{'id':1,'type':'publish','channel':'chat:lobby','data':1,'key':'k'}";

        assertEquals(List.of(new Frame.Published(1, ROOM, first, false)), client.say(publish));
        assertEquals(List.of(new Frame.Published(1, ROOM, first, true)), client.say(publish));
        assertEquals(List.of("1"), other.hear());
    }

    @Test
    void messageSaysWhoPublishedItAndHow() {
        client.say("{'type':'publish','channel':'chat:lobby','data':{'a':1.0},'event':'note'}");
        Message stored = stage.broker.before(ROOM, Start.LATEST, 1).messages().getFirst();

        assertEquals("alice", stored.content().from());
        assertEquals("note", stored.content().event());
        assertEquals("{\"a\":1.0}", stored.content().data());
    }

    @Test
    void historyIsAPageInTheDirectionAsked() {
        Position last = stage.publish(ROOM, 1, 9);
        String history = "{'id':1,'type':'history','channel':'chat:lobby',";

        assertPage(List.of("8", "9"), true, null, client.say(history + "'limit':2}"));
        assertPage(List.of("3", "4"), true, true, client.say(history + "'limit':2,'after':'" + last.at(2) + "'}"));
        assertPage(List.of("9"), false, true, client.say(history + "'limit':2,'after':'" + last.at(8) + "'}"));
        assertPage(List.of("3", "4"), true, null, client.say(history + "'limit':2,'before':'" + last.at(5) + "'}"));
        assertPage(List.of("1"), false, null, client.say(history + "'limit':2,'before':'" + last.at(2) + "'}"));
        assertPage(List.of("1", "2"), true, null, client.say(history + "'limit':2,'after':'earliest'}"));
        assertPage(List.of("1", "2"), true, false, client.say(history + "'limit':2,'after':'anotherlife-5'}"));
        assertPage(List.of(), false, null, client.say(history + "'after':'latest'}"));
        assertPage(List.of("9"), true, null, client.say(history + "'limit':1,'before':'latest'}"));
    }

    @Test
    void refusalNamesTheCommandAndItsChannel() {
        assertError(
                1,
                ErrorCode.NOT_PERMITTED,
                "sys:x",
                client.say("{'id':1,'type':'publish','channel':'sys:x','data':1}"));
        assertError(2, ErrorCode.SUBSCRIPTION, "c", client.say("{'id':2,'type':'unsubscribe','channel':'c'}"));
        String large = "'" + "l".repeat(Stage.MESSAGE_SIZE) + "'";
        assertError(
                3,
                ErrorCode.TOO_LARGE,
                "c",
                client.say("{'id':3,'type':'publish','channel':'c','data':" + large + "}"));
    }

    @Test
    void sessionsSpeakForThemselves() {
        Client other = stage.client();
        client.subscribe(ROOM);
        other.subscribe(OTHER_ROOM);
        client.say("{'type':'publish','channel':'chat:cellar','data':1}");

        assertEquals(List.of("1"), other.hear());
        assertEquals(List.of(), client.hear());
    }

    private List<Object> subscribeAfter(String after) {
        List<Object> said = client.say("{'id':1,'type':'subscribe','channel':'chat:lobby','after':'" + after + "'}");
        client.unsubscribe(ROOM);
        return said;
    }

    private static List<Object> subscribed(Position head, @Nullable Boolean recovered, String... messages) {
        var said = new ArrayList<Object>(List.of(new Frame.Subscribed(1, ROOM, head, recovered, null)));
        said.addAll(List.of(messages));
        return said;
    }

    private Frame connected(long re) {
        return new Frame.Connected(re, client.session().id(), "alice", 15, "parley/test");
    }

    private Position head() {
        return stage.broker.after(ROOM, Start.LATEST, 0).head();
    }

    private static void assertPage(List<String> texts, boolean more, @Nullable Boolean recovered, List<Object> said) {
        var page = (Frame.History) said.getFirst();
        assertEquals(
                texts, page.messages().stream().map(m -> m.content().data()).toList());
        assertEquals(more, page.more());
        assertEquals(recovered, page.recovered());
        assertEquals(1, said.size());
    }

    private static void assertError(long re, ErrorCode code, List<Object> said) {
        assertError(re, code, ROOM.text(), said);
    }

    private static void assertError(long re, ErrorCode code, String channel, List<Object> said) {
        var error = (Frame.Error) said.getFirst();
        assertEquals(re, error.re());
        assertEquals(code, error.code());
        assertEquals(channel, String.valueOf(error.channel()));
        assertTrue(said.size() == 1 && !error.detail().isEmpty());
    }
}
