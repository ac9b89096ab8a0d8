package dev.parley.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What README tells to type, as it stands there, except for the port. */
class ReadmeIT {
    private static final String SERVER = "localhost:8080/";

    /** The lines of README that begin so; there must be some. */
    private static List<String> lines(String beginning) throws IOException {
        List<String> lines;
        try (var readme = Files.lines(Path.of("README.md"))) {
            lines = readme.filter(line -> line.startsWith(beginning)).toList();
        }
        assertTrue(!lines.isEmpty(), beginning);
        return lines;
    }

    @Test
    void curlReadsTheRoomThatCurlAndAWebSocketWriteTo() throws IOException {
        String read = lines("curl -N ").getFirst();
        String publish = lines("curl -d ").getFirst();
        String chat = lines("wscat -c ").getFirst().split("'", -1)[1];
        try (var parley = ParleyProcess.start();
                var wire = new Wire(parley.base())) {
            try (var published = shell(publish, parley)) {
                assertTrue(published.nextLine().contains("\"position\":"));
            }
            try (var events = shell(read, parley);
                    var alice = WsClient.open(wire, chat.substring(chat.indexOf(SERVER) + SERVER.length()))) {
                assertEquals("data: \"hello\"", nextData(events));

                alice.send("good morning");
                assertEquals("data: \"good morning\"", nextData(events));
                Doc heard = Doc.read(alice.text());
                assertEquals("good morning", heard.text("data"));
                assertEquals("Alice", heard.text("from"));
            }
        }
    }

    @Test
    void theTestCommandIsTheVeryLineThatTheServersRun() throws IOException {
        String command = lines("src/test/sh/install").getFirst();

        List<String> run = Files.readAllLines(Path.of(".ci/run"));

        assertEquals(command, run.getLast());
    }

    private static ClientProcess shell(String line, ParleyProcess parley) throws IOException {
        String here = line.replace(SERVER, "localhost:" + parley.port() + '/').replaceFirst("^curl ", "curl -s ");
        return ClientProcess.run("/bin/sh", "-c", here);
    }

    private static String nextData(ClientProcess events) {
        String line = events.nextLine();
        while (!line.startsWith("data: ")) {
            line = events.nextLine();
        }
        return line;
    }
}
