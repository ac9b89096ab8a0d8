package dev.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Member;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Presence.Members;
import dev.parley.core.Signal;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonCodecTest {
    private static final ChannelName LOBBY = new ChannelName("chat:lobby");
    private static final Position AT = new Position("k3v9x0ab", 17);
    private static final Message BARE = message(new Content("[1, 2.50]", "", ""));
    private static final Message FULL = message(new Content("{\"text\":\"hello\"}", "note", "Alice"));
    private static final String BARE_TEXT =
            "{'type':'message','channel':'chat:lobby','position':'k3v9x0ab-17','data':[1, 2.50],'time':1767225600000}";
    private static final String FULL_TEXT = "{'type':'message','channel':'chat:lobby','position':'k3v9x0ab-17',"
            + "'data':{'text':'hello'},'event':'note','from':'Alice','time':1767225600000}";

    @Test
    void messageIsWrittenAsDocumented() {
        assertJson(FULL_TEXT, FULL.as(JsonCodec.MESSAGE));
        assertJson(BARE_TEXT, BARE.as(JsonCodec.MESSAGE));
        assertJson(BARE_TEXT, BARE.as(JsonCodec.LINE).text());
    }

    @Test
    void connectedIsWrittenAsDocumented() {
        assertFrame(
                "{'type':'connected','session':'84ef','user':'Alice','heartbeat':15,'server':'parley 1'}",
                new Frame.Connected(0, "84ef", "Alice", 15, "parley 1"));
        assertFrame(
                "{'type':'connected','re':3,'session':'84ef','user':'a\\'b','heartbeat':15,'server':'parley 1'}",
                new Frame.Connected(3, "84ef", "a\"b", 15, "parley 1"));
    }

    @Test
    void repliesToSubscribingAreWrittenAsDocumented() {
        assertFrame(
                "{'type':'subscribed','re':1,'channel':'chat:lobby','position':'k3v9x0ab-17'}",
                new Frame.Subscribed(1, LOBBY, AT, null, null));
        assertFrame(
                "{'type':'subscribed','re':1,'channel':'chat:lobby','position':'k3v9x0ab-17','recovered':true}",
                new Frame.Subscribed(1, LOBBY, AT, true, null));
        assertFrame(
                "{'type':'subscribed','re':1,'channel':'chat:lobby','position':'k3v9x0ab-17','recovered':false}",
                new Frame.Subscribed(1, LOBBY, AT, false, null));
        assertFrame("{'type':'unsubscribed','re':2,'channel':'chat:lobby'}", new Frame.Unsubscribed(2, LOBBY));
    }

    @Test
    void replyToPublishingIsWrittenAsDocumented() {
        assertFrame(
                "{'type':'published','re':2,'channel':'chat:lobby','position':'k3v9x0ab-17','duplicate':false}",
                new Frame.Published(2, LOBBY, AT, false));
        assertJson("{'position':'k3v9x0ab-17','duplicate':true}", JsonCodec.published("k3v9x0ab-17", true));
    }

    @Test
    void historyIsWrittenAsDocumented() {
        assertFrame(
                "{'type':'history','re':4,'channel':'chat:lobby','messages':[],'more':false}",
                new Frame.History(4, LOBBY, List.of(), false, null));
        assertFrame(
                "{'type':'history','re':" + Long.MAX_VALUE + ",'channel':'chat:lobby','messages':[" + FULL_TEXT + ','
                        + BARE_TEXT + "],'more':true,'recovered':false}",
                new Frame.History(Long.MAX_VALUE, LOBBY, List.of(FULL, BARE), true, false));
    }

    @Test
    void pageOfAPollIsWrittenAsDocumented() {
        assertJson(
                "{'messages':[" + FULL_TEXT + "],'cursor':'k3v9x0ab-17','recovered':true}",
                JsonCodec.page(List.of(FULL), "k3v9x0ab-17", true));
        assertJson("{'messages':[],'cursor':'a-1,b-2','recovered':false}", JsonCodec.page(List.of(), "a-1,b-2", false));
    }

    @Test
    void errorIsWrittenAsDocumented() {
        assertFrame(
                "{'type':'error','re':5,'code':4006,'text':'already, or not, subscribed','retry':false,"
                        + "'detail':'not subscribed','channel':'chat:lobby'}",
                new Frame.Error(5, ErrorCode.SUBSCRIPTION, "not subscribed", LOBBY));
        assertFrame(
                "{'type':'error','code':4012,'text':'internal error','retry':true,'detail':''}",
                new Frame.Error(0, ErrorCode.INTERNAL, "", null));
    }

    @Test
    void pushesAreWrittenAsDocumented() {
        assertFrame(
                "{'type':'gap','channel':'chat:lobby','from':'k3v9x0ab-17','to':'k3v9x0ab-40'}",
                new Frame.Gap(LOBBY, AT, AT.at(40)));
        assertFrame("{'type':'ping'}", new Frame.Ping());
        assertFrame(
                "{'type':'closing','code':1012,'text':'this node goes away, come back','reconnect':1000}",
                new Frame.Closing(CloseCode.RESTART, 1000));
    }

    @Test
    void whoIsThereIsWrittenAsDocumented() {
        var alice = new Member("Alice", 2);
        assertFrame(
                "{'type':'subscribed','re':1,'channel':'chat:lobby','position':'k3v9x0ab-17',"
                        + "'members':[{'user':'Alice','sessions':2}],'count':41}",
                new Frame.Subscribed(1, LOBBY, AT, null, new Members(List.of(alice), 41, 50)));
        assertFrame(
                "{'type':'presence','re':2,'channel':'chat:lobby','members':[{'user':'Alice','sessions':2}],'count':1}",
                new Frame.Presence(2, LOBBY, List.of(alice), 1));
        assertFrame(
                "{'type':'presence','channel':'chat:lobby','count':10000}", new Frame.Presence(0, LOBBY, null, 10_000));
    }

    @Test
    void sharedFrameIsALineForEachPartAndIsEncodedOnce() {
        var shared = new Frame.Shared(List.of(
                new Frame.Joined(LOBBY, new Member("Alice", 1), 2), new Frame.Left(LOBBY, new Member("Bob", 0), 1)));
        String text = "{'type':'joined','channel':'chat:lobby','member':{'user':'Alice','sessions':1},'count':2}\n"
                + "{'type':'left','channel':'chat:lobby','member':{'user':'Bob','sessions':0},'count':1}";

        assertFrame(text, shared);
        assertJson(text, JsonCodec.line(shared).text());
        assertSame(JsonCodec.line(shared), JsonCodec.line(shared));
    }

    @Test
    void signalsAreWrittenAsDocumented() {
        assertFrame(
                "{'type':'signal','channel':'chat:lobby','data':true,'event':'typing','from':'Alice'}",
                new Frame.Signal(new Signal(LOBBY, new Content("true", "typing", "Alice"))));
        assertFrame("{'type':'signalled','re':3,'channel':'chat:lobby'}", new Frame.Signalled(3, LOBBY));
        assertFrame(
                "{'type':'error','re':3,'code':4010,'text':'too many requests','retry':true,'detail':'d','after':1000}",
                new Frame.Error(3, ErrorCode.TOO_MANY_REQUESTS, "d", null, 1000));
    }

    @Test
    void whatAnAdministratorEndsIsWrittenAsDocumented() {
        assertFrame(
                "{'type':'unsubscribed','channel':'chat:lobby','code':4003,'text':'not permitted'}",
                new Frame.Dismissed(LOBBY, ErrorCode.NOT_PERMITTED));
        assertFrame(
                "{'type':'closing','code':4502,'text':'kicked by an administrator','reconnect':false}",
                new Frame.Closing(CloseCode.KICKED, Frame.Closing.NEVER));
    }

    @Test
    void problemIsWrittenAsDocumented() {
        assertJson(
                "{'type':'urn:parley:error:4002','title':'bad channel name','status':400,'detail':'\\'no spaces\\'',"
                        + "'code':4002,'retry':false}",
                JsonCodec.problem(ErrorCode.BAD_CHANNEL, 400, "\"no spaces\""));
        assertJson(
                "{'type':'urn:parley:error:4001','title':'malformed command','status':415,'detail':'',"
                        + "'code':4001,'retry':false}",
                JsonCodec.problem(ErrorCode.MALFORMED, 415, ""));
    }

    @Provide
    Arbitrary<String> json() {
        return JsonTexts.any();
    }

    /** One line each, whatever is in them, as lines part what a frame holds. */
    @Property
    void messageIsOneLineOfJsonWhateverWasPublished(
            @ForAll("json") String data, @ForAll String event, @ForAll String from) {
        String text = message(new Content(JsonText.value(data), event, from)).as(JsonCodec.MESSAGE);

        assertEquals(text, JsonText.value(text));
        assertEquals(1, text.lines().count());
    }

    @Property
    void frameIsOneLineOfJsonWhateverIsSaid(@ForAll String detail, @ForAll String user) {
        for (Frame frame : List.of(
                new Frame.Error(1, ErrorCode.MALFORMED, detail, LOBBY),
                new Frame.Connected(1, "84ef", user, 15, "x"))) {
            String text = JsonCodec.text(frame);

            assertEquals(text, JsonText.value(text));
            assertEquals(1, text.lines().count());
        }
    }

    private static Message message(Content content) {
        return new Message(LOBBY, AT, content, 1767225600000L);
    }

    private static void assertFrame(String singleQuoted, Frame frame) {
        assertJson(singleQuoted, JsonCodec.text(frame));
    }

    private static void assertJson(String singleQuoted, String actual) {
        assertEquals(singleQuoted.replace("\\'", "\\\"").replace('\'', '"'), actual);
    }
}
