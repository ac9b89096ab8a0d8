package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.protocol.ErrorCode;
import dev.parley.wire.client.Doc;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codes stand in two places, as the server of {@code java -jar} sees none of the application's classes: they are to agree. */
class ProblemReportTest {
    @ParameterizedTest
    @CsvSource({
        "400, MALFORMED",
        "403, NOT_PERMITTED",
        "404, NOT_FOUND",
        "405, MALFORMED",
        "413, TOO_LARGE",
        "414, TOO_LARGE",
        "431, TOO_LARGE",
        "500, INTERNAL",
        "503, INTERNAL"
    })
    void saysWhatTheApplicationWouldSay(int status, ErrorCode code) {
        Doc problem = Doc.read(ProblemReport.problem(status));

        assertEquals(status, problem.number("status"));
        assertEquals(code.number(), problem.number("code"));
        assertEquals(code.text(), problem.text("title"));
        assertEquals(code.retry(), problem.flag("retry"));
        assertEquals("urn:parley:error:" + code.number(), problem.text("type"));
    }
}
