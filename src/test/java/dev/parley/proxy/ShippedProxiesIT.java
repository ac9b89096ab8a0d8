package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.Eventually;
import dev.parley.fault.ParleyProcess;
import dev.parley.fault.Ports;
import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.SseClient;
import dev.parley.wire.client.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code config/nginx} and {@code config/haproxy} with everything that they say: examples, limits, logs. */
class ShippedProxiesIT {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final int BURST = 200;
    private static final int OPEN = 1000;
    private static final int LIMIT = 4009;
    private static final int TOO_MANY_REQUESTS = 4010;
    private static final String CHANNEL = "chat:lobby";
    private static final String SECRET = "not-for-any-log";

    /** How each is started with nothing changed but addresses. */
    enum Shipping {
        NGINX,
        HAPROXY;

        Proxy start(Path folder, int node) {
            return switch (this) {
                case NGINX -> Nginx.asShipped(folder, node);
                case HAPROXY -> Haproxy.asShipped(folder, node);
            };
        }
    }

    private static ParleyProcess parley;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        parley = ParleyProcess.start();
    }

    @AfterAll
    static void stop() {
        parley.close();
    }

    @Test
    void completeExamplesOfNginxAreValid() {
        assertTrue(Nginx.check(folder.resolve("plain"), "nginx.conf", null).contains("test is successful"));
        Certificate certificate = Certificate.make(folder);
        assertTrue(Nginx.check(folder.resolve("tls"), "nginx-tls.conf", certificate)
                .contains("test is successful"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"parley/upstream-nodes.conf", "parley/upstream-ip-hash.conf", "parley/upstream-cookie.conf"})
    void everyUpstreamOfNginxIsValid(String upstream) {
        assertTrue(Nginx.check(folder, upstream).contains("test is successful"));
    }

    @Test
    void morePortsOfNginxAreValid() {
        assertTrue(Nginx.check(folder, "parley/upstream.conf; include parley/more-ports.conf")
                .contains("test is successful"));
    }

    @Test
    void completeExamplesOfHaproxyAreValid() {
        String said = Haproxy.check(folder, Certificate.make(folder));
        assertEquals(2, said.split("Configuration file is valid", -1).length - 1, said);
        assertFalse(said.contains("[WARNING]"), said);
    }

    @ParameterizedTest
    @EnumSource
    void tooManyPublishesAreRefusedAsParleyWouldRefuseThem(Shipping shipping) {
        try (Proxy proxy = shipping.start(folder, parley.port());
                var wire = new Wire(proxy.base())) {
            List<Answer> answers = publish(wire, BURST + 2); // nginx counts those beyond the first
            assertTrue(answers.stream().limit(BURST).allMatch(answer -> answer.status() == 201), answers::toString);
            Answer refused = answers.getLast();
            assertEquals(429, refused.status());
            assertEquals("application/problem+json", refused.header("content-type"));
            assertEquals("1", refused.header("retry-after"));
            assertEquals(TOO_MANY_REQUESTS, refused.doc().number("code"));
            assertTrue(refused.doc().flag("retry"));
            wire.get("health/live").expect(200); // reading is free
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneOpenConnectionTooManyIsRefusedAsParleyWouldRefuseIt(Shipping shipping) {
        var open = new ArrayList<RawSocket>();
        try (Proxy proxy = shipping.start(folder, parley.port());
                var wire = new Wire(proxy.base())) {
            for (int i = 0; i < OPEN; i++) {
                var socket = new RawSocket(wire, 0);
                open.add(socket);
                assertEquals(101, socket.handshake("ws").status());
            }
            for (String path : List.of("events/" + CHANNEL, "events?channel=" + CHANNEL, "health/live")) {
                Answer refused = wire.get(path);
                assertEquals(429, refused.status(), path);
                assertEquals("application/problem+json", refused.header("content-type"), path);
                assertEquals(LIMIT, refused.doc().number("code"));
                assertFalse(refused.doc().flag("retry"));
            }
            open.removeLast().close();
            Eventually.holds(
                    () -> "a place is free",
                    Wire.DEADLINE,
                    () -> wire.get("health/live").status() == 200);
        } finally {
            open.forEach(RawSocket::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokensAreInNoAccessLog(Shipping shipping) {
        try (Proxy proxy = shipping.start(folder, parley.port());
                var wire = new Wire(proxy.base())) {
            wire.get(Wire.messages(CHANNEL) + "?limit=1&access_token=" + SECRET).expect(200);
            wire.get(Wire.messages(CHANNEL) + "?access%5Ftoken=" + SECRET).expect(200);
            wire.get("poll?after=latest&channel=" + Wire.encoded(CHANNEL) + "&wait=0&access_token=" + SECRET)
                    .expect(200);
            try (var stream = SseClient.open(wire, "events/" + CHANNEL + "?access_token=" + SECRET)) {
                stream.next();
            }
            wire.get("health/live?the-last").expect(200);
            String log = logged(proxy, "/health/live");
            assertTrue(log.contains("/channels/"), log);
            assertTrue(log.contains("channel=chat%3Alobby") || log.contains("channel=" + CHANNEL), log);
            assertFalse(log.contains(SECRET), log);
        }
    }

    /** An {@code EventSource} gives up at any answer but 200. */
    @ParameterizedTest
    @EnumSource
    void streamsAreToldToComeBackWhileNoNodeIsThere(Shipping shipping) {
        try (Proxy proxy = shipping.start(folder, Ports.free());
                var wire = new Wire(proxy.base())) {
            long end = System.nanoTime() + Wire.DEADLINE.toNanos();
            Answer answer = wire.get("events/" + CHANNEL);
            while (answer.status() == 503 && System.nanoTime() - end < 0) { // until the first health check has failed
                answer = wire.get("events/" + CHANNEL);
            }
            assertEquals(200, answer.status());
            assertEquals("text/event-stream", answer.header("content-type"));
            assertEquals("retry: 3000\n\n", answer.body());
            assertEquals(503, wire.get("poll?channel=" + CHANNEL).status());
        }
    }

    /** It knows more of the matter than a proxy: the stream that is one too many for the node is not one too many for its address. */
    @ParameterizedTest
    @EnumSource
    void parleysOwnRefusalOfAStreamIsPassedOn(Shipping shipping) {
        try (var full = ParleyProcess.start("-Dparley.connections=1");
                Proxy proxy = shipping.start(folder, full.port());
                var wire = new Wire(proxy.base());
                var only = new RawSocket(wire, 0)) {
            assertEquals(101, only.handshake("ws").status());
            Doc problem = wire.get("events/" + CHANNEL).problem(Code.LIMIT);
            assertEquals("too many connections", problem.text("detail"));
        }
    }

    /** So that a proxy with other nodes can ask one of them; after an upgrade it could not. */
    @ParameterizedTest
    @EnumSource
    void nodeThatDrainsRefusesBeforeTheUpgrade(Shipping shipping) {
        try (var draining = ParleyProcess.start("-Dparley.admin-key=" + SECRET);
                var node = new Wire(draining.base());
                Proxy proxy = shipping.start(folder, draining.port());
                var wire = new Wire(proxy.base());
                var before = new RawSocket(wire, 0);
                var after = new RawSocket(wire, 0)) {
            assertEquals(101, before.handshake("ws").status());
            Answer drain = node.post("drain?over=60", "text/plain", "", "Authorization", "Bearer " + SECRET);
            assertTrue(drain.status() < 300, drain::toString);
            assertEquals(503, after.handshake("ws").status());
            Answer stream = wire.get("events/" + CHANNEL);
            assertEquals(200, stream.status());
            assertEquals("retry: 3000\n\n", stream.body());
        }
    }

    private static String logged(Proxy proxy, String last) {
        long end = System.nanoTime() + Wire.DEADLINE.toNanos();
        String log = proxy.accessLog();
        while (!log.contains(last) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            log = proxy.accessLog();
        }
        return log;
    }

    /** One behind the other on one connection, without waiting for answers. */
    private static List<Answer> publish(Wire wire, int count) {
        try (var socket = new RawSocket(wire, 0)) {
            for (int i = 0; i < count; i++) {
                socket.request(
                        "POST", Wire.messages(CHANNEL), "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
            }
            return IntStream.range(0, count).mapToObj(i -> socket.answer()).toList();
        }
    }
}
