package dev.parley.boot;

import jakarta.websocket.Extension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.tomcat.websocket.MessagePart;
import org.apache.tomcat.websocket.PerMessageDeflate;
import org.apache.tomcat.websocket.Transformation;
import org.apache.tomcat.websocket.TransformationFactory;
import org.apache.tomcat.websocket.TransformationResult;

/**
 * Tomcat's {@code permessage-deflate}, but for messages so short that to compress them costs more than it saves: they go as they
 * are, which each message may (RFC 7692, section 6). Of one connection; whoever sends provides that it is one message at a time.
 *
 * <p>Only for a server of Parley's own: Tomcat keeps extensions for the whole JVM, so one that came with an application would
 * outlive it and change the others.
 */
final class ShortMessages implements Transformation {
    private static final int FIRST_CONTROL = 8; // opcodes from here on (RFC 6455, section 5.2)

    private final Transformation deflate;
    private final int threshold;
    private volatile boolean within; // a message whose last part has not been sent

    private ShortMessages(Transformation deflate, int threshold) {
        this.deflate = deflate;
        this.threshold = threshold;
    }

    /** @param threshold messages of fewer bytes are not compressed */
    static void install(int threshold) {
        TransformationFactory.getInstance().registerExtension(PerMessageDeflate.NAME, (offers, isServer) -> {
            Transformation agreed = PerMessageDeflate.BUILDER.build(offers, isServer);
            return agreed == null ? null : new ShortMessages(agreed, threshold);
        });
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
