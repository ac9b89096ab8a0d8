package dev.parley.redis;

import dev.parley.core.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings in which all nodes of one Redis must agree: a log is trimmed by the rules of the node that publishes to it, and read
 * by those of the node that reads. Each node tells the others its own, as a digest of each.
 */
final class Agreement {
    private static final String NAMESPACE = "parley.namespace.";

    private final Map<String, String> digests = new TreeMap<>(); // by the setting, or a namespace's settings
    private final String text;

    Agreement(RedisOptions options) {
        digests.put("parley.channels", String.valueOf(options.maxChannels()));
        options.namespaces().forEach((name, rules) -> digests.put(NAMESPACE + name, digest(rules)));
        text = digests.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Of what concerns the log; what becomes of slow readers is each node's own matter. */
    private static String digest(Namespace rules) {
        return Integer.toHexString(
                List.of(rules.history(), rules.historyAge(), rules.historyBytes(), rules.keyTime(), rules.compact())
                        .toString()
                        .hashCode());
    }

    /** In one line, for {@link #differences}. */
    String text() {
        return text;
    }

    /** Where another node's settings are others; a namespace that one of both does not name goes by the default there. */
    List<String> differences(String other) {
        if (other.isEmpty() || other.equals(text)) {
            return List.of(); // empty: a node of an older version
        }
        Map<String, String> others = new TreeMap<>();
        for (String word : other.split(" ", -1)) {
            int end = word.lastIndexOf('=');
            if (end > 0) {
                others.put(word.substring(0, end), word.substring(end + 1));
            }
        }
        var names = new TreeSet<>(digests.keySet());
        names.addAll(others.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(of(digests, name), of(others, name)))
                .toList();
    }

    private static String of(Map<String, String> digests, String name) {
        return digests.getOrDefault(name, digests.getOrDefault(NAMESPACE + "default", ""));
    }
}
