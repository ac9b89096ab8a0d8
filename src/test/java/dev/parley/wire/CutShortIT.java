package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that end before they should: nothing of them is stored, and the server goes on. */
class CutShortIT extends WireSuite {
    private final String channel = channel();
    private final RawSocket socket = raw();

    CutShortIT(Wire wire) {
        super(wire);
    }

    /** The server has answered or hung up by the time the marker is sent: what it meant to store, it has stored. */
    @AfterEach
    void onlyTheMarkerIsStored() {
        socket.endOutput();
        socket.drain();
        wire.publish(channel, "marker");

        assertEquals(
                List.of("marker"),
                data(wire.get(Wire.messages(channel)).expect(200).doc().docs("messages")));
    }

    private void post(String mediaType, String headersAndBody) {
        socket.request("POST", Wire.messages(channel), "Content-Type: " + mediaType + "\r\n" + headersAndBody);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json", "application/octet-stream"})
    void halfABody(String mediaType) {
        post(mediaType, "Content-Length: 100\r\n\r\n123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json", "application/octet-stream"})
    void aChunkedBodyWithoutItsLastChunk(String mediaType) {
        post(mediaType, "Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n");
    }

    @Test
    void halfAChunk() {
        post("text/plain", "Transfer-Encoding: chunked\r\n\r\nff\r\n123");
    }

    @Test
    void aChunkSizeThatIsNone() {
        post("text/plain", "Transfer-Encoding: chunked\r\n\r\nxyz\r\n123\r\n0\r\n\r\n");
    }

    @Test
    void noBodyAtAll() {
        post("text/plain", "Content-Length: 1\r\n\r\n");
    }

    @Test
    void halfTheHeaders() {
        socket.request("POST", Wire.messages(channel), "Content-Ty");
    }
}
