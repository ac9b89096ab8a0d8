package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, the node's name, and methods that a resource has not. */
class HealthIT extends WireSuite {
    HealthIT(Wire wire) {
        super(wire);
    }

    @ParameterizedTest
    @ValueSource(strings = {"health/live", "health/ready"})
    void aServerThatWorksIsUp(String path) {
        Answer answer = wire.get(path).expect(200);

        assertTrue(answer.header("content-type").startsWith("application/json"), answer::toString);
        assertEquals("up", answer.doc().text("status"));
    }

    @Test
    void metricsAreToldInTheTextFormOfPrometheus() {
        Answer metrics = wire.get("metrics").expect(200);

        assertTrue(metrics.header("content-type").contains("version=0.0.4"), metrics::toString);
        assertTrue(metrics.body().contains("\nparley_ready 1"), metrics::toString);
        assertTrue(metrics.body().contains("\njvm_memory_used_bytes{"), metrics::toString);
    }

    @Test
    void everyAnswerNamesTheSameNode() {
        String node = wire.get("health/live").header("parley-node");

        assertFalse(node.isEmpty());
        assertEquals(node, wire.get("poll").header("parley-node"));
        assertEquals(node, wire.get("ws").header("parley-node"));
        assertEquals(node, wire.get(Wire.messages(channel())).header("parley-node"));
        assertEquals(node, raw().handshake("ws").header("parley-node"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll?channel=a", "events/a", "events?channel=a", "channels/a/messages", "health/live"})
    void aMethodThatIsNotThereIsRefused(String path) {
        Answer answer = wire.send(
                wire.request(path).method("PUT", BodyPublishers.ofString("1")).build());

        answer.expect(405);
        assertTrue(answer.header("content-type").startsWith("application/problem+json"), answer::toString);
    }
}
