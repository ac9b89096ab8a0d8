package dev.parley.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A log record as one JSON object in one line, for programs that collect logs. */
final class JsonLine extends Formatter {
    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(200).append('{');
        member(line, "time", record.getInstant().toString());
        member(line, "level", record.getLevel().getName());
        member(line, "logger", String.valueOf(record.getLoggerName()));
        member(line, "message", formatMessage(record));
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace, true));
            member(line, "exception", trace.toString());
        }
        line.setCharAt(line.length() - 1, '}');
        return line.append('\n').toString();
    }

    private static void member(StringBuilder line, String name, String value) {
        line.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> line.append('\\').append(c);
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c)) {
                        line.append(String.format("\\u%04x", (int) c)); // RFC 8259, section 7
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append("\",");
    }
}
