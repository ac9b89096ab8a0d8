package dev.parley.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The application is taken out of a running container and put back, and finds its log: nobody has said where that is to be. */
class RedeployIT {
    private static final String CHANNEL = "chat:redeploy";
    private static final int TIMES = 3;

    @Test
    void logGoesOnAfterEachRedeployment() throws IOException {
        try (ParleyProcess parley = ParleyProcess.startInTomcat(options())) {
            assertLogGoesOn(parley, TIMES);
            assertLeavesNothingBehind(parley);
        }
    }

    @Test
    void logGoesOnAfterARedeploymentByPayara() throws IOException {
        try (ParleyProcess parley = ParleyProcess.startInPayara(options())) {
            assertLogGoesOn(parley, 1);
        }
    }

    private static void assertLogGoesOn(ParleyProcess parley, int redeployments) throws IOException {
        try (Wire wire = new Wire(parley.base())) {
            assertRefusal(wire);
            String first = wire.publish(CHANNEL, "first");
            for (int life = 1; life <= redeployments; life++) {
                wire.publish(CHANNEL, "in life " + life);
                parley.undeploy();
                assertFolderIsFree(parley);
                parley.deploy();
                assertRefusal(wire);

                String history = wire.get(Wire.messages(CHANNEL) + "?after=" + first)
                        .expect(200)
                        .body();
                assertTrue(history.contains("\"recovered\":true"), history);
                for (int earlier = 1; earlier <= life; earlier++) {
                    assertTrue(history.contains("\"in life " + earlier + '"'), history);
                }
            }
        }
    }

    @Test
    void readerIsToldToComeBackAndMissesNothing() {
        try (ParleyProcess parley = ParleyProcess.startInTomcat(options());
                Wire wire = new Wire(parley.base())) {
            var before = new Session(WsClient.open(wire, "ws"));
            before.next("connected");
            before.subscribe(CHANNEL);
            String last = wire.publish(CHANNEL, "before");
            before.messages(1);
            parley.undeploy();
            before.next("closing");
            parley.deploy();
            wire.publish(CHANNEL, "after");
            String missed = wire.get("poll?wait=0&channel=" + CHANNEL + "&after=" + last)
                    .expect(200)
                    .body();

            assertTrue(missed.contains("\"after\"") && missed.contains("\"recovered\":true"), missed);
        }
    }

    /** The first answer of a deployment is an error, and does not come from the container's own thread. */
    private static void assertRefusal(Wire wire) {
        wire.get(Wire.messages(CHANNEL) + "/nowhere-1").problem(Code.NOT_FOUND);
    }

    /** In the folder of the container. */
    private static Path lockBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.find(folder, 3, (path, is) -> path.endsWith("parley-data/lock"))) {
            return files.findFirst().orElseThrow(() -> new AssertionError("no log below " + folder));
        }
    }

    private static String[] options() {
        return new String[] {
            "--add-opens=java.base/java.lang=ALL-UNNAMED", // where Tomcat looks for what an application leaves behind
            "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED"
        };
    }

    /** Another process could use it now. */
    private static void assertFolderIsFree(ParleyProcess parley) throws IOException {
        try (FileChannel file = FileChannel.open(lockBelow(parley.folder()), StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            assertNotNull(lock, "the data folder is still held");
        }
    }

    /** Tomcat looks for threads and the like when it takes an application out. */
    private static void assertLeavesNothingBehind(ParleyProcess parley) {
        List<String> leaks = parley.output().stream()
                .filter(line -> line.contains("The web application [") && line.contains("memory leak"))
                .toList();
        assertEquals(List.of(), leaks);
    }
}
