package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Doc;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node says when it starts, as text or as JSON. */
class StartIT {
    @Test
    void bannerTellsWhoItIsAndWhatIsSpecial() {
        try (var parley = ParleyProcess.start(
                "-Dparley.node=berlin-1", "-Dparley.heartbeat=56s", "-Dparley.admin-key=0123456789abcdef")) {
            String banner = line(parley, " is up: node berlin-1, Java ");
            assertTrue(banner.contains("parley.admin-key=***, "), banner);
            assertTrue(banner.contains("parley.heartbeat=56s, "), banner);
            assertFalse(banner.contains("0123456789abcdef"), banner);
            assertTrue(line(parley, "parley.heartbeat is above 55 s").contains("WARNING"));
        }
    }

    @Test
    void logCanBeJson() {
        try (var parley = ParleyProcess.start("-Dparley.log=json", "-Dparley.node=\"line\\break\"")) {
            Doc banner = Doc.read(line(parley, " is up: node "));
            assertEquals("INFO", banner.text("level"));
            assertEquals("dev.parley.app.Banner", banner.text("logger"));
            assertTrue(banner.text("message").contains("node \"line\\break\""), banner::toString);
            assertTrue(banner.text("time").endsWith("Z"), banner::toString);
        }
    }

    @Test
    void otherFormsStopTheStart() {
        String said = "";
        try (var parley = ParleyProcess.start("-Dparley.log=xml")) {
            said = String.join("\n", parley.output());
        } catch (AssertionError e) {
            assertTrue(String.valueOf(e.getMessage()).contains("parley.log must be text or json"), e::getMessage);
            return;
        }
        throw new AssertionError("it started: " + said);
    }

    private static String line(ParleyProcess parley, String part) {
        List<String> lines = parley.output();
        return lines.stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " in " + lines));
    }
}
