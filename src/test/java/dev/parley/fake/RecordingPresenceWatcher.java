package dev.parley.fake;

import dev.parley.core.Presence;
import java.util.ArrayList;
import java.util.List;

/** Writes down who came and who left: {@code +alice}, {@code -alice}. */
public final class RecordingPresenceWatcher implements Presence.Watcher {
    private final List<String> heard = new ArrayList<>(); // guarded by this

    @Override
    public synchronized void changed(Presence.Change change) {
        heard.add((change.present() ? "+" : "-") + change.member().user());
    }

    /** What has been heard since this was last asked. */
    public synchronized List<String> take() {
        List<String> all = List.copyOf(heard);
        heard.clear();
        return all;
    }
}
