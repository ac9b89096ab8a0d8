package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Access;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Frame;
import dev.parley.session.ClientSession.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a client does wrong, and what the server does. */
@Isolated // listens to a log that others write to as well
class FaultsTest {
    private static final int TOO_MANY = 10;
    private static final String GOOD = "{'id':99,'type':'connect'}";

    private final Stage stage = new Stage();
    private final Client client = stage.client();

    @Test
    void malformedCommandGetsItsErrorAndTheSessionGoesOn() {
        List<Object> said = client.say("nonsense\n{'id':5,'type':'fly'}\n" + GOOD);

        assertEquals(List.of(0L, 5L), errors(said).stream().map(Frame.Error::re).toList());
        assertEquals(99, ((Frame.Connected) said.getLast()).re());
        for (Frame.Error error : errors(said)) {
            assertEquals(ErrorCode.MALFORMED, error.code());
            assertEquals(null, error.channel());
        }
    }

    @Test
    void tenInARowEndTheSession() {
        malformed(TOO_MANY - 1);
        assertTrue(client.session().isOpen());
        assertEquals(TOO_MANY - 1, errors(client.hear()).size());
        malformed(1);

        assertEquals(1, errors(client.hear()).size());
        assertEquals(Optional.of(CloseCode.PROTOCOL_ERRORS), client.transport().closed());
    }

    @Test
    void tenInOneFrameEndTheSessionAndTheRestIsIgnored() {
        List<Object> said =
                client.say("nonsense\n".repeat(20) + "{'id':1,'type':'publish','channel':'chat:lobby','data':1}\n");

        assertEquals(TOO_MANY, said.size());
        assertEquals(Optional.of(CloseCode.PROTOCOL_ERRORS), client.transport().closed());
        assertEquals(0, stage.broker.channels());
    }

    @Test
    void goodCommandBetweenMakesUpForThem() {
        for (int i = 0; i < 5; i++) {
            malformed(TOO_MANY - 1);
            client.tell(GOOD);
        }

        assertEquals(5 * TOO_MANY, client.hear().size());
        assertTrue(client.session().isOpen());
    }

    @Test
    void otherRefusalsAreNoProtocolErrors() {
        for (int i = 0; i < 5 * TOO_MANY; i++) {
            client.tell("{'id':1,'type':'unsubscribe','channel':'chat:lobby'}");
            client.tell("{'id':1,'type':'subscribe','channel':'no spaces'}");
            client.tell("{'id':1,'type':'subscribe','channel':'c','after':'x'}");
        }

        assertEquals(15 * TOO_MANY, errors(client.hear()).size());
        assertTrue(client.session().isOpen());
    }

    @Test
    void faultsOfOneSessionAreNoOthers() {
        Client other = stage.client();
        malformed(TOO_MANY);
        other.tell("nonsense");
        stage.run();

        assertTrue(other.session().isOpen());
    }

    @Test
    void failureOfTheServerIsToldAndLoggedOnceAndTheSessionGoesOn() {
        Access broken = (user, action, channel) -> {
            throw new IllegalStateException("secret");
        };
        Client unlucky = stage.client(Kind.WEBSOCKET, broken);
        List<LogRecord> logged = new ArrayList<>();
        List<Object> said =
                logging(logged, () -> unlucky.say("{'id':5,'type':'subscribe','channel':'chat:lobby'}\n" + GOOD));

        assertEquals(new Frame.Error(5, ErrorCode.INTERNAL, "", ROOM), said.getFirst());
        assertEquals(99, ((Frame.Connected) said.getLast()).re());
        assertEquals(1, logged.size());
        assertEquals("secret", logged.getFirst().getThrown().getMessage());
    }

    @Test
    void failureBehindTheJoinUndoesIt() {
        var asked = new AtomicInteger();
        Access broken = (user, action, channel) -> {
            if (asked.incrementAndGet() > 1) {
                throw new IllegalStateException("secret");
            }
            return true;
        };
        Client unlucky = stage.client(Kind.WEBSOCKET, broken);
        List<Object> said = logging(
                new ArrayList<>(),
                () -> unlucky.say("{'id':5,'type':'subscribe','channel':'chat:lobby','presence':true}"));

        assertEquals(List.of(new Frame.Error(5, ErrorCode.INTERNAL, "", ROOM)), said);
        assertEquals(0, stage.hub.watchedChannels());
        assertEquals(0, stage.attendance.members(ROOM).count());
    }

    private void malformed(int count) {
        for (int i = 0; i < count; i++) {
            client.tell(i % 2 == 0 ? "nonsense" : "{'id':5,'type':'publish','channel':'c'}");
        }
    }

    private static List<Frame.Error> errors(List<Object> said) {
        return said.stream()
                .filter(Frame.Error.class::isInstance)
                .map(Frame.Error.class::cast)
                .toList();
    }

    /** Writes down what is logged meanwhile, instead of showing it. */
    private static List<Object> logging(List<LogRecord> records, Supplier<List<Object>> act) {
        Logger logger = Logger.getLogger(Conversation.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord one) {
                records.add(one);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            return act.get();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }
}
