package dev.parley.wire.client;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands between two empty lines of an event stream, read as the HTML specification's section 9.2.6 says.
 *
 * @param lines as they came, without line ends
 * @param arrived {@link System#nanoTime} at its end
 */
public record Block(List<String> lines, long arrived) {
    public Block {
        lines = List.copyOf(lines);
    }

    /** Whether a browser would make an event of it. */
    public boolean isEvent() {
        return values("data").findAny().isPresent();
    }

    public boolean hasComment() {
        return lines.stream().anyMatch(line -> line.startsWith(":"));
    }

    /** The data lines, joined by line feeds. */
    public String data() {
        return values("data").collect(Collectors.joining("\n"));
    }

    /** The data as JSON. */
    public Object json() {
        return Json.read(data());
    }

    public Doc doc() {
        return Doc.read(data());
    }

    public String id() {
        return last("id").orElseThrow(() -> new AssertionError("no id in " + this));
    }

    /** The event's name, or an empty string. */
    public String event() {
        return last("event").orElse("");
    }

    public Optional<String> last(String field) {
        return values(field).reduce((earlier, later) -> later);
    }

    private Stream<String> values(String field) {
        return lines.stream().filter(line -> name(line).equals(field)).map(Block::value);
    }

    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    private static String value(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return "";
        }
        return line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
    }
}
