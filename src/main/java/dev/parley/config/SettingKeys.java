package dev.parley.config;

import java.util.List;
import java.util.Optional;

/** The names of the settings, for sources that cannot write dots and dashes. */
final class SettingKeys {
    private static final String NAMESPACE = "namespace_";

    private static final List<String> NODE = List.of(
            "port",
            "address",
            "handshake-deadline",
            "trusted-proxies",
            "log",
            "node",
            "origins",
            "data",
            "echo",
            "compression",
            "compression-threshold",
            "admin-key",
            "message-size",
            "frame-size",
            "command-backlog",
            "name-length",
            "channels-per-session",
            "connections",
            "channels",
            "signals",
            "batch",
            "batch-size",
            "heartbeat",
            "pong-deadline",
            "write-deadline",
            "drain",
            "presence-grace",
            "presence-lease",
            "presence-interval",
            "presence-members",
            "presence-pushes",
            "redis",
            "redis.prefix",
            "redis.timeout",
            "overload-heap",
            "overload-lag");

    private static final List<String> OF_NAMESPACE = List.of(
            "history-age", "history-bytes", "slow-reader", "key-time", "durable", "fsync", "compact", "history");

    private SettingKeys() {}

    /** @param name in lower case, with underscores for dots and dashes, without the prefix */
    static Optional<String> ofVariable(String name) {
        if (name.startsWith(NAMESPACE)) {
            return OF_NAMESPACE.stream()
                    .filter(option -> name.endsWith('_' + underscored(option))
                            && name.length() > NAMESPACE.length() + option.length() + 1)
                    .map(option -> "namespace."
                            + name.substring(NAMESPACE.length(), name.length() - option.length() - 1)
                            + '.'
                            + option)
                    .findFirst();
        }
        return NODE.stream().filter(key -> underscored(key).equals(name)).findFirst();
    }

    private static String underscored(String key) {
        return key.replace('-', '_').replace('.', '_');
    }
}
