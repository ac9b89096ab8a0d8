package dev.parley.wire;

import dev.parley.wire.client.Code;
import dev.parley.wire.client.Wire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only administrators may do, on a server that knows none. */
class AdministrationIT extends WireSuite {
    AdministrationIT(Wire wire) {
        super(wire);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "drain?over=1"})
    void nobodyIsAnAdministratorWithoutTheSetting(String path) {
        wire.post(path, "text/plain", "").problem(Code.NOT_PERMITTED);
        wire.post(path, "text/plain", "", "Authorization", "Bearer ").problem(Code.NOT_PERMITTED);
    }
}
