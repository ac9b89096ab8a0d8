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
    private static final String NAME = "parley";
    private static final String LOOPBACK = "configs.config.server-config.network-config.network-listeners"
            + ".network-listener.http-listener.address=127.0.0.1";

    private final File war;
    private final Object payara;

    private PayaraHost(String war, Path base, int port) throws Exception {
        this.war = new File(war);
        Object boot = call(Class.forName("fish.payara.micro.PayaraMicro"), "getInstance");
        call(boot, "setRootDir", Files.createDirectories(base).toFile());
        call(boot, "setHttpPort", port);
        call(boot, "setNoHazelcast", true);
        Consumer<Object> bind = commands -> call(commands, "run", "set", new String[] {LOOPBACK});
        call(boot, "setPreBootHandler", bind);
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
