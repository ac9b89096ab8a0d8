package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one node is told about a user reaches the node where the user's session is. */
@Timeout(120)
class OneUserIT {
    private static final String KEY = "key-of-the-administrators";

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

    /** One that reads the channel of its user. */
    private static Session session(Wire wire, String user) {
        var session = new Session(WsClient.open(wire, "ws?name=" + user));
        session.next("connected");
        session.subscribe("user:" + user);
        return session;
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
