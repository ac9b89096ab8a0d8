package dev.parley.fault;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server to which no {@code admin-key} was given: nobody administers it, whatever key he shows. */
class NoAdministratorsIT {
    private static ParleyProcess parley;
    private static Wire wire;

    @BeforeAll
    static void start() {
        parley = ParleyProcess.start();
        wire = new Wire(parley.base());
    }

    @AfterAll
    static void stop() {
        wire.close();
        parley.close();
    }

    @ParameterizedTest
    @MethodSource("dev.parley.wire.client.Administering#requests")
    void administrationIsForbiddenWithAndWithoutAKey(String method, String path) {
        ask(method, path, "Accept", "*/*").problem(Code.NOT_PERMITTED);
        ask(method, path, "Authorization", "Bearer ").problem(Code.NOT_PERMITTED);
        ask(method, path, "Authorization", "Bearer any").problem(Code.NOT_PERMITTED);
        wire.get("health/ready").expect(200);
    }

    private static Answer ask(String method, String path, String... headers) {
        return wire.send(wire.request(path, headers)
                .method(method, BodyPublishers.noBody())
                .build());
    }
}
