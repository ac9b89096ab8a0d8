package dev.parley.redis;

import static dev.parley.contract.BrokerSuite.publish;
import static dev.parley.contract.BrokerSuite.soon;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.fake.RecordingWatcher;
import dev.parley.fault.Ports;
import dev.parley.fault.RedisServer;
import dev.parley.proxy.Certificate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** {@code rediss://}, with a password. */
@Timeout(60)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RedisTlsTest {
    private static final ChannelName ROOM = new ChannelName("chat:lobby");
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    @TempDir
    private Path folder;

    private final int port = Ports.free();
    private Certificate certificate;
    private RedisServer redis;

    @BeforeEach
    void start() {
        certificate = Certificate.make(folder);
        redis = RedisServer.start(
                "--tls-port",
                String.valueOf(port),
                "--tls-cert-file",
                certificate.chain().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-ca-cert-file",
                certificate.chain().toString(),
                "--tls-auth-clients",
                "no");
        redis.say(
                "ACL",
                "SETUSER",
                "parley",
                "on",
                ">pass word/",
                "~parley:*",
                "&parley:*",
                "+@all",
                "-@dangerous",
                "+info");
    }

    @AfterEach
    void stop() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
        redis.close();
    }

    private RedisBroker node(String host) {
        return new RedisBroker(
                new RedisOptions(
                        Address.parse("rediss://parley:pass%20word%2F@" + host + ":" + port),
                        "parley",
                        Duration.ofSeconds(2),
                        100),
                "node",
                channel -> Namespace.DEFAULT,
                Thread::startVirtualThread,
                Clock.systemUTC());
    }

    private void trust() {
        System.setProperty(TRUST_STORE, certificate.store().toString());
        System.setProperty(TRUST_STORE + "Password", Certificate.PASSWORD);
    }

    @Test
    void nodeTalksToARedisThatItTrusts() {
        trust();
        try (RedisBroker node = node("localhost")) {
            soon(true, node::isAvailable);
            var watcher = new RecordingWatcher();
            node.watch(ROOM, watcher);
            List<Position> positions = publish(node, ROOM, 10);

            soon(positions, watcher::positions);
        }
    }

    @Test
    void certificateThatNobodyVouchesForIsRefused() {
        try (RedisBroker node = node("localhost")) {
            assertFalse(node.isInTouch());
        }
    }
}
