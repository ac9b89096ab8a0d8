package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Block;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parley behind a proxy that nobody has told anything of it: nginx with one {@code proxy_pass}, HAProxy with one {@code server}. */
class BareProxiesIT {
    private static final Duration SOON = Duration.ofSeconds(1);

    private static ParleyProcess parley;

    private final String channel = "chat:" + UUID.randomUUID();

    @TempDir
    Path folder;

    @BeforeAll
    static void startParley() {
        parley = ParleyProcess.start("-Dparley.heartbeat=1s");
    }

    @AfterAll
    static void stopParley() {
        parley.close();
    }

    @Nested
    class BareNginx {
        private Proxy nginx;
        private Wire wire;

        @BeforeEach
        void start() {
            nginx = Nginx.bare(folder, parley.port());
            wire = new Wire(nginx.base());
        }

        @AfterEach
        void stop() {
            wire.close();
            nginx.close();
        }

        /** Because Parley asks for it with {@code X-Accel-Buffering: no}. */
        @Test
        void eventsStream() {
            assertEventsStream(wire);
        }

        @Test
        void longPollWakes() {
            assertLongPollWakes(wire);
        }

        /** nginx leaves the wish to upgrade out, and speaks HTTP/1.0. */
        @Test
        void refusedUpgradeSaysWhatTheProxyMustBeTold() {
            try (var socket = new RawSocket(wire, 0)) {
                Doc problem = socket.handshake("ws").problem(Code.MALFORMED, 426);
                assertTrue(problem.text("detail").contains("proxy"), problem::toString);
            }
        }

        /** The page then takes an event stream: it is enough that its pages are not taken for foreign ones. */
        @Test
        void eventsAreReadByThePageOfTheSameServer() {
            String own = "http://" + nginx.base().getAuthority();
            try (var stream = SseClient.open(wire, "events/" + Wire.encoded(channel), "Origin", own)) {
                assertTrue(stream.next().hasComment());
            }
        }
    }

    @Nested
    class BareHaproxy {
        private Proxy haproxy;
        private Wire wire;

        @BeforeEach
        void start() {
            haproxy = Haproxy.bare(folder, parley.port());
            wire = new Wire(haproxy.base());
        }

        @AfterEach
        void stop() {
            wire.close();
            haproxy.close();
        }

        /** Each a fifth of a second late, as long as {@code option http-no-delay} is missing. */
        @Test
        void eventsStream() {
            assertEventsStream(wire);
        }

        @Test
        void longPollWakes() {
            assertLongPollWakes(wire);
        }

        @Test
        void webSocketsPass() {
            try (var session = new Session(WsClient.open(wire, "ws"))) {
                session.next("connected");
                session.subscribe(channel);
                session.publish(channel, "hello");
                assertEquals("hello", session.next("message").text("data"));
            }
        }
    }

    private void assertEventsStream(Wire wire) {
        try (var stream = SseClient.open(wire, "events/" + Wire.encoded(channel))) {
            assertTrue(stream.next().hasComment());
            for (long i = 0; i < 3; i++) {
                long published = System.nanoTime();
                wire.publish(channel, i);
                Block event = stream.event();
                assertEquals(i, event.json());
                assertTrue(event.arrived() - published < SOON.toNanos(), "held back");
            }
            assertTrue(stream.next().hasComment(), "a sign of life");
        }
    }

    private void assertLongPollWakes(Wire wire) {
        String address = "poll?channel=" + Wire.encoded(channel);
        String cursor = wire.get(address).expect(200).doc().text("cursor");
        var waiting = wire.getLater(address + "&wait=30&after=" + Wire.encoded(cursor));
        String position = wire.publish(channel, "wake up");
        assertEquals(
                position, Wire.within(waiting, "long-poll").expect(200).doc().text("cursor"));
    }
}
