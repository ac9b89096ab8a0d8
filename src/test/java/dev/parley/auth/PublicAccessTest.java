package dev.parley.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.core.Access;
import dev.parley.core.Access.Action;
import dev.parley.core.ChannelName;
import dev.parley.core.User;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAccessTest {
    private static final List<User> EVERYBODY = List.of(User.ANONYMOUS, new User("alice"), new User("sys"));

    private final Access access = new PublicAccess();

    @ParameterizedTest
    @ValueSource(strings = {"lobby", "chat:lobby", "sys", "system:x", "Sys:x", ":sys", "chat:sys:x"})
    void everybodyReadsAndPublishesEverywhere(String channel) {
        for (User user : EVERYBODY) {
            assertTrue(access.isAllowed(user, Action.READ, new ChannelName(channel)));
            assertTrue(access.isAllowed(user, Action.PUBLISH, new ChannelName(channel)));
        }
    }

    @Test
    void administratorIsWhoHasTheKey() {
        var keyed = new PublicAccess("s3cret-\u00e9");
        assertTrue(keyed.hasAdministrators());
        assertTrue(keyed.isAdministrator("Bearer s3cret-\u00e9"));
        assertTrue(keyed.isAdministrator("bearer s3cret-\u00e9"), "a scheme is written as one likes");
        assertTrue(keyed.isAdministrator("Bearer   s3cret-\u00e9"), "one space or more");
        for (String wrong : List.of(
                "Bearers3cret-\u00e9",
                "",
                "Bearer ",
                "Bearer s3cret",
                "Bearer s3cret-\u00e9 ",
                "s3cret-\u00e9",
                "Basic s3cret-\u00e9")) {
            assertFalse(keyed.isAdministrator(wrong), wrong);
        }
    }

    @Test
    void withoutAKeyNobodyIsAnAdministrator() {
        assertFalse(access.hasAdministrators());
        assertFalse(access.isAdministrator(""));
        assertFalse(access.isAdministrator("Bearer "));
    }

    @Test
    void nobodyPublishesOnTheServersOwnChannels() {
        for (User user : EVERYBODY) {
            assertTrue(access.isAllowed(user, Action.READ, new ChannelName("sys:stats")));
            assertFalse(access.isAllowed(user, Action.PUBLISH, new ChannelName("sys:stats")));
            assertFalse(access.isAllowed(user, Action.PUBLISH, new ChannelName("sys:")));
        }
    }
}
