package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Contract;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code openapi.yaml} and the server say the same: every resource is in it, and every answer is as it says. */
class OpenApiIT extends WireSuite {
    private static final String MESSAGES = "/channels/{channel}/messages";
    private static final String JSON = "application/json";
    private static final String[] KEY = {"Authorization", "Bearer " + Configured.ADMIN_KEY};

    private final String channel = channel();
    private final Contract contract = Contract.of(wire);
    private final Set<String> resources = resources();
    private final Set<String> asked = new TreeSet<>();

    OpenApiIT(Wire wire) {
        super(wire);
    }

    @Test
    void everyResourceIsDescribed() {
        List<String> missing =
                resources.stream().filter(one -> !isDescribed(one)).toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void everyAnswerIsAsDescribed() {
        publishing();
        reading();
        administering();
        documents();

        assertEquals(Set.of(), rest(resources, asked), "resources that this test does not ask");
    }

    /** {@code over} has its own, as nobody else could use a server that drains. */
    @Test
    void longestWaitIsAsDescribed() {
        long longest = contract.greatest("/poll", "get", "wait");
        wire.publish(channel, 1);
        String poll = "poll?after=earliest&channel=" + channel + "&wait=";

        assertEquals(55, longest);
        wire.get(poll + longest).expect(200);
        wire.get(poll + (longest + 1)).expect(400);
    }

    private void publishing() {
        String at = "channels/" + channel + "/messages";
        check(MESSAGES, "post", wire.post(at, JSON, "1", "Idempotency-Key", "once"));
        check(MESSAGES, "post", wire.post(at, JSON, "1", "Idempotency-Key", "once"));
        check(MESSAGES, "post", wire.post(at, "text/plain", "a"));
        check(MESSAGES, "post", wire.post(at, "application/octet-stream", "a"));
        check(MESSAGES, "post", wire.post(at, "image/png", "a"));
        check(MESSAGES, "post", wire.post(at, JSON, "x".repeat(Configured.MESSAGE_SIZE + 1)));
        check(MESSAGES, "post", wire.post("channels/sys:x/messages", JSON, "1"));
        check("/channels/{channel}/signals", "post", wire.post("channels/" + channel + "/signals", JSON, "1"));
        check("/batch", "post", wire.post("batch", JSON, "[{\"channel\":\"" + channel + "\",\"data\":1},{}]"));
        check("/batch", "post", wire.post("batch", JSON, "{"));
    }

    private void reading() {
        String at = "channels/" + channel + "/messages";
        check(MESSAGES, "get", wire.get(at));
        check(MESSAGES, "get", wire.get(at + "?limit=0"));
        check(MESSAGES + "/{position}", "get", wire.get(at + "/latest"));
        check(MESSAGES + "/{position}", "get", wire.get(at + "/none-1"));
        check("/channels/{channel}/presence", "get", wire.get("channels/" + channel + "/presence"));
        check("/poll", "get", wire.get("poll?channel=" + channel));
        check("/poll", "get", wire.get("poll?after=earliest&channel=" + channel));
        check("/poll", "get", wire.get("poll?channel=a&channel=a"));
        check("/poll", "get", wire.get("poll"));
        check("/events/{channel}", "get", wire.get("events/no%20name"));
        check("/events", "get", wire.get("events"));
        check("/events/{channel}", "head", head("events/lobby"));
        check("/events", "head", head("events?channel=lobby"));
        check("/ws", "get", wire.get("ws"));
        check("/chat/{room}", "get", wire.get("chat/lobby"));
    }

    private void administering() {
        Session reader = session("?name=Ann");
        String id = reader.ask("connect").text("session");
        reader.subscribe(channel);
        check("/channels", "get", wire.get("channels"));
        check("/channels", "get", wire.get("channels", KEY));
        check("/channels/{channel}", "get", wire.get("channels/" + channel, KEY));
        check("/channels/{channel}", "get", wire.get("channels/" + channel(), KEY));
        check("/channels/{channel}/members/{user}", "delete", delete("channels/" + channel + "/members/Ann"));
        check("/channels/{channel}/members/{user}", "delete", delete("channels/" + channel + "/members/Ann"));
        check(MESSAGES, "delete", delete("channels/" + channel + "/messages"));
        check("/sessions", "get", wire.get("sessions", KEY));
        check("/sessions/{session}", "delete", delete("sessions/" + id));
        check("/sessions/{session}", "delete", delete("sessions/" + id));
        check("/users/{user}/sessions", "delete", delete("users/" + id + "/sessions"));
        check("/drain", "post", wire.post("drain", "text/plain", ""));
        check("/metrics", "get", wire.get("metrics", KEY));
        check("/health/live", "get", wire.get("health/live"));
        check("/health/ready", "get", wire.get("health/ready"));
    }

    private void documents() {
        for (String name : List.of("openapi.yaml", "asyncapi.yaml", "schemas.json")) {
            contract.check("/" + name, "get", wire.get(name));
        }
    }

    private Answer head(String path) {
        return wire.send(
                wire.request(path).method("HEAD", BodyPublishers.noBody()).build());
    }

    private Answer delete(String path) {
        return wire.send(wire.request(path, KEY).DELETE().build());
    }

    /** What a resource of this server or a WebSocket answers. */
    private void check(String path, String method, Answer answer) {
        String operation = method + ' ' + path;
        if (resources.contains(operation) || path.equals("/ws") || path.startsWith("/chat/")) {
            asked.add(operation);
            contract.check(path, method, answer);
        }
    }

    private boolean isDescribed(String operation) {
        String[] parts = operation.split(" ", 2);
        return contract.openapi().path("paths").path(parts[1]).has(parts[0]);
    }

    private static Set<String> rest(Set<String> all, Set<String> without) {
        var rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    /** Every JAX-RS method of Parley, as "get /poll". */
    private static Set<String> resources() {
        Set<String> found = new ClassFileImporter()
                .importPackages("dev.parley.http", "dev.parley.sse").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(type -> type.reflect())
                        .flatMap(OpenApiIT::operations)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(found.contains("get /poll"), () -> "found " + found);
        return found;
    }

    private static Stream<String> operations(Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> Arrays.stream(method.getAnnotations())
                        .flatMap(annotation ->
                                Arrays.stream(annotation.annotationType().getAnnotationsByType(HttpMethod.class)))
                        .map(verb -> verb.value().toLowerCase(Locale.ROOT) + ' ' + path(base, method)));
    }

    private static String path(String base, Method method) {
        var parts = new ArrayList<>(List.of(base));
        Path own = method.getAnnotation(Path.class);
        if (own != null) {
            parts.add(own.value());
        }
        return parts.stream()
                .filter(part -> !part.isEmpty())
                .map(part -> "/" + part)
                .collect(Collectors.joining());
    }
}
