package dev.parley.fault.scale;

import dev.parley.fault.RedisServer;
import dev.parley.wire.client.Wire;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Starts Redis, nodes and clients, publishes for a while, and tells what it cost: deliveries, delays, CPU and heap. Each connection
 * reads one of a thousand rooms and the hall that everyone is in; every other thousand are event streams.
 */
public final class ScaleBench {
    static final String HALL = "chat:hall";
    static final int ROOMS = 1000;
    private static final int SIZE = 128;
    private static final int IN_FLIGHT = 64;
    private static final int WARM_UP = 10; // s
    private static final long IDLE_NANOS = 10_000_000_000L;

    private final List<Site> sites = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final RedisServer redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "everysec");
    private final int connections;

    static String room(int number) {
        return "chat:room-" + number;
    }

    private ScaleBench(int connections) {
        this.connections = connections;
    }

    /** @param args nodes, connections of each, seconds, messages a second to rooms, and messages a second to the hall */
    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        var bench = new ScaleBench(Integer.parseInt(args[1]));
        try {
            for (int i = 0; i < count; i++) {
                bench.sites.add(Site.start(bench.redis.uri(), bench.connections));
                System.err.println(bench.sites.size() + " × " + bench.connections + " connections");
            }
            bench.run(Integer.parseInt(args[2]), Double.parseDouble(args[3]), Double.parseDouble(args[4]));
        } finally {
            bench.close();
        }
    }

    private void run(int seconds, double toRooms, double toHall) {
        double heap = sites.stream().mapToDouble(Site::heapOfClients).sum() / sites.size() / connections;
        Load idle = load(() -> LockSupport.parkNanos(IDLE_NANOS));
        int[] rooms = new int[ROOMS];
        var got = new Got();
        int unmeasured = publish(WARM_UP, toRooms, toHall, rooms, false);
        int before = Arrays.stream(rooms).sum();
        int[] hall = new int[1];
        Load busy = load(() -> {
            hall[0] = publish(seconds, toRooms, toHall, rooms, true);
            got.await(unmeasured + hall[0], rooms);
        });
        System.out.println(
                "| nodes × connections | messages to rooms + hall | deliveries | rooms p50, p99 ms | hall p50, p99 ms"
                        + " | cores of Redis, of the nodes; idle | heap a connection | missing | lost connections |"
                        + " refused |");
        System.out.printf(
                "| %d × %,d | %,d + %,d in %.0f s | %,d, %,.0f/s | %.0f, %.0f | %.0f, %.0f | %.2f, %.2f; %.2f, %.2f |"
                        + " %.1f KB | %d | %d | %d |%n",
                sites.size(),
                connections,
                Arrays.stream(rooms).sum() - before,
                hall[0],
                busy.seconds(),
                got.count(),
                got.count() / busy.seconds(),
                got.rooms.percentile(50),
                got.rooms.percentile(99),
                got.hall.percentile(50),
                got.hall.percentile(99),
                busy.redis(),
                busy.nodes(),
                idle.redis(),
                idle.nodes(),
                heap / 1024,
                got.missing,
                got.lost,
                refused.get());
    }

    /** Cores that were in use for so many seconds. */
    private record Load(double seconds, double redis, double nodes) {}

    private Load load(Runnable work) {
        double redisBefore = Site.cpu(redis.pid());
        double nodesBefore = sites.stream().mapToDouble(Site::cpu).sum();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double ofRedis = Site.cpu(redis.pid()) - redisBefore;
        double ofNodes = sites.stream().mapToDouble(Site::cpu).sum() - nodesBefore;
        return new Load(seconds, ofRedis / seconds, ofNodes / seconds);
    }

    /** What the clients of all nodes got. */
    private final class Got {
        private final Delays rooms = new Delays();
        private final Delays hall = new Delays();
        private long missing;
        private long lost;

        /** Tells the clients what was published, and waits until they have it or give up. */
        void await(int toHall, int[] toRooms) {
            String order = "end "
                    + Arrays.stream(toRooms).mapToObj(Integer::toString).collect(Collectors.joining(" "))
                    + " " + toHall;
            sites.forEach(site -> site.tell(order));
            for (Site site : sites) {
                String[] words = site.answer().split(" ", -1);
                missing += Long.parseLong(words[0]);
                lost += Long.parseLong(words[1]);
                rooms.add(Delays.parse(words[2]));
                hall.add(Delays.parse(words[3]));
            }
        }

        long count() {
            return rooms.count() + hall.count();
        }
    }

    /** To random nodes and rooms, at a fixed rate. @return how many went to the hall */
    private int publish(int seconds, double toRooms, double toHall, int[] rooms, boolean measured) {
        var random = new Random(1);
        var free = new Semaphore(IN_FLIGHT);
        double rate = toRooms + toHall;
        int hall = 0;
        long start = System.nanoTime();
        for (int i = 0; i < seconds * rate; i++) {
            long due = start + (long) (i / rate * 1e9);
            LockSupport.parkNanos(due - System.nanoTime());
            boolean toAll = random.nextDouble() * rate < toHall;
            int room = random.nextInt(ROOMS);
            if (toAll) {
                hall++;
            } else {
                rooms[room]++;
            }
            free.acquireUninterruptibly();
            String mark = "@" + (toAll ? "hall " : "room ") + (measured ? System.nanoTime() : 0) + "@";
            publish(sites.get(random.nextInt(sites.size())).wire(), toAll ? HALL : room(room), mark, free);
        }
        free.acquireUninterruptibly(IN_FLIGHT);
        return hall;
    }

    private void publish(Wire wire, String channel, String mark, Semaphore free) {
        String body = '"' + mark + ".".repeat(SIZE - mark.length() - 2) + '"';
        var unused = wire.later(wire.request(Wire.messages(channel), "Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build())
                .whenComplete((answer, failure) -> {
                    free.release();
                    if (failure != null || answer.status() != 201) {
                        refused.incrementAndGet();
                    }
                });
    }

    private void close() {
        sites.forEach(Site::close);
        redis.close();
    }
}
