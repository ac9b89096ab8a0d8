package dev.parley.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which settings an operator has changed, in a form that may be logged. */
final class Changes {
    private static final Pattern SECRET = Pattern.compile("key|secret|password|token");

    /** Credentials in an address (RFC 3986, section 3.2.1). */
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");

    private Changes() {}

    /** @param given by key, without the prefix; those that say what the default says are left out */
    static List<String> of(Map<String, String> given) {
        Settings all = SettingsSource.of(given);
        List<String> changes = new ArrayList<>();
        new TreeMap<>(given).forEach((key, value) -> {
            Map<String, String> others = new HashMap<>(given);
            others.remove(key);
            if (!SettingsSource.of(others).equals(all)) {
                changes.add("parley." + key + '=' + shown(key, value));
            }
        });
        return changes;
    }

    private static String shown(String key, String value) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        return SECRET.matcher(last).find() && !last.equals("key-time")
                ? "***"
                : USER_INFO.matcher(value).replaceAll("://***@");
    }
}
