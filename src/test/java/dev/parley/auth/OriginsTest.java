package dev.parley.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    private static final Origins OWN = new Origins(List.of());
    private static final Origins NAMED = new Origins(List.of("https://Chat.Example/", "http://localhost:3000"));
    private static final Origins ANY = new Origins(List.of("*"));

    @ParameterizedTest
    @CsvSource({
        "https://parley.example, parley.example, true",
        "http://parley.example, parley.example, true",
        "https://parley.example:8443, parley.example:8443, true",
        "https://PARLEY.example, parley.EXAMPLE, true",
        "http://[::1]:8080, [::1]:8080, true",
        "https://parley.example:8443, parley.example, false",
        "https://parley.example, parley.example:8443, false",
        "https://evil.example, parley.example, false",
        "https://parley.example.evil.example, parley.example, false",
        "https://evil-parley.example, parley.example, false",
        "https://parley.example/, parley.example, false",
        "https://user@parley.example, parley.example, false",
        "parley.example, parley.example, false",
        "//parley.example, parley.example, false",
        "://parley.example, parley.example, false",
        "null, parley.example, false",
        "'', parley.example, false",
        "https://parley.example,, false",
    })
    void ownOriginIsTheOneOfTheHost(String origin, @Nullable String host, boolean allowed) {
        assertEquals(allowed, OWN.isAllowed(origin, host));
        assertFalse(OWN.isConfigured(origin));
    }

    @ParameterizedTest
    @CsvSource({
        "https://chat.example, true",
        "https://CHAT.example, true",
        "http://localhost:3000, true",
        "http://chat.example, false",
        "https://chat.example:8443, false",
        "http://localhost, false",
        "http://localhost:30001, false",
        "https://sub.chat.example, false",
        "null, false",
        "*, false",
    })
    void namedOriginsAreAllowedAsTheyAreNamed(String origin, boolean allowed) {
        assertEquals(allowed, NAMED.isConfigured(origin));
        assertEquals(allowed, NAMED.isAllowed(origin, "parley.example"));
    }

    @Test
    void ownOriginIsAllowedBesideTheNamed() {
        assertTrue(NAMED.isAllowed("https://parley.example", "parley.example"));
        assertFalse(NAMED.isConfigured("https://parley.example"));
    }

    @Test
    void starStandsForAny() {
        assertTrue(ANY.isAllowed("https://evil.example", "parley.example"));
        assertTrue(ANY.isAllowed("null", null));
        assertTrue(ANY.isConfigured("https://evil.example"));
    }

    /** No browser is without one where it matters. */
    @Test
    void whoHasNoOriginIsNoBrowser() {
        assertTrue(OWN.isAllowed(null, "parley.example"));
        assertTrue(OWN.isAllowed(null, null));
    }
}
