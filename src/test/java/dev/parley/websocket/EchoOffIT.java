package dev.parley.websocket;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Wire;
import org.junit.jupiter.api.Test;

/** Unless it is switched on there is no {@code /echo}. */
class EchoOffIT {
    @Test
    void nobodyIsEchoedWhoWasNotPromisedIt() {
        try (var parley = ParleyProcess.start();
                var wire = new Wire(parley.base());
                var socket = new RawSocket(wire, 0)) {
            socket.handshake("echo").problem(Code.NOT_FOUND);
        }
    }
}
