package dev.parley.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Redis Cluster of three masters without replicas, each in a process of its own. Any thread may use it. */
public final class RedisCluster implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisServer> masters = new ArrayList<>();

    private RedisCluster() {
        List<Integer> buses = new ArrayList<>();
        for (int i = 0; i < MASTERS; i++) {
            int bus = Ports.free();
            buses.add(bus);
            masters.add(RedisServer.start(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-port",
                    String.valueOf(bus),
                    "--cluster-node-timeout",
                    "2000",
                    "--cluster-require-full-coverage",
                    "no"));
        }
        for (int i = 0; i < MASTERS; i++) {
            say(i, "CLUSTER", "ADDSLOTSRANGE", slot(i), String.valueOf(Integer.parseInt(slot(i + 1)) - 1));
            String port = String.valueOf(masters.get(i).port());
            say(0, "CLUSTER", "MEET", "127.0.0.1", port, String.valueOf(buses.get(i)));
        }
        awaitWhole();
    }

    private static String slot(int master) {
        return String.valueOf(SLOTS * master / MASTERS);
    }

    /** Returns when all masters know that the cluster is whole. */
    public static RedisCluster start() {
        return new RedisCluster();
    }

    /** As {@code parley.redis} has it. */
    public String uri() {
        return "redis-cluster://"
                + masters.stream().map(master -> "127.0.0.1:" + master.port()).collect(Collectors.joining(","));
    }

    /** The masters, in the order of their slots. */
    public List<RedisServer> masters() {
        return List.copyOf(masters);
    }

    /** The one that has this key now, or this Pub/Sub channel. */
    public RedisServer masterOf(String key) {
        int slot = slotOf(key);
        return masters.stream()
                .filter(master -> ranges(master).stream().anyMatch(range -> range[0] <= slot && slot <= range[1]))
                .findFirst()
                .orElseThrow();
    }

    private static List<int[]> ranges(RedisServer master) {
        return master.say("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .flatMap(line -> List.of(line.split(" ")).stream().skip(8))
                .filter(range -> !range.startsWith("["))
                .map(range -> range.split("-"))
                .map(ends -> new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])})
                .toList();
    }

    private int slotOf(String key) {
        return Integer.parseInt(masters.getFirst().say("CLUSTER", "KEYSLOT", key));
    }

    /** Moves the slot of this key, with all that is in it, to another master. */
    public void move(String key, RedisServer to) {
        RedisServer from = masterOf(key);
        String slot = String.valueOf(slotOf(key));
        String fromId = from.say("CLUSTER", "MYID");
        String toId = to.say("CLUSTER", "MYID");
        to.say("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
        from.say("CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
        for (String moved :
                from.say("CLUSTER", "GETKEYSINSLOT", slot, "1000").lines().toList()) {
            if (!moved.isEmpty()) {
                from.say("MIGRATE", "127.0.0.1", String.valueOf(to.port()), moved, "0", "5000");
            }
        }
        to.say("CLUSTER", "SETSLOT", slot, "NODE", toId);
        masters.forEach(master -> master.say("CLUSTER", "SETSLOT", slot, "NODE", toId));
    }

    private void awaitWhole() {
        for (RedisServer master : masters) {
            Eventually.holds(() -> master.say("CLUSTER", "INFO"), DEADLINE, () -> {
                String info = master.say("CLUSTER", "INFO");
                return info.contains("cluster_state:ok")
                        && info.contains("cluster_slots_ok:" + SLOTS)
                        && info.contains("cluster_known_nodes:" + MASTERS);
            });
        }
    }

    private void say(int master, String... command) {
        String answer = masters.get(master).say(command);
        if (!answer.equals("OK")) {
            throw new AssertionError(String.join(" ", command) + ": " + answer);
        }
    }

    @Override
    public void close() {
        masters.forEach(RedisServer::close);
    }
}
