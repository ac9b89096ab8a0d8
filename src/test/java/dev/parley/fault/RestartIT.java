package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed, or stopped, and started again with the same data folder. */
class RestartIT {
    private static final String MESSAGES = "channels/chat:restart/messages";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    @Test
    void nothingAnsweredIsLostByAKillNorByAStop() throws Exception {
        String first;
        try (ParleyProcess parley = start()) {
            first = publish(parley, "one").body();
            publish(parley, "two");
            parley.kill();
        }
        try (ParleyProcess parley = start()) {
            HttpResponse<String> again = publish(parley, "one");
            assertEquals(200, again.statusCode());
            assertEquals(position(first), position(again.body()));
            assertEquals(201, publish(parley, "three").statusCode());
            parley.stop();
        }
        try (ParleyProcess parley = start()) {
            String history = get(parley, MESSAGES + "?after=" + position(first));
            assertTrue(history.contains("\"recovered\":true"), history);
            assertTrue(history.indexOf("\"two\"") < history.indexOf("\"three\""), history);
        }
    }

    @Test
    void secondServerOnTheSameFolderDoesNotStartAndNamesIt() {
        try (ParleyProcess parley = start()) {
            AssertionError refused = assertThrows(AssertionError.class, this::start);

            assertTrue(String.valueOf(refused.getMessage()).contains("another process uses the data folder " + data));
            assertTrue(parley.isAlive());
        }
    }

    private ParleyProcess start() {
        return ParleyProcess.start("-Dparley.data=" + data);
    }

    /** With the text as its key. */
    private HttpResponse<String> publish(ParleyProcess parley, String text) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(parley.base().resolve(MESSAGES))
                        .header("Content-Type", "text/plain")
                        .header("Idempotency-Key", text)
                        .POST(BodyPublishers.ofString(text))
                        .build(),
                BodyHandlers.ofString());
    }

    private String get(ParleyProcess parley, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(parley.base().resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static String position(String answer) {
        return answer.replaceAll(".*\"position\":\"([^\"]*)\".*", "$1");
    }
}
