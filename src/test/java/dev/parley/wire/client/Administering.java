package dev.parley.wire.client;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** All that administrators alone may ask for. */
public final class Administering {
    private Administering() {}

    /** Method and path of each. */
    public static Stream<Arguments> requests() {
        return Stream.of(
                arguments("POST", "drain"),
                arguments("POST", "drain?over=1"),
                arguments("GET", "sessions"),
                arguments("DELETE", "sessions/x"),
                arguments("DELETE", "users/x/sessions"),
                arguments("GET", "channels"),
                arguments("GET", "channels/x"),
                arguments("DELETE", "channels/x/messages"),
                arguments("DELETE", "channels/x/members/y"));
    }
}
