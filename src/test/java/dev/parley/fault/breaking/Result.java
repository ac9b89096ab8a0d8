package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Violation.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of a run. */
record Result(String what, long seed, Duration took, Tally tally, Checker.Findings findings) {
    private static final int FIRST = 20;

    boolean isSound() {
        return findings.violations().isEmpty();
    }

    /** As a table in Markdown. */
    String table() {
        var table = new StringBuilder("| " + what + ", seed " + seed + " | |\n|---|---|\n");
        row(table, "took", took.toSeconds() + " s");
        for (Tally.Event event : Tally.Event.values()) {
            row(table, event.text(), tally.of(event));
        }
        row(table, "messages that all readers together got", findings.read());
        row(table, "gaps that readers were told of", findings.toldGaps());
        for (Kind kind : Kind.values()) {
            row(table, "**" + kind.text() + "**", "**" + findings.count(kind) + "**");
        }
        return table.toString();
    }

    /** The first of what was found, and what was noticed on the way. */
    String details() {
        List<String> violations = findings.violations().stream()
                .limit(FIRST)
                .map(Violation::toString)
                .toList();
        var reasons = new StringBuilder();
        for (Map.Entry<String, ?> reason : new TreeMap<>(tally.reasons()).entrySet()) {
            reasons.append(reason.getValue())
                    .append(" times ")
                    .append(reason.getKey())
                    .append('\n');
        }
        return String.join("\n", violations) + "\n\nWhat went wrong on the way:\n" + reasons;
    }

    private static void row(StringBuilder table, String name, Object value) {
        table.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }
}
