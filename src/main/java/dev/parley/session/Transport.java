package dev.parley.session;

import dev.parley.core.Message;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.io.IOException;

/** Carries what a session is to get. All but {@link #cut} is called by the session's writer alone, one call at a time. */
public interface Transport {
    /** Adds to what the next {@link #flush} writes; a transport that has no form for this frame passes over it. */
    void add(Frame frame);

    /** Adds to what the next {@link #flush} writes. */
    void add(Message message);

    /** How much has been added since the last flush, in characters or bytes. */
    int gathered();

    /** Writes all that was added, as one write if the transport can. Blocks until the container has taken it. */
    void flush() throws IOException;

    /** Writes something that shows the peer that this side lives, and this side whether the peer does. */
    void ping() throws IOException;

    /** Ends the connection after what was written. */
    void close(CloseCode code);

    /** Ends the connection in the middle of a write that is stuck. Called by any thread, instead of {@link #close}. */
    void cut(CloseCode code);
}
