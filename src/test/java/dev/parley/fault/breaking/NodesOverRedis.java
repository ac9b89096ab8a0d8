package dev.parley.fault.breaking;

import dev.parley.wire.client.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two nodes over one Redis. Each has a relay between itself and Redis, so that it can be cut off from it alone. */
final class NodesOverRedis implements Installation {
    private static final int NODES = 2;

    private final RedisPart redis = new RedisPart();
    private final List<Relay> doors = new ArrayList<>();
    private final List<Relay> links = new ArrayList<>();
    private final List<NodePart> nodes = new ArrayList<>();

    /** @param options of each node's process, beside where Redis is */
    NodesOverRedis(List<String> options) {
        for (int number = 1; number <= NODES; number++) {
            var door = new Relay();
            var link = new Relay();
            link.leadTo(redis.port());
            var all = new ArrayList<>(options);
            all.add("-Dparley.redis=redis://127.0.0.1:" + link.port());
            all.add("-Dparley.node=node-" + number);
            all.add("-Dparley.redis.timeout=400ms"); // so that Redis and its links are away longer than that
            doors.add(door);
            links.add(link);
            nodes.add(new NodePart("node-" + number, door, false, all));
        }
        nodes.forEach(NodePart::start);
    }

    @Override
    public Doors doors() {
        return new Doors(doors);
    }

    @Override
    public List<Part> parts() {
        return Stream.<Part>concat(nodes.stream(), Stream.of(redis)).toList();
    }

    @Override
    public List<Relay> relays() {
        return Stream.concat(doors.stream(), links.stream()).toList();
    }

    @Override
    public Map<String, List<Evidence.Stored>> logs(List<String> channels) {
        try (Wire wire = nodes.getFirst().wire()) {
            return Logs.read(wire, channels);
        }
    }

    @Override
    public String lastWords() {
        return nodes.stream().map(NodePart::lastWords).collect(Collectors.joining("\n\n"));
    }

    @Override
    public void close() {
        nodes.forEach(NodePart::close);
        redis.close();
        doors.forEach(Relay::close);
        links.forEach(Relay::close);
    }
}
