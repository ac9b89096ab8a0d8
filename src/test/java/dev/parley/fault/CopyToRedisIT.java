package dev.parley.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From one node to many, as an operator does it. */
@Timeout(120)
class CopyToRedisIT {
    private static final String CHANNEL = "chat:moved";

    @TempDir
    private Path data;

    @Test
    void clientsComeBackToManyNodesWithTheirPositions() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            String seen;
            try (ParleyProcess alone = ParleyProcess.start("-Dparley.data=" + data);
                    Wire wire = new Wire(alone.base())) {
                seen = wire.publish(CHANNEL, 1);
                wire.publish(CHANNEL, 2);
                Said refused = copy(redis);
                assertEquals(1, refused.status());
                assertTrue(refused.text().contains("another process uses the data folder"), refused::text);
                wire.publish(CHANNEL, 3);
                alone.stop();
            }
            Said done = copy(redis);
            assertEquals(0, done.status(), done::text);
            assertTrue(done.text().contains("copied 1 channels, 3 messages, 0 keys"), done::text);
            Said again = copy(redis);
            assertEquals(1, again.status());
            assertTrue(again.text().contains(CHANNEL) && again.text().contains("--replace"), again::text);
            assertEquals(0, copy(redis, "--replace").status());
            assertEquals(1, copy(redis, "--wrong").status());
            String setting = "-Dparley.redis=" + redis.uri();
            try (ParleyProcess first = ParleyProcess.start(setting);
                    ParleyProcess second = ParleyProcess.start(setting);
                    Wire one = new Wire(first.base());
                    Wire other = new Wire(second.base())) {
                one.publish(CHANNEL, 4);
                Answer poll = other.get("poll?channel=" + CHANNEL + "&after=" + seen + "&wait=0");

                assertTrue(poll.doc().flag("recovered"), poll::toString);
                assertEquals(
                        List.of(2L, 3L, 4L),
                        poll.doc().docs("messages").stream()
                                .map(message -> message.value("data"))
                                .toList());
            }
        }
    }

    private record Said(int status, String text) {}

    private Said copy(RedisServer redis, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                ParleyCommand.standalone(List.of("-Dparley.data=" + data, "-Dparley.redis=" + redis.uri())));
        command.add("copy-to-redis");
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Said(process.waitFor(), text);
    }
}
