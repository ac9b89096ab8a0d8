package dev.parley.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code parley_client.py}, as a reader of the documentation finds it. */
class PythonClientIT {
    private static final Path CLIENT = Path.of("src/site/markdown/clients/parley_client.py");
    private static final String CHANNEL = "chat:lobby";

    private ParleyProcess parley;
    private Wire wire;
    private Process python;
    private BufferedReader printed;
    private Writer said;

    @BeforeEach
    void start() throws IOException {
        parley = ParleyProcess.start();
        wire = new Wire(parley.base());
        python = new ProcessBuilder(
                        "/usr/bin/python3", CLIENT.toString(), wire.socket("ws").toString(), CHANNEL, "Py thon")
                .redirectErrorStream(true)
                .start();
        printed = python.inputReader(UTF_8);
        said = python.outputWriter(UTF_8);
    }

    @AfterEach
    void stop() throws IOException {
        python.destroyForcibly();
        said.close();
        wire.close();
        parley.close();
    }

    @Test
    void itReadsAndSays() throws IOException {
        assertEquals("! reading", nextLine());
        try (var other = new Session(WsClient.open(wire, "ws?name=Ann"))) {
            other.next("connected");
            other.subscribe(CHANNEL);

            other.publish(CHANNEL, Doc.of("text", "hello"));
            other.next("message");
            assertEquals("Ann {\"text\": \"hello\"}", nextLine());

            said.write("good morning\n");
            said.flush();
            Doc heard = other.next("message");
            assertEquals("good morning", heard.text("data"));
            assertEquals("Py thon", heard.text("from"));
            assertEquals("Py thon \"good morning\"", nextLine());
        }
    }

    @Test
    void itIsAtMostSixtyLines() throws IOException {
        assertTrue(Files.readAllLines(CLIENT).size() <= 60);
    }

    private String nextLine() {
        return Wire.within(
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(printed.readLine());
                    } catch (IOException e) {
                        return e.toString();
                    }
                }),
                "a line of the client");
    }
}
