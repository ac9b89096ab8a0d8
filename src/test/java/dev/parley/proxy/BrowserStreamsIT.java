package dev.parley.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Doc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A page with more event streams than a browser opens connections to one server, which are six: over HTTP/2 they share one. A
 * WebSocket gets through beside them. In Chromium.
 */
class BrowserStreamsIT {
    private static final int STREAMS = 20;
    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", ""), "src", "test", "browser", "drive", "streams.mjs");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ".*_TLS")
    void manyStreamsOfOnePageAreReadOverHttp2(Front front, @TempDir Path folder) {
        try (var parley = ParleyProcess.start();
                var running = front.start(folder, Duration.ofSeconds(75), parley.port())) {
            Doc seen = Doc.read(ProxyProcess.run(List.of(
                    "timeout",
                    "120",
                    "node",
                    SCRIPT.toString(),
                    running.wire().base().toString(),
                    Integer.toString(STREAMS))));
            assertEquals(STREAMS, seen.number("heard"), seen::toString);
            assertEquals("h2", seen.text("protocol"), seen::toString);
            assertEquals("connected", seen.text("socket"), seen::toString);
        }
    }
}
