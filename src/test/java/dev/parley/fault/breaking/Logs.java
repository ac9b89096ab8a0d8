package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Evidence.Stored;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads whole logs, page by page. */
final class Logs {
    private static final int PAGE = 500;

    private Logs() {}

    static Map<String, List<Stored>> read(Wire wire, List<String> channels) {
        var logs = new HashMap<String, List<Stored>>();
        channels.forEach(channel -> logs.put(channel, read(wire, channel)));
        return logs;
    }

    private static List<Stored> read(Wire wire, String channel) {
        var log = new ArrayList<Stored>();
        String after = Track.EARLIEST;
        for (boolean more = true; more; ) {
            String range = "?limit=" + PAGE + "&after=" + Wire.encoded(after);
            Doc page = wire.get(Wire.messages(channel) + range).expect(200).doc();
            for (Doc message : page.docs("messages")) {
                after = message.text("position");
                log.add(new Stored(after, Numbered.idOf(message.text("data"))));
            }
            more = page.flag("more");
        }
        return log;
    }
}
