package dev.parley.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parley.fault.ParleyProcess;
import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.RawSocket;
import dev.parley.wire.client.Session;
import dev.parley.wire.client.Wire;
import dev.parley.wire.client.WsClient;
import org.junit.jupiter.api.Test;

/** What Tomcat refuses by itself is told as Parley's own errors are, and it leaves to Parley what Parley can tell better. */
class RefusedByTomcatIT {
    private static final String KEY = "key-of-this-test";

    @Test
    void badAddressesAreToldInProblemDocuments() {
        try (var parley = ParleyProcess.start("-Dparley.admin-key=" + KEY);
                var wire = new Wire(parley.base())) {
            try (var raw = new RawSocket(wire, 0)) {
                raw.write("GET /channels/%ZZ/messages HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
                Answer refused = raw.answer();
                refused.problem(Code.MALFORMED);
                assertEquals(wire.get("health/live").header("parley-node"), refused.header("parley-node"));
                assertNotEquals("", refused.header("parley-node"));
            }
            wire.get("channels/a%2Fb/messages").problem(Code.BAD_CHANNEL);
            wire.get("channels/a%5Cb/messages").problem(Code.BAD_CHANNEL);
            wire.get("events/a%2Fb").problem(Code.BAD_CHANNEL);

            try (var slashed = new Session(WsClient.open(wire, "ws?name=a%2Fb"))) {
                slashed.next("connected");
                wire.send(wire.request("users/a%2Fb/sessions", "Authorization", "Bearer " + KEY)
                                .DELETE()
                                .build())
                        .expect(200);
                assertEquals(4502, slashed.client().closed());
            }
        }
    }
}
