package dev.parley.config;

import dev.parley.config.Settings.Deadlines;
import dev.parley.config.Settings.Limits;
import dev.parley.config.Settings.Overload;
import dev.parley.config.Settings.Presence;
import dev.parley.core.ChannelName;
import dev.parley.core.Namespace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Turns texts into {@link Settings}. Every key read here is a known key; what is left over is an error. */
final class SettingsReader {
    private static final String NAMESPACE = "namespace.";
    private static final String SYSTEM = "sys";

    private final Map<String, String> given;
    private final TreeSet<String> unread;

    /** @param given by key, without the prefix {@code parley.} */
    SettingsReader(Map<String, String> given) {
        this.given = given;
        this.unread = new TreeSet<>(given.keySet());
    }

    /** @throws InvalidSetting for the first value that is none, or a key that nobody knows */
    Settings read(String defaultNode, Path defaultData) {
        unread.removeAll(List.of(
                "port", "address", "handshake-deadline", "trusted-proxies", "log")); // the embedded server's own
        Settings settings = new Settings(
                node(defaultNode),
                list("origins"),
                path("data", defaultData),
                bool("echo", false),
                bool("compression", false),
                size("compression-threshold", 1 << 10),
                text("admin-key", ""),
                redis(),
                new Limits(
                        size("message-size", 128 << 10),
                        size("frame-size", 256 << 10),
                        size("command-backlog", 1 << 20),
                        count("name-length", 64),
                        count("channels-per-session", 128),
                        count("connections", 18_000),
                        count("channels", 100_000),
                        count("signals", 20),
                        count("batch", 500),
                        size("batch-size", 1 << 20)),
                new Deadlines(
                        duration("heartbeat", Duration.ofSeconds(15)),
                        duration("pong-deadline", Duration.ofSeconds(15)),
                        duration("write-deadline", Duration.ofSeconds(20)),
                        duration("drain", Duration.ofSeconds(5))),
                new Presence(
                        duration("presence-grace", Duration.ofSeconds(5)),
                        duration("presence-lease", Duration.ofSeconds(30)),
                        duration("presence-interval", Duration.ofMillis(250)),
                        count("presence-members", 100),
                        count("presence-pushes", 100_000)),
                new Overload(percent("overload-heap", 90), duration("overload-lag", Duration.ofSeconds(5))),
                namespaces());
        if (!unread.isEmpty()) {
            throw new InvalidSetting("unknown setting parley." + unread.first());
        }
        return settings;
    }

    private Path path(String key, Path fallback) {
        String text = text(key, "");
        try {
            return text.isEmpty() ? fallback : Path.of(text);
        } catch (InvalidPathException e) {
            throw invalid(key, "the path of a folder");
        }
    }

    private String node(String fallback) {
        String name = text("node", fallback);
        return name.isEmpty() ? fallback : name;
    }

    private Settings.Redis redis() {
        String address = text("redis", "");
        if (!address.isEmpty() && !address.matches("redis(s|-sentinel|-cluster|s-cluster)?://\\S+")) {
            throw new InvalidSetting( // does not show the value, which may hold a password
                    "parley.redis must be an address such as redis://localhost:6379");
        }
        return new Settings.Redis(address, prefix(), duration("redis.timeout", Duration.ofSeconds(2)));
    }

    private String prefix() {
        String prefix = text("redis.prefix", "parley");
        if (!prefix.matches("[A-Za-z0-9._:-]{1,64}")) {
            throw invalid("redis.prefix", "1 to 64 letters, digits or . _ - :");
        }
        return prefix;
    }

    private Map<String, Namespace> namespaces() {
        Map<String, Namespace> found = new HashMap<>();
        Namespace fallback = namespace(ChannelName.DEFAULT_NAMESPACE, Namespace.DEFAULT);
        found.put(ChannelName.DEFAULT_NAMESPACE, fallback);
        found.put(SYSTEM, namespace(SYSTEM, fallback.inMemory())); // what the server itself says is soon outdated
        for (String key : given.keySet()) {
            int end = key.lastIndexOf('.');
            if (key.startsWith(NAMESPACE) && end > NAMESPACE.length()) {
                found.computeIfAbsent(key.substring(NAMESPACE.length(), end), name -> namespace(name, fallback));
            }
        }
        return found;
    }

    private Namespace namespace(String name, Namespace fallback) {
        String prefix = NAMESPACE + name + '.';
        return new Namespace(
                count(prefix + "history", fallback.history()),
                duration(prefix + "history-age", fallback.historyAge()),
                size(prefix + "history-bytes", (int) fallback.historyBytes()),
                slowReader(prefix + "slow-reader", fallback.slowReader()),
                duration(prefix + "key-time", fallback.keyTime()),
                bool(prefix + "durable", fallback.durable()),
                fsync(prefix + "fsync", fallback.fsync()),
                bool(prefix + "compact", fallback.compact()));
    }

    private Namespace.Fsync fsync(String key, Namespace.Fsync fallback) {
        return switch (text(key, "")) {
            case "" -> fallback;
            case "always" -> Namespace.Fsync.ALWAYS;
            case "1s" -> Namespace.Fsync.SECOND;
            case "never" -> Namespace.Fsync.NEVER;
            default -> throw invalid(key, "always, 1s or never");
        };
    }

    private Namespace.SlowReader slowReader(String key, Namespace.SlowReader fallback) {
        return switch (text(key, "")) {
            case "" -> fallback;
            case "close" -> Namespace.SlowReader.CLOSE;
            case "gap" -> Namespace.SlowReader.GAP;
            default -> throw invalid(key, "close or gap");
        };
    }

    private List<String> list(String key) {
        return Arrays.stream(text(key, "").split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private boolean bool(String key, boolean fallback) {
        return switch (text(key, Boolean.toString(fallback))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(key, "true or false");
        };
    }

    private int count(String key, int fallback) {
        return positive(key, text(key, Integer.toString(fallback)), 1, "a whole number from 1 on");
    }

    private int percent(String key, int fallback) {
        int percent = count(key, fallback);
        if (percent > 100) {
            throw invalid(key, "a whole number from 1 to 100");
        }
        return percent;
    }

    private int size(String key, int fallback) {
        String text = text(key, Integer.toString(fallback));
        String wanted = "a size in bytes such as 65536, 64KiB or 4MiB";
        if (text.endsWith("KiB")) {
            return positive(key, text.substring(0, text.length() - 3), 1 << 10, wanted);
        }
        if (text.endsWith("MiB")) {
            return positive(key, text.substring(0, text.length() - 3), 1 << 20, wanted);
        }
        return positive(key, text, 1, wanted);
    }

    private Duration duration(String key, Duration fallback) {
        if (!given.containsKey(key)) {
            return fallback;
        }
        String text = text(key, "");
        String wanted = "a time such as 500ms, 15s, 5m or 24h";
        int unit = 0;
        while (unit < text.length() && Character.isDigit(text.charAt(unit))) {
            unit++;
        }
        int number = positive(key, text.substring(0, unit), 1, wanted);
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw invalid(key, wanted);
        };
    }

    private int positive(String key, String digits, int unit, String wanted) {
        try {
            int number = Math.multiplyExact(Integer.parseInt(digits), unit);
            if (number > 0) {
                return number;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid(key, wanted);
        }
        throw invalid(key, wanted);
    }

    private String text(String key, String fallback) {
        unread.remove(key);
        return given.getOrDefault(key, fallback).strip();
    }

    private InvalidSetting invalid(String key, String wanted) {
        return new InvalidSetting("parley." + key + " must be " + wanted + ", not \"" + given.get(key) + '"');
    }
}
