package dev.parley.websocket;

import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends texts that are in UTF-8 already. Jakarta WebSocket takes texts as strings only, which Tomcat encodes for each connection
 * anew, and splits. It has a method for what is encoded, the one by which it sends binary, but not for others; where it is not to be
 * had, texts are sent as strings.
 */
final class TomcatTexts {
    private static final Logger LOG = System.getLogger(TomcatTexts.class.getName());
    private static final byte TEXT = 1; // RFC 6455, section 5.2

    /**
     * Takes a remote endpoint, the opcode, the payload, whether it is the last of its message, and a deadline in milliseconds; null if
     * there is no such thing.
     */
    private static final @Nullable MethodHandle SEND = find();

    private TomcatTexts() {}

    private static @Nullable MethodHandle find() {
        try {
            return TomcatRemotes.find((lookup, endpoints) -> lookup.findVirtual(
                    endpoints,
                    "sendMessageBlock",
                    MethodType.methodType(void.class, byte.class, ByteBuffer.class, boolean.class, long.class)));
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "texts are sent as strings", e);
            return null;
        }
    }

    /** Whether {@link #send} takes remote endpoints of this class. */
    static boolean areTakenBy(Class<? extends RemoteEndpoint.Basic> remote) {
        return SEND != null && TomcatRemotes.include(remote);
    }

    /**
     * Sends a text as one frame, and waits until it is written.
     *
     * @param text valid UTF-8; its array must not be changed any more
     * @param deadline in milliseconds, none if negative; instead of the session's property, which Tomcat would look up each time
     */
    static void send(RemoteEndpoint.Basic remote, ByteBuffer text, long deadline) throws IOException {
        MethodHandle send = SEND;
        if (send == null) {
            throw new IllegalStateException("texts are not taken");
        }
        try {
            send.invokeExact(remote, TEXT, text, true, deadline);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
