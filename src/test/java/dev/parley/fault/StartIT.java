package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Doc;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "-Dparley.log=xml, parley.log must be text or json",
        "-Dparley.address=no host, parley.address must be an address"
    })
    void whatCannotBeStopsTheStartInWords(String option, String said) {
        AssertionError failure = assertThrows(
                AssertionError.class, () -> ParleyProcess.start(option).close());
        assertTrue(String.valueOf(failure.getMessage()).contains("Parley did not start: " + said), failure::getMessage);
    }

    private static String line(ParleyProcess parley, String part) {
        List<String> lines = parley.output();
        return lines.stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " in " + lines));
    }
}
