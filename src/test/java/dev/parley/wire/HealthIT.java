package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, the node's name, and methods that a resource has not. */
class HealthIT extends WireSuite {
    private static final int ENOUGH = 100; // requests to meet each of the nodes

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
    void everyAnswerNamesItsNode() {
        Set<String> nodes = new TreeSet<>();
        nodes.add(wire.get("health/live").header("parley-node"));
        nodes.add(wire.get("poll").header("parley-node"));
        nodes.add(wire.get("ws").header("parley-node"));
        nodes.add(wire.get(Wire.messages(channel())).header("parley-node"));
        nodes.add(raw().handshake("ws").header("parley-node"));
        for (int i = 0; nodes.size() < Configured.NODES && i < ENOUGH; i++) {
            nodes.add(wire.get("health/live").header("parley-node"));
        }

        assertFalse(nodes.contains(""));
        assertEquals(Configured.NODES, nodes.size(), nodes::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll?channel=a", "events/a", "events?channel=a", "channels/a/messages", "health/live"})
    void aMethodThatIsNotThereIsRefused(String path) {
        Answer answer = wire.send(
                wire.request(path).method("PUT", BodyPublishers.ofString("1")).build());

        answer.expect(405);
        assertTrue(answer.header("content-type").startsWith("application/problem+json"), answer::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index.html", "openapi.yaml", "js/nothing.js"})
    void filesAreThereToBeRead(String path) {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
            Answer answer = wire.send(
                    wire.request(path).method(method, BodyPublishers.noBody()).build());

            answer.problem(Code.MALFORMED, 405);
            assertEquals("GET, HEAD", answer.header("allow"));
        }
    }
}
