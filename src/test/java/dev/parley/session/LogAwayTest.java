package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Broker;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Namespace;
import dev.parley.core.Namespace.SlowReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The log cannot be read for a while, as happens where it lies on another machine. */
class LogAwayTest {
    private static final int MANY = 600; // more than a channel keeps at hand
    private static final Namespace RULES = Stage.keeping(MANY, SlowReader.CLOSE);

    private boolean away;
    private final Stage stage = new Stage(name -> RULES, this::sometimesAway);
    private final Client client = stage.client();

    @Test
    void readerThatCatchesUpWaitsForTheLogAndGetsAll() {
        stage.publish(ROOM, 1, MANY);
        client.tell("{'id':1,'type':'subscribe','channel':'chat:lobby','after':'earliest'}");
        away = true;
        assertEquals(1, client.hear().size()); // the answer
        stage.ticks(Stage.PONG / 2);
        assertEquals(0, messages());
        assertTrue(client.session().isOpen());
        away = false;
        stage.ticks(1);

        assertEquals(
                IntStream.rangeClosed(1, MANY).mapToObj(Integer::toString).toList(),
                client.transport().take());
    }

    @Test
    void waitingForTheLogTakesNoThread() {
        stage.publish(ROOM, 1, MANY);
        client.tell("{'id':1,'type':'subscribe','channel':'chat:lobby','after':'earliest'}");
        away = true;
        stage.run();
        int started = stage.threads.started();
        stage.ticks(10);

        assertTrue(stage.threads.started() <= started + 10, "a try a tick, not " + stage.threads.started());
    }

    private long messages() {
        return client.transport().take().stream()
                .filter(String.class::isInstance)
                .count();
    }

    private Broker sometimesAway(Broker log) {
        return (Broker) Proxy.newProxyInstance(
                Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, args) -> {
                    if (away) {
                        throw new LogUnavailable("away");
                    }
                    try {
                        return method.invoke(log, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
