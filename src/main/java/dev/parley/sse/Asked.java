package dev.parley.sse;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** What a request for a stream asks for beside the channels. Filled in by JAX-RS. */
public final class Asked {
    @HeaderParam("Last-Event-ID")
    private @Nullable String lastEventId;

    @QueryParam("after")
    private @Nullable String after;

    @QueryParam("name")
    private @Nullable String name;

    @QueryParam("signals")
    private @Nullable String signals;

    @QueryParam("presence")
    private @Nullable String presence;

    /**
     * From where to read. A browser that comes back repeats the address it was given, so its own word is the newer one. An empty one is
     * none (HTML, section 9.2.3).
     */
    String after() {
        if (lastEventId != null && !lastEventId.isEmpty()) {
            return lastEventId;
        }
        return after == null ? "latest" : after;
    }

    @Nullable
    String name() {
        return name;
    }

    /** Whether the stream tells who is there, comes and leaves. */
    boolean presence() {
        return flag("presence", presence);
    }

    /** Whether the stream brings signals. */
    boolean signals() {
        return flag("signals", signals);
    }

    private static boolean flag(String name, @Nullable String value) {
        return switch (value) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            default -> throw new Refused(ErrorCode.MALFORMED, name + " must be true or false");
        };
    }
}
