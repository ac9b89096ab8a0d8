package dev.parley.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The codes are those of the protocol's description, which clients are written from. */
class CodesTest {
    private static final Path DESCRIPTION = Path.of("src/site/markdown/protocol.md");

    @Test
    void errorCodesAreThoseOfTheDescription() throws IOException {
        Set<List<String>> described = new HashSet<>(rows("## Error codes"));
        Set<List<String>> real = new HashSet<>();
        for (ErrorCode code : ErrorCode.values()) {
            real.add(List.of(
                    String.valueOf(code.number()),
                    code.text(),
                    code.retry() ? "yes" : "no",
                    String.valueOf(code.httpStatus())));
        }

        assertEquals(described, real);
        assertEquals(ErrorCode.values().length, real.size());
    }

    @Test
    void closeCodesAreDescribedWithTheSameAdvice() throws IOException {
        Map<Integer, String> advice = new HashMap<>();
        for (List<String> row : rows("## Close codes")) {
            for (String number : row.getFirst().split(", ", -1)) {
                advice.put(Integer.valueOf(number), row.getLast());
            }
        }
        for (CloseCode code : CloseCode.values()) {
            String what = advice.get(code.number());
            assertNotNull(what, code + " is not described");
            if (code.number() >= 4000) {
                assertEquals(code.number() < 4500 ? "comes back" : "stops", firstWords(what), code.name());
            }
        }
    }

    @Test
    void closeCodesAreDifferentAndTheirTextsFitAFrame() {
        Map<Integer, CloseCode> byNumber =
                Arrays.stream(CloseCode.values()).collect(toMap(CloseCode::number, code -> code));

        assertEquals(CloseCode.values().length, byNumber.size());
        for (CloseCode code : CloseCode.values()) {
            assertTrue(code.text().getBytes(UTF_8).length <= 123, code.name());
        }
    }

    @Test
    void requestThatMayBeRepeatedHasAStatusThatSaysSo() {
        for (ErrorCode code : ErrorCode.values()) {
            assertTrue(code.httpStatus() >= 400 && code.httpStatus() < 600, code.name());
            assertEquals(code.httpStatus() >= 500 || code == ErrorCode.TOO_MANY_REQUESTS, code.retry(), code.name());
        }
    }

    private static String firstWords(String advice) {
        return advice.startsWith("comes back") ? "comes back" : advice.split(" ", 2)[0];
    }

    /** The cells of the first table below a heading, without its head. */
    private static List<List<String>> rows(String heading) throws IOException {
        List<String> lines = Files.readAllLines(DESCRIPTION);
        return lines.subList(lines.indexOf(heading), lines.size()).stream()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .filter(cell -> !cell.isEmpty())
                        .toList())
                .toList();
    }
}
