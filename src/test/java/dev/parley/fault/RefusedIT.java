package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection that is refused says why in the log, and thousands of them do not fill it. */
class RefusedIT {
    private static final int MANY = 50;
    private static final Duration PERIOD = Duration.ofSeconds(10);

    @Test
    void eachReasonIsLoggedNowAndThen() {
        long start = System.nanoTime();
        try (var parley = ParleyProcess.start();
                var wire = new Wire(parley.base())) {
            for (int i = 0; i < MANY; i++) {
                try (var foreign = new RawSocket(wire, 0)) {
                    assertEquals(
                            403,
                            foreign.handshake("ws", "Origin: https://evil.example")
                                    .status());
                }
                wire.get("ws").expect(426);
                wire.get("events/no%20name").expect(400);
            }

            assertLogged(parley, start, "a connection was refused with 403: origin https://evil.example");
            assertLogged(parley, start, "a connection was refused with 426: this is a WebSocket address");
            assertLogged(parley, start, "a connection was refused with 400: ");
        }
    }

    /** Once, and once more for every ten seconds that the test took. */
    private static void assertLogged(ParleyProcess parley, long start, String text) {
        Eventually.holds(() -> text + " in " + parley.output(), Wire.DEADLINE, () -> lines(parley, text) > 0);
        long lines = lines(parley, text);
        assertTrue(lines <= 1 + (System.nanoTime() - start) / PERIOD.toNanos(), () -> lines + " times " + text);
    }

    private static long lines(ParleyProcess parley, String text) {
        return parley.output().stream().filter(line -> line.contains(text)).count();
    }
}
