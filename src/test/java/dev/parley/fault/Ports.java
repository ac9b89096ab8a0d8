package dev.parley.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that must have the same one again when they are restarted. */
public final class Ports {
    /** Below those that the system gives to clients, of which tests have thousands: while a server is away, none of them gets its port. */
    private static final int FIRST = 20_000;

    private static final int END = 32_768;

    private Ports() {}

    /** One of the loopback that nobody listens on now. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: the next
            }
        }
    }
}
