package dev.parley.wire.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

/**
 * An HTTP answer, read to its end.
 *
 * @param headers by lower-case name, the values of equal names joined by comma and space
 */
public record Answer(int status, Map<String, String> headers, String body) {
    public static Answer of(int status, Map<String, String> headers, byte[] body) {
        return new Answer(status, headers, new String(body, UTF_8));
    }

    /** The header's value, or an empty string. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Fails unless the status is this one. */
    public Answer expect(int expected) {
        assertEquals(expected, status, this::toString);
        assertFalse(header("parley-node").isEmpty(), "every answer names the node: " + this);
        return this;
    }

    public Doc doc() {
        return Doc.read(body);
    }

    /** Fails unless this is the problem document (RFC 9457) of the code. */
    public Doc problem(Code code) {
        return problem(code, code.httpStatus());
    }

    /** The same for the few answers whose status is not the one in the table. */
    public Doc problem(Code code, int expectedStatus) {
        expect(expectedStatus);
        assertTrue(header("content-type").startsWith("application/problem+json"), this::toString);
        Doc problem = doc();
        assertEquals(code.number(), problem.number("code"), this::toString);
        assertEquals(code.text(), problem.text("title"), this::toString);
        assertEquals(expectedStatus, problem.number("status"), this::toString);
        assertEquals(code.retry(), problem.flag("retry"), this::toString);
        return problem;
    }
}
