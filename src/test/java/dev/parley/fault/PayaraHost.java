package dev.parley.fault;

import java.beans.Expression;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A {@link Host} with a Payara Micro: {@code PayaraHost WAR BASE}. Payara's jar and this package are all that it needs. The tests are
 * compiled without that jar, which would bring its own copies of all else, so its methods are called by their names.
 */
final class PayaraHost implements Host {
    /** That answer requests, and read what WebSockets send. */
    static final int THREADS = 16;

    private static final String NAME = "parley";
    private static final String CONFIG = "configs.config.server-config.";
    private static final String POOL = CONFIG + "thread-pools.thread-pool.http-thread-pool.";
    private static final String LOOPBACK =
            CONFIG + "network-config.network-listeners.network-listener.http-listener.address=127.0.0.1";

    private final File war;
    private final Object payara;

    private PayaraHost(String war, Path base, int port) throws Exception {
        this.war = new File(war);
        Object boot = call(Class.forName("fish.payara.micro.PayaraMicro"), "getInstance");
        call(boot, "setRootDir", Files.createDirectories(base).toFile());
        call(boot, "setHttpPort", port);
        call(boot, "setNoHazelcast", true);
        Consumer<Object> settings = commands -> {
            set(commands, LOOPBACK);
            set(commands, POOL + "max-thread-pool-size=" + THREADS);
            set(commands, POOL + "min-thread-pool-size=" + THREADS);
        };
        call(boot, "setPreBootHandler", settings);
        this.payara = call(boot, "bootStrap");
        deploy();
    }

    public static void main(String[] args) throws Exception {
        int port = freePort();
        var host = new PayaraHost(args[0], Path.of(args[1]), port);
        System.out.println("Parley is at http://localhost:" + port + '/');
        host.obey(System.in);
    }

    @Override
    public void deploy() {
        if (!Boolean.TRUE.equals(call(payara, "deploy", NAME, "/", war))) {
            throw new IllegalStateException("the WAR did not start");
        }
    }

    @Override
    public void undeploy() {
        call(payara, "undeploy", NAME);
    }

    private static void set(Object commands, String setting) {
        call(commands, "run", "set", new String[] {setting});
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Object call(Object target, String method, Object... arguments) {
        try {
            return new Expression(target, method, arguments).getValue();
        } catch (Exception e) {
            throw new IllegalStateException(method, e);
        }
    }
}
