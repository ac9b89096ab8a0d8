package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Evidence.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Finds a message's place in a log, counted from 0 at its oldest entry. */
final class LogIndex {
    private final List<Long> ids = new ArrayList<>();
    private final Map<Long, Integer> byId = new HashMap<>();
    private final Map<String, Integer> byPosition = new HashMap<>();

    /** @param twice told each message that stands in the log again; only its first place counts */
    LogIndex(List<Stored> log, LongConsumer twice) {
        for (Stored entry : log) {
            if (byId.putIfAbsent(entry.id(), ids.size()) == null) {
                byPosition.put(entry.position(), ids.size());
                ids.add(entry.id());
            } else {
                twice.accept(entry.id());
            }
        }
    }

    int size() {
        return ids.size();
    }

    long id(int at) {
        return ids.get(at);
    }

    /** -1 if it is not in the log. */
    int indexOf(long id) {
        return byId.getOrDefault(id, -1);
    }

    /** -1 if no entry has this position. */
    int indexOfPosition(String position) {
        return byPosition.getOrDefault(position, -1);
    }
}
