package dev.parley.sse;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any number of events that are encoded already, to be written as they are. */
record EventBytes(List<byte[]> pieces) implements OutboundSseEvent {
    @Override
    public Class<?> getType() {
        return byte[].class;
    }

    @Override
    public Type getGenericType() {
        return byte[].class;
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.APPLICATION_OCTET_STREAM_TYPE;
    }

    @Override
    public Object getData() {
        return pieces;
    }

    @Override
    public @Nullable String getId() {
        return null;
    }

    @Override
    public @Nullable String getName() {
        return null;
    }

    @Override
    public @Nullable String getComment() {
        return null;
    }

    @Override
    public long getReconnectDelay() {
        return RECONNECT_NOT_SET;
    }

    @Override
    public boolean isReconnectDelaySet() {
        return false;
    }
}
