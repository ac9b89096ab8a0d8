package dev.parley.fault.breaking;

import dev.parley.wire.client.Wire;
import java.util.List;
import java.util.Map;

/** One node. */
final class LoneNode implements Installation {
    private final Relay door = new Relay();
    private final NodePart node;

    /** @param options of the node's process */
    LoneNode(List<String> options) {
        node = new NodePart("node", door, options);
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
    }
}
