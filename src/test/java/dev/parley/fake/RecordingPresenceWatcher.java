package dev.parley.fake;

import dev.parley.core.Presence;
import java.util.ArrayList;
import java.util.List;

/** Writes down who came and who left: {@code +alice}, {@code -alice}. */
public final class RecordingPresenceWatcher implements Presence.Watcher {
    private final List<String> heard = new ArrayList<>(); // guarded by this
    private final List<Integer> counts = new ArrayList<>(); // guarded by this

    @Override
    public synchronized void changed(Presence.Change change) {
        counts.add(change.count());
        heard.add((change.present() ? "+" : "-") + change.member().user());
    }

    /** How many members there were after each change. */
    public synchronized List<Integer> counts() {
        return List.copyOf(counts);
    }

    /** What has been heard since this was last asked. */
    public synchronized List<String> take() {
        List<String> all = List.copyOf(heard);
        heard.clear();
        return all;
    }
}
