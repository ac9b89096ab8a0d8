package dev.parley.session;

import static dev.parley.session.Stage.OTHER_ROOM;
import static dev.parley.session.Stage.ROOM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.auth.PublicAccess;
import dev.parley.core.Access;
import dev.parley.core.Broker;
import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Message;
import dev.parley.core.Namespace;
import dev.parley.core.Position;
import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.fake.Visits;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Range;
import dev.parley.protocol.Refused;
import java.lang.reflect.Proxy;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.function.Executable;

class GateTest {
    private static final User ALICE = new User("alice");
    private static final User BOB = new User("bob");
    private static final Range NEWEST = Range.of(null, null, 10);

    private final Stage stage = new Stage();
    private final Gate gate = gate(new PublicAccess(), Stage.MESSAGE_SIZE);

    @Example
    void onlyAdministratorsAdminister() {
        assertRefused(ErrorCode.NOT_PERMITTED, () -> gate.administer("Bearer key"));
        Gate keyed = gate(new PublicAccess("key"), Stage.MESSAGE_SIZE);
        assertRefused(ErrorCode.CREDENTIALS, () -> keyed.administer(null));
        assertRefused(ErrorCode.CREDENTIALS, () -> keyed.administer("Bearer another"));
        keyed.administer("Bearer key");
    }

    /** In bytes of UTF-8, as the setting says, though characters are quicker to count. */
    @Property
    void dataIsAsLargeAsAllowed(
            @ForAll @StringLength(max = 30) String data, @ForAll @IntRange(min = 1, max = 60) int size) {
        var empty = new Stage();
        var narrow = new Gate(empty.hub, empty.attendance, empty.signalling, new PublicAccess(), size);
        if (data.getBytes(UTF_8).length <= size) {
            assertEquals(
                    1, narrow.publish(ALICE, ROOM, data, "", null).position().offset());
        } else {
            assertRefused(ErrorCode.TOO_LARGE, () -> narrow.publish(ALICE, ROOM, data, "", null));
            assertEquals(0, empty.broker.channels());
        }
    }

    @Example
    void sizeAtItsEdge() {
        for (String one : new String[] {"a", "\u00e9", "\u20ac", "\ud83d\ude00"}) {
            int bytes = one.getBytes(UTF_8).length;
            Gate exact = gate(new PublicAccess(), 12);
            exact.publish(ALICE, ROOM, one.repeat(12 / bytes), "", null);
            assertRefused(
                    ErrorCode.TOO_LARGE, () -> exact.publish(ALICE, ROOM, one.repeat(12 / bytes) + 'a', "", null));
        }
    }

    @Example
    void whatMayNotBeReadIsReadInNoWay() {
        Position stored = stage.publish(ROOM, "1");
        Gate closed = gate((user, action, channel) -> action == Access.Action.PUBLISH, 100);

        assertRefused(
                ErrorCode.NOT_PERMITTED, () -> closed.subscribe(ALICE, ROOM, Start.LATEST, () -> {}, Duration.ZERO));
        assertRefused(ErrorCode.NOT_PERMITTED, () -> closed.history(ALICE, ROOM, NEWEST));
        assertRefused(ErrorCode.NOT_PERMITTED, () -> closed.message(ALICE, ROOM, new Start.At(stored)));
        assertRefused(ErrorCode.NOT_PERMITTED, () -> closed.message(ALICE, ROOM, new Start.At(stored.at(2))));
        assertEquals(0, stage.hub.watchedChannels());
        closed.publish(ALICE, ROOM, "2", "", null);
    }

    @Example
    void whoMayNotPublishLearnsNothingElse() {
        Gate closed = gate((user, action, channel) -> action == Access.Action.READ && user.equals(ALICE), 1);

        assertRefused(ErrorCode.NOT_PERMITTED, () -> closed.publish(ALICE, ROOM, "too large", "", null));
        assertEquals(0, stage.broker.channels());
        assertRefused(ErrorCode.NOT_PERMITTED, () -> closed.history(BOB, ROOM, NEWEST));
        closed.history(ALICE, ROOM, NEWEST);
    }

    @Example
    void oneChannelTooManyIsRefused() {
        for (int i = 0; i < Stage.CHANNELS; i++) {
            stage.publish(new ChannelName("room" + i), "1");
        }

        assertRefused(ErrorCode.LIMIT, () -> gate.publish(ALICE, ROOM, "1", "", null));
        gate.publish(ALICE, new ChannelName("room1"), "2", "", null);
    }

    @Example
    void closedLogIsNotReadyAndTakesNothing() {
        assertTrue(gate.isReady());
        stage.broker.close();

        assertFalse(gate.isReady());
        assertRefused(ErrorCode.LOG_UNAVAILABLE, () -> gate.publish(ALICE, ROOM, "1", "", null));
    }

    @Example
    void logThatCannotBeReachedRefusesEverything() {
        Broker gone = (Broker) Proxy.newProxyInstance(
                Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, arguments) -> {
                    throw new LogUnavailable("gone", new IllegalStateException());
                });
        var unlucky = new Gate(
                new Hub(gone, name -> Namespace.DEFAULT, Visits.AT_ONCE),
                stage.attendance,
                stage.signalling,
                new PublicAccess(),
                100);

        assertRefused(ErrorCode.LOG_UNAVAILABLE, () -> unlucky.publish(ALICE, ROOM, "1", "", null));
        assertRefused(
                ErrorCode.LOG_UNAVAILABLE,
                () -> unlucky.subscribe(ALICE, ROOM, Start.EARLIEST, () -> {}, Duration.ZERO));
        assertRefused(ErrorCode.LOG_UNAVAILABLE, () -> unlucky.history(ALICE, ROOM, NEWEST));
        assertRefused(ErrorCode.LOG_UNAVAILABLE, () -> unlucky.history(ALICE, ROOM, Range.of("earliest", null, 1)));
        for (Start at : new Start[] {Start.EARLIEST, Start.LATEST, new Start.At(new Position("e", 1))}) {
            assertRefused(ErrorCode.LOG_UNAVAILABLE, () -> unlucky.message(ALICE, ROOM, at));
        }
    }

    @Example
    void oneMessageIsFoundByPositionOrWord() {
        Position last = stage.publish(ROOM, 1, 3);

        assertEquals("2", text(gate.message(ALICE, ROOM, new Start.At(last.at(2)))));
        assertEquals("1", text(gate.message(ALICE, ROOM, Start.EARLIEST)));
        assertEquals("3", text(gate.message(ALICE, ROOM, Start.LATEST)));
        assertRefused(ErrorCode.NOT_FOUND, () -> gate.message(ALICE, ROOM, new Start.At(last.at(4))));
        assertRefused(ErrorCode.NOT_FOUND, () -> gate.message(ALICE, ROOM, new Start.At(last.at(0))));
        assertRefused(ErrorCode.NOT_FOUND, () -> gate.message(ALICE, OTHER_ROOM, Start.LATEST));
        assertRefused(ErrorCode.NOT_FOUND, () -> gate.message(ALICE, OTHER_ROOM, Start.EARLIEST));
    }

    @Example
    void keyBelongsToWhoChoseItAndToItsChannel() {
        Position first = gate.publish(ALICE, ROOM, "1", "", "k").position();

        assertEquals(new Broker.Appended(first, true), gate.publish(ALICE, ROOM, "2", "", "k"));
        assertFalse(gate.publish(BOB, ROOM, "2", "", "k").duplicate());
        assertFalse(gate.publish(ALICE, OTHER_ROOM, "2", "", "k").duplicate());
        assertFalse(gate.publish(ALICE, ROOM, "2", "", "K").duplicate());
        assertFalse(gate.publish(User.ANONYMOUS, ROOM, "2", "", "k").duplicate());
        assertTrue(gate.publish(User.ANONYMOUS, ROOM, "2", "", "k").duplicate());
    }

    private Gate gate(Access access, int messageSize) {
        return new Gate(stage.hub, stage.attendance, stage.signalling, access, messageSize);
    }

    private static String text(Message message) {
        return message.content().data();
    }

    private static void assertRefused(ErrorCode code, Executable request) {
        assertEquals(code, assertThrows(Refused.class, request).code());
    }
}
