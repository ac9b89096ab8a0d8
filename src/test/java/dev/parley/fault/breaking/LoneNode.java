package dev.parley.fault.breaking;

import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One node with its log on disk, in a Tomcat. */
final class LoneNode implements Installation {
    private final Folder data = Folder.create();
    private final Relay door = new Relay();
    private final NodePart node;

    /** @param options of the node's process, beside the folder of its log */
    LoneNode(List<String> options) {
        var all = new ArrayList<>(options);
        all.add("-Dparley.data=" + data.path());
        node = new NodePart("node", door, true, all);
        node.start();
    }

    @Override
    public Doors doors() {
        return new Doors(relays());
    }

    @Override
    public List<Part> parts() {
        return List.of(node);
    }

    @Override
    public List<Relay> relays() {
        return List.of(door);
    }

    @Override
    public Map<String, List<Evidence.Stored>> logs(List<String> channels) {
        try (Wire wire = node.wire()) {
            return Logs.read(wire, channels);
        }
    }

    @Override
    public String lastWords() {
        return node.lastWords();
    }

    @Override
    public void close() {
        node.close();
        door.close();
        data.close();
    }
}
