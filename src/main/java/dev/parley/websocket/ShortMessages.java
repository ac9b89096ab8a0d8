package dev.parley.websocket;

import jakarta.websocket.Extension;
import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.tomcat.websocket.MessagePart;
import org.apache.tomcat.websocket.Transformation;
import org.apache.tomcat.websocket.TransformationResult;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's {@code permessage-deflate}, but for messages so short that to compress them costs more than it saves: they go as they
 * are, which each message may (RFC 7692, section 6). Of one connection; whoever sends provides that it is one message at a time.
 *
 * <p>It is put into the connection itself. Tomcat lets extensions be registered, but for the whole JVM: one that came with an
 * application would outlive it and change the others. On another engine this class cannot be loaded.
 */
final class ShortMessages implements Transformation {
    private static final Logger LOG = System.getLogger(ShortMessages.class.getName());
    private static final int FIRST_CONTROL = 8; // opcodes from here on (RFC 6455, section 5.2)

    /** Of a remote endpoint, what its messages go through; null if this Tomcat has no such thing. */
    private static final @Nullable MethodHandle GET =
            find((lookup, endpoints) -> lookup.findGetter(endpoints, "transformation", Transformation.class));

    private static final @Nullable MethodHandle SET = find((lookup, endpoints) -> lookup.findVirtual(
            endpoints, "setTransformation", MethodType.methodType(void.class, Transformation.class)));

    private final Transformation deflate;
    private final int threshold;
    private volatile boolean within; // a message whose last part has not been sent

    private ShortMessages(Transformation deflate, int threshold) {
        this.deflate = deflate;
        this.threshold = threshold;
    }

    /**
     * To be called before anything is sent.
     *
     * @param remote of a connection whose messages Tomcat compresses
     * @param threshold messages of fewer bytes are not compressed
     */
    static void pass(RemoteEndpoint.Basic remote, int threshold) {
        MethodHandle get = GET;
        MethodHandle set = SET;
        if (get == null || set == null) {
            return;
        }
        try {
            Transformation deflate = (Transformation) get.invokeExact(remote);
            Transformation both = new ShortMessages(deflate, threshold);
            set.invokeExact(remote, both);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable MethodHandle find(TomcatRemotes.Finder wanted) {
        try {
            return TomcatRemotes.find(wanted);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "compression-threshold has no effect on this Tomcat", e);
            return null;
        }
    }

    @Override
    public List<MessagePart> sendMessagePart(List<MessagePart> parts) throws IOException {
        MessagePart last = parts.getLast();
        if (last.getOpCode() >= FIRST_CONTROL) {
            return deflate.sendMessagePart(parts);
        }
        boolean whole = !within && parts.size() == 1 && last.isFin();
        within = !last.isFin();
        return whole && last.getPayload().remaining() < threshold ? parts : deflate.sendMessagePart(parts);
    }

    @Override
    public void setNext(Transformation next) {
        deflate.setNext(next);
    }

    @Override
    public boolean validateRsvBits(int bits) {
        return deflate.validateRsvBits(bits);
    }

    @Override
    public Extension getExtensionResponse() {
        return deflate.getExtensionResponse();
    }

    @Override
    public TransformationResult getMoreData(byte opCode, boolean fin, int rsv, ByteBuffer target) throws IOException {
        return deflate.getMoreData(opCode, fin, rsv, target);
    }

    @Override
    public boolean validateRsv(int rsv, byte opCode) {
        return deflate.validateRsv(rsv, opCode);
    }

    @Override
    public void close() {
        deflate.close();
    }
}
