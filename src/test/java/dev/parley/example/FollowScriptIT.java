package dev.parley.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.fault.Eventually;
import dev.parley.fault.ParleyProcess;
import dev.parley.fault.Ports;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code follow.sh}, as a reader of the documentation finds it. */
class FollowScriptIT {
    private static final String CHANNEL = "chat:lobby";

    @Test
    void itFollowsAndMissesNothingWhileTheServerIsAway(@TempDir Path data) throws IOException {
        String[] options = {"-Dparley.port=" + Ports.free(), "-Dparley.data=" + data};
        try (var parley = ParleyProcess.start(options);
                var client = ClientProcess.start("/bin/sh", "follow.sh", address(parley), CHANNEL)) {
            awaitReader(parley);
            publish(parley, "\"while it waits\"");
            assertEquals("[\"Ann\",\"while it waits\"]", client.nextLine());

            parley.stop();
            try (var again = ParleyProcess.start(options)) {
                publish(again, "{\"text\":\"before it is back\"}");
                assertEquals("[\"Ann\",{\"text\":\"before it is back\"}]", client.nextLine());
            }
        }
    }

    /** Whoever waits stands at a position already. */
    private static void awaitReader(ParleyProcess parley) {
        try (var wire = new Wire(parley.base())) {
            Eventually.holds(
                    () -> "nobody polls",
                    Wire.DEADLINE,
                    () -> wire.get("metrics").body().contains("parley_polls_waiting 1.0"));
        }
    }

    private static void publish(ParleyProcess parley, String json) {
        try (var wire = new Wire(parley.base())) {
            wire.post("channels/" + CHANNEL + "/messages?name=Ann", "application/json", json)
                    .expect(201);
        }
    }

    private static String address(ParleyProcess parley) {
        String base = parley.base().toString();
        return base.substring(0, base.length() - 1); // as the documentation has it
    }
}
