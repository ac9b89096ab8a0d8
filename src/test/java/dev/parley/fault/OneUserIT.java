package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one node is told about a user, or asked, reaches the node where the user's session is, for as long as there is one. */
@Timeout(120)
class OneUserIT {
    private static final String KEY = "key-of-the-administrators";
    private static final String ROOM = "chat:lobby";

    /** Of a connected session, as scaling.md has it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static ParleyProcess node(RedisServer redis, String name) {
        return ParleyProcess.start(
                "-Dparley.redis=" + redis.uri(), "-Dparley.node=" + name, "-Dparley.admin-key=" + KEY);
    }

    @Test
    void messageAndKickReachTheNodeWhereTheSessionIs() {
        try (var redis = RedisServer.start();
                var north = node(redis, "north");
                var south = node(redis, "south");
                var wire = new Wire(north.base());
                var elsewhere = new Wire(south.base());
                var alice = session(wire, "alice");
                var bob = session(wire, "bob")) {
            assertEquals("south", elsewhere.get("health/live").header("parley-node"));
            elsewhere.publish("user:alice", "for alice");
            elsewhere.publish("user:bob", "for bob");
            assertEquals("for alice", alice.next("message").value("data"));
            assertEquals("for bob", bob.next("message").value("data"));

            assertEquals(1, kick(elsewhere, "alice"));
            assertEquals(4502, alice.next("closing").number("code"));
            assertEquals(4502, alice.client().closed());
            elsewhere.publish("user:bob", "bob stays");
            assertEquals("bob stays", bob.next("message").value("data"));
        }
    }

    @Test
    void sessionsOfTheOtherNodeAreListedAndCounted() {
        try (var redis = RedisServer.start();
                var north = node(redis, "north");
                var south = node(redis, "south");
                var wire = new Wire(north.base());
                var elsewhere = new Wire(south.base());
                var alice = session(wire, "alice");
                var bob = session(elsewhere, "bob")) {
            alice.subscribe(ROOM);
            bob.subscribe(ROOM);

            for (Wire asked : List.of(elsewhere, wire)) {
                awaitCounted(2, 2, asked);
                Doc answer = ask(asked, "sessions");
                assertEquals(2, answer.number("count"));
                assertEquals(
                        Set.of("alice", "bob"),
                        answer.docs("sessions").stream()
                                .map(one -> one.text("user"))
                                .collect(Collectors.toSet()));
            }
        }
    }

    @Test
    void memberOfAKilledNodeLeavesOnceWhenTheLeaseEnds() {
        try (var redis = RedisServer.start();
                var north = node(redis, "north");
                var south = node(redis, "south");
                var wire = new Wire(north.base());
                var elsewhere = new Wire(south.base());
                var bob = session(elsewhere, "bob");
                var first = session(wire, "alice");
                var second = session(wire, "alice")) {
            bob.follow(ROOM);
            first.subscribe(ROOM);
            assertEquals("alice", bob.next("joined").doc("member").text("user"));
            second.subscribe(ROOM);
            awaitCounted(3, 2, elsewhere);

            north.kill();
            awaitCounted(1, 2, elsewhere);
            awaitCounted(1, 1, elsewhere);

            assertEquals("alice", bob.next("left").doc("member").text("user"));
            try (var again = session(elsewhere, "alice")) {
                again.subscribe(ROOM);
                assertEquals("alice", bob.next("joined").doc("member").text("user"));
            }
        }
    }

    private static void awaitCounted(long subscribers, long members, Wire asked) {
        Eventually.holds(() -> ask(asked, "channels/" + ROOM).toString(), LEASE.plusSeconds(15), () -> {
            Doc figures = ask(asked, "channels/" + ROOM);
            return figures.number("subscribers") == subscribers && figures.number("members") == members;
        });
    }

    /** One that reads the channel of its user. */
    private static Session session(Wire wire, String user) {
        var session = new Session(WsClient.open(wire, "ws?name=" + user));
        session.next("connected");
        session.subscribe("user:" + user);
        return session;
    }

    private static Doc ask(Wire wire, String path) {
        return wire.get(path, "Authorization", "Bearer " + KEY).expect(200).doc();
    }

    private static long kick(Wire wire, String user) {
        return wire.send(wire.request("users/" + user + "/sessions", "Authorization", "Bearer " + KEY)
                        .method("DELETE", BodyPublishers.noBody())
                        .build())
                .expect(200)
                .doc()
                .number("sessions");
    }
}
