package dev.parley.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes a log record as one line, and its exception, if any, below it. */
final class LineHandler extends Handler {
    /** @param json whether a record is written as JSON */
    LineHandler(boolean json) {
        setFormatter(json ? new JsonLine() : new Line());
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            System.err.print(getFormatter().format(record));
        }
    }

    @Override
    public void flush() {
        System.err.flush();
    }

    @Override
    public void close() {}

    private static final class Line extends Formatter {
        @Override
        public String format(LogRecord record) {
            StringWriter text = new StringWriter();
            PrintWriter out = new PrintWriter(text);
            out.print(LocalTime.ofInstant(record.getInstant(), ZoneId.systemDefault())
                    .truncatedTo(ChronoUnit.MILLIS));
            out.print(' ' + record.getLevel().getName() + ' ' + shortName(record.getLoggerName()) + ": ");
            out.println(formatMessage(record)
                    .lines()
                    .reduce((all, line) -> all + " | " + line.strip())
                    .orElse(""));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(out);
            }
            return text.toString();
        }

        private static String shortName(String logger) {
            return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
        }
    }
}
