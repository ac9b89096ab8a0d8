package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chat and events through a proxy with the files of {@code config/}. Only the times are shortened: heartbeat and read timeout. With
 * TLS, requests and streams go over HTTP/2.
 */
@TestInstance(PER_CLASS)
abstract class ThroughProxy {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
    private static final String HEARTBEAT = "-Dparley.heartbeat=1s";
    private static final long UNBUFFERED_MS = 200;
    private static final String LARGE = "0123456789".repeat(10_240);

    private final Front front;
    private String channel = "";
    private ParleyProcess parley;
    private Front.Running running;
    private Wire wire;

    ThroughProxy(Front front) {
        this.front = front;
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        parley = ParleyProcess.start(HEARTBEAT, "-Dparley.echo=true");
        running = front.start(folder, READ_TIMEOUT, parley.port());
        wire = running.wire();
    }

    @BeforeEach
    void takeAChannelOfItsOwn() {
        channel = "chat:" + UUID.randomUUID();
    }

    @AfterAll
    void stop() {
        if (running != null) {
            running.close();
        }
        parley.close();
    }

    /** So all that these tests ask and stream has come that way. */
    @Test
    void clientsComeOverHttp2WhereThereIsTls() {
        var expected = front.isEncrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
        assertEquals(expected, wire.version("health/live"));
    }

    @Test
    void webSocketKeepsItsSubprotocolAndCarriesMessages() {
        try (var session = session()) {
            session.subscribe(channel);
            String position = session.publish(channel, "hello");
            Doc message = session.next("message");
            assertEquals(position, message.text("position"));
            assertEquals("hello", message.text("data"));
        }
    }

    @Test
    void visitorsOfARoomHearEachOther() {
        String room = channel.substring("chat:".length());
        try (var ada = new Session(WsClient.open(wire, "chat/" + room + "?name=Ada"));
                var ben = new Session(WsClient.open(wire, "chat/" + room + "?name=Ben&after=earliest"))) {
            ada.raw("good morning");
            for (Session visitor : List.of(ada, ben)) {
                Doc message = visitor.next();
                assertEquals("good morning", message.text("data"));
                assertEquals("Ada", message.text("from"));
            }
        }
    }

    /** The median of nine, so that one pause of a busy machine does not count; what holds events back holds back all of them. */
    @Test
    void eventsAreNotHeldBack() {
        try (var stream = events("Accept-Encoding", "gzip")) {
            stream.next(); // the first block comes before anything was published
            long[] tookMs = IntStream.range(0, 9)
                    .mapToLong(i -> {
                        long published = System.nanoTime();
                        wire.publish(channel, i);
                        return (stream.event().arrived() - published) / 1_000_000;
                    })
                    .sorted()
                    .toArray();
            assertTrue(
                    tookMs[4] <= UNBUFFERED_MS,
                    () -> LongStream.of(tookMs).boxed().toList() + " ms");
        }
    }

    /** Shows that the shortened timeout of these tests is in force, so that outliving it means something. */
    @Test
    void proxyGivesUpOnAnAnswerThatTakesTooLong() {
        int status = wire.get(poll("latest", 30)).status();
        assertTrue(status == 504 || status == 503, () -> "answered with " + status); // nginx's page says: come back
    }

    @Test
    void quietConnectionsOutliveTheReadTimeoutByTheirHeartbeats() {
        String room = channel.substring("chat:".length());
        try (var session = session();
                var chat = new Session(WsClient.open(wire, "chat/" + room));
                var stream = events()) {
            session.subscribe(channel);
            long end = System.nanoTime() + 3 * READ_TIMEOUT.toNanos();
            while (System.nanoTime() - end < 0) {
                assertEquals("ping", Doc.read(session.client().text()).type());
                assertTrue(stream.next().hasComment());
            }
            wire.publish(channel, "still there");
            assertEquals("still there", session.next("message").text("data"));
            assertEquals("still there", chat.next().text("data"));
            assertEquals("still there", stream.event().json());
        }
    }

    @Test
    void longPollWakesWhenAMessageComes() {
        String cursor = wire.get(poll("latest", 0)).expect(200).doc().text("cursor");
        var waiting = wire.getLater(poll(cursor, 30));
        String position = wire.publish(channel, "wake up");
        Doc answer = Wire.within(waiting, "long-poll").expect(200).doc();
        assertEquals(position, answer.text("cursor"));
        assertEquals("wake up", answer.docs("messages").getFirst().text("data"));
    }

    @Test
    void largeMessagesPassBothWays() {
        try (var session = session();
                var stream = events();
                var echo = WsClient.open(wire, "echo")) {
            session.subscribe(channel);
            stream.next();
            session.publish(channel, LARGE);
            assertEquals(LARGE, session.next("message").text("data"));
            assertEquals(LARGE, stream.event().json());
            wire.publish(channel, LARGE);
            assertEquals(LARGE, session.next("message").text("data"));
            assertEquals(LARGE, stream.event().json());
            echo.send(LARGE);
            assertEquals(LARGE, echo.text());
        }
    }

    /** A proxy must not read on for a client that does not: that would hide the slow reader from Parley, and fill the disk. */
    @Test
    void stalledReaderFillsNoBufferOfTheProxy() {
        try (var stalled = new RawSocket(wire, 4096);
                var reader = events()) {
            stalled.request("GET", "events/" + Wire.encoded(channel) + "?after=earliest", "\r\n");
            for (int i = 0; i < 100; i++) {
                wire.publish(channel, LARGE);
                assertEquals(LARGE, reader.event().json());
            }
            String log = running.proxy().errorLog();
            assertFalse(log.contains("buffered to a temporary file"), log);
        }
    }

    @Test
    void streamGoesOnAfterItsLastEventId() {
        String lastId;
        try (var stream = events()) {
            stream.next();
            IntStream.range(0, 5).forEach(i -> wire.publish(channel, i));
            lastId = stream.events(3).getLast().id();
        }
        wire.publish(channel, 5);
        try (var stream = events("Last-Event-ID", lastId)) {
            assertEquals(
                    List.of(3L, 4L, 5L),
                    stream.events(3).stream().map(Block::json).toList());
        }
    }

    @Test
    void originIsComparedWithTheAddressThatTheBrowserUsed() {
        try (var own = new RawSocket(wire, 0);
                var foreign = new RawSocket(wire, 0)) {
            String origin = "http://" + wire.base().getAuthority();
            assertEquals(101, own.handshake("ws", "Origin: " + origin).status());
            Answer refused = foreign.handshake("ws", "Origin: http://127.0.0.1:" + parley.port());
            refused.problem(Code.NOT_PERMITTED);
        }
    }

    @Test
    void requestWithoutAnUpgradeIsToldWhatIsMissing() {
        wire.get("ws").problem(Code.MALFORMED, 426);
    }

    private Session session() {
        var session = new Session(WsClient.open(wire, "ws", "parley.v1"));
        assertEquals("parley.v1", session.client().subprotocol());
        session.next("connected");
        return session;
    }

    private SseClient events(String... headers) {
        var stream = SseClient.open(wire, "events/" + Wire.encoded(channel), headers);
        assertTrue(stream.header("Content-Type").startsWith("text/event-stream"));
        return stream;
    }

    private String poll(String after, int wait) {
        return "poll?channel=" + Wire.encoded(channel) + "&after=" + Wire.encoded(after) + "&wait=" + wait;
    }
}
