package dev.parley.fault.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of the clients of one node, in one thread. Says {@code reading} when all of them do; then reads until it is told
 * {@code end ROOM HALL}, the messages that were published in each room and in the hall, and all of them have come or its time is
 * over; then says what it got.
 */
final class Crowd {
    private static final int AT_ONCE = 200;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final List<Reader> readers = new ArrayList<>();
    private final Delays fromRooms = new Delays();
    private final Delays fromHall = new Delays();
    private final ByteBuffer bytes = ByteBuffer.allocate(256 << 10);
    private final Selector selector;
    private final InetSocketAddress node;
    private int lost;

    private Crowd(int port) throws IOException {
        this.selector = Selector.open();
        this.node = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** @param args the node's port, and how many connections */
    public static void main(String[] args) throws IOException {
        var crowd = new Crowd(Integer.parseInt(args[0]));
        crowd.open(Integer.parseInt(args[1]));
        System.out.println("reading");
        crowd.readToEnd();
    }

    private void open(int connections) throws IOException {
        while (readers.size() < connections) {
            int some = Math.min(AT_ONCE, connections - readers.size());
            for (int i = 0; i < some; i++) {
                add(readers.size());
            }
            List<Reader> coming = readers.subList(readers.size() - some, readers.size());
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (!coming.stream().allMatch(Reader::isReading)) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("some do not get in; there are " + readers.size());
                }
                turn();
            }
        }
    }

    private void add(int number) throws IOException {
        var socket = SocketChannel.open(node);
        socket.configureBlocking(false);
        var reader = new Reader(socket, ScaleBench.room(number % ScaleBench.ROOMS), number / ScaleBench.ROOMS % 2 == 1);
        readers.add(reader);
        socket.register(selector, SelectionKey.OP_READ, reader);
        reader.ask();
    }

    private void readToEnd() throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (!orders.ready()) {
            turn();
        }
        String[] order = orders.readLine().split(" ", -1);
        int hall = Integer.parseInt(order[order.length - 1]);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (missing(order, hall) > 0 && System.nanoTime() - end < 0) {
            turn();
        }
        System.out.println(missing(order, hall) + " " + lost + " " + fromRooms.text() + " " + fromHall.text());
    }

    /** @param order {@code end}, then the messages of each room, then those of the hall */
    private long missing(String[] order, int hall) {
        long missing = 0;
        for (int i = 0; i < readers.size(); i++) {
            Reader reader = readers.get(i);
            missing += Math.abs(Integer.parseInt(order[1 + i % ScaleBench.ROOMS]) - reader.fromRoom());
            missing += Math.abs(hall - reader.fromHall());
        }
        return missing;
    }

    private void delivered(boolean hall, long nanos) {
        (hall ? fromHall : fromRooms).add(nanos);
    }

    private void turn() throws IOException {
        selector.select(this::read, 20);
    }

    private void read(SelectionKey key) {
        bytes.clear();
        try {
            if (((SocketChannel) key.channel()).read(bytes) < 0) {
                throw new IOException("ended");
            }
            bytes.flip();
            ((Reader) key.attachment()).read(bytes, this::delivered);
        } catch (IOException e) {
            key.cancel();
            lost++;
            System.err.println("lost a connection: " + e.getMessage());
        }
    }
}
