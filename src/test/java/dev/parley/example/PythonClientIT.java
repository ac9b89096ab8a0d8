package dev.parley.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code parley_client.py}, as a reader of the documentation finds it. */
class PythonClientIT {
    private static final String CLIENT = "parley_client.py";
    private static final String CHANNEL = "chat:lobby";

    private ParleyProcess parley;
    private Wire wire;
    private ClientProcess python;

    @BeforeEach
    void start() throws IOException {
        parley = ParleyProcess.start();
        wire = new Wire(parley.base());
        python = ClientProcess.start(
                "/usr/bin/python3", CLIENT, wire.socket("ws").toString(), CHANNEL, "Py thon");
    }

    @AfterEach
    void stop() throws IOException {
        python.close();
        wire.close();
        parley.close();
    }

    @Test
    void itReadsAndSays() throws IOException {
        assertEquals("! reading", python.nextLine());
        try (var other = new Session(WsClient.open(wire, "ws?name=Ann"))) {
            other.next("connected");
            other.subscribe(CHANNEL);

            other.publish(CHANNEL, Doc.of("text", "hello"));
            other.next("message");
            assertEquals("Ann {\"text\": \"hello\"}", python.nextLine());

            python.say("good morning");
            Doc heard = other.next("message");
            assertEquals("good morning", heard.text("data"));
            assertEquals("Py thon", heard.text("from"));
            assertEquals("Py thon \"good morning\"", python.nextLine());
        }
    }

    @Test
    void itIsAtMostSixtyLines() throws IOException {
        assertTrue(Files.readAllLines(ClientProcess.file(CLIENT)).size() <= 60);
    }
}
