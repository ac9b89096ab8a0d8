package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.auth.PublicAccess;
import dev.parley.core.ChannelName;
import dev.parley.core.Content;
import dev.parley.core.Hub;
import dev.parley.core.Namespace.SlowReader;
import dev.parley.core.User;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedPresence;
import dev.parley.fake.Attendances;
import dev.parley.fake.Crowd;
import dev.parley.fake.RecordingTransport;
import dev.parley.fake.SettableClock;
import dev.parley.fake.Signallings;
import dev.parley.fake.Visits;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.CommandReader;
import dev.parley.session.ClientSession.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Real threads, at random: sessions that end in any way and at any moment leave nothing behind. */
class ComingAndGoingTest {
    private static final int ROUNDS = 300;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void sessionThatEndsWhileItSubscribesLeavesNoSubscription() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = new Random().nextLong();
            try {
                play(seed);
            } catch (Exception | AssertionError failed) {
                throw new AssertionError("with seed " + seed, failed);
            }
        }
    }

    private static void play(long seed) throws Exception {
        var random = new Random(seed);
        var rules = Stage.keeping(1 + random.nextInt(50), random.nextBoolean() ? SlowReader.CLOSE : SlowReader.GAP);
        var hub = new Hub(new EmbeddedBroker(name -> rules, 10, InstantSource.system()), name -> rules, Visits.AT_ONCE);
        var presence = new EmbeddedPresence(new SettableClock());
        var attendance = Attendances.over(presence);
        var sessions = new Sessions(
                Thread::startVirtualThread,
                new Crew(Thread::startVirtualThread),
                attendance,
                10,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        var transport = new RecordingTransport();
        ClientSession session =
                sessions.open(User.ANONYMOUS, Kind.WEBSOCKET, transport).orElseThrow();
        var conversation = new Conversation(
                session,
                new Gate(hub, attendance, Signallings.over(hub), new PublicAccess(), 1000),
                new CommandReader(64),
                new Conversation.Terms(3, 15, "parley/test"));
        int pause = random.nextInt(20_000);
        int way = random.nextInt(4);
        long commands = random.nextLong();
        Crowd.<Object>together(4, i -> () -> switch (i) {
            case 0 -> talk(conversation, new Random(commands));
            case 1 -> publish(hub);
            case 2 -> tick(sessions);
            default -> end(session, transport, pause, way);
        });

        await(() -> sessions.count(Kind.WEBSOCKET) == 0);
        await(() -> hub.watchedChannels() == 0);
        assertTrue(session.subscriptionCount() == 0 && !session.isOpen());
        for (int places = 0; places < 10; places++) {
            await(sessions::enter);
        }
    }

    private static int talk(Conversation conversation, Random random) {
        for (int i = 0; i < 50; i++) {
            String channel = "\"channel\":\"" + (random.nextBoolean() ? ROOM : "c" + random.nextInt(5)) + "\"";
            String type = random.nextInt(3) > 0 ? "subscribe" : "unsubscribe";
            String after = random.nextBoolean() ? "earliest" : "latest";
            conversation.receive("{\"id\":1,\"type\":\"" + type + "\",\"after\":\"" + after + "\"," + channel + "}");
        }
        return 0;
    }

    private static int publish(Hub hub) {
        for (int i = 0; i < 200; i++) {
            hub.publish(new ChannelName("c" + i % 5), new Content("1", "", ""), Optional.empty());
            hub.publish(ROOM, new Content("1", "", ""), Optional.empty());
        }
        return 0;
    }

    private static int tick(Sessions sessions) {
        for (int i = 0; i < 3; i++) {
            sessions.tick();
        }
        return 0;
    }

    private static int end(ClientSession session, RecordingTransport transport, int pause, int way) {
        for (int i = 0; i < pause; i++) {
            Thread.onSpinWait();
        }
        switch (way) {
            case 0 -> session.ended();
            case 1 -> session.end(CloseCode.RESTART);
            case 2 -> {
                session.end(CloseCode.RESTART);
                session.ended();
            }
            default -> {
                transport.breakOff();
                session.end(CloseCode.RESTART);
            }
        }
        return 0;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "still not so");
            Thread.onSpinWait();
        }
    }
}
