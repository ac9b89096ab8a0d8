package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that should get no new clients because of its log says whether it is Redis or the disk, and is ready again by itself. What it
 * says when it drains or is overloaded see {@link DrainIT} and {@link OverloadIT}.
 */
class ReadinessIT {
    private static final String CHANNEL = "chat:lobby";
    private static final int LONG = 100_000;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void redisThatIsAwayAndRedisThatRefusesAreToldApart() {
        try (var redis = RedisServer.start();
                var parley = ParleyProcess.start("-Dparley.redis=" + redis.uri(), "-Dparley.redis.timeout=500ms");
                var wire = new Wire(parley.base())) {
            redis.say("CONFIG", "SET", "maxmemory", "1");
            awaitReason(wire, "redis: it refuses to be written");
            publish(wire).problem(Code.LOG_UNAVAILABLE);
            redis.say("CONFIG", "SET", "maxmemory", "0");
            awaitReady(wire);

            redis.kill();
            awaitReason(wire, "redis: it does not answer");
            publish(wire).problem(Code.LOG_UNAVAILABLE);
            assertEquals(200, wire.get("health/live").status());
            assertComesBack(wire);
            redis.restart();
            awaitReady(wire);
            publish(wire).expect(201);
        }
    }

    @Test
    void fullDiskIsNamed(@TempDir Path folder) {
        try (var disk = new SmallDisk(folder);
                var parley = ParleyProcess.start("-Dparley.data=" + disk.data());
                var wire = new Wire(parley.base())) {
            Answer last = publish(wire);
            while (last.status() == 201) {
                last = publish(wire);
            }
            last.problem(Code.LOG_UNAVAILABLE);
            awaitReason(wire, "disk: the journal cannot be written");
            assertEquals(200, wire.get("health/live").status());

            disk.makeRoom();
            awaitReady(wire);
            publish(wire).expect(201);
        }
    }

    /** A bare client is told why, and by a code that lets it come back. */
    private static void assertComesBack(Wire wire) {
        try (var chat = new Session(WsClient.open(wire, "chat/lobby"))) {
            assertEquals(Code.LOG_UNAVAILABLE.number(), chat.next("error").number("code"));
            assertEquals(1013, chat.client().closed());
        }
    }

    private static void awaitReason(Wire wire, String reason) {
        Eventually.holds(() -> reason + ", but " + wire.get("health/ready"), DEADLINE, () -> {
            Answer answer = wire.get("health/ready");
            assertTrue(answer.status() == 200 || answer.status() == 503, answer::toString);
            return answer.status() == 503 && answer.doc().text("reason").equals(reason);
        });
    }

    private static void awaitReady(Wire wire) {
        Eventually.holds(
                () -> "ready, but " + wire.get("health/ready"),
                DEADLINE,
                () -> wire.get("health/ready").status() == 200);
    }

    private static Answer publish(Wire wire) {
        return wire.post(Wire.messages(CHANNEL), "text/plain", "x".repeat(LONG));
    }
}
