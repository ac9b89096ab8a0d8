package dev.parley.proxy;

import dev.parley.fault.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Debian's HAProxy in the foreground, with files of its own in a folder of its own, on a free port of the loopback. */
final class Haproxy implements Proxy {
    private static final String MAIN = "haproxy.cfg";
    private static final String PLAIN = "plain.cfg";
    private static final String TLS = "tls.cfg";

    private final ProxyProcess process;
    private final URI base;

    private Haproxy(URI base, Shipped files, String... names) {
        this.base = base;
        this.process = ProxyProcess.start(command(files, "-db", names), base.getPort());
    }

    /**
     * Starts it with {@code haproxy.cfg} and {@code plain.cfg} and returns when it listens.
     *
     * @param folder that nobody else uses, for its files
     * @param silence instead of the time for clients, servers and tunnels, so that a test need not wait a minute
     * @param nodes Parley's ports on the loopback
     */
    static Haproxy plain(Path folder, Duration silence, int... nodes) {
        Shipped files = files(folder, nodes);
        hurry(files, silence);
        return plain(files);
    }

    /** The same as {@link #plain}, but any node gets any request, also when the other one has fewer connections. */
    static Haproxy byLot(Path folder, Duration silence, int... nodes) {
        Shipped files = files(folder, nodes);
        hurry(files, silence);
        files.replace(MAIN, "balance leastconn", "balance random(1)");
        return plain(files);
    }

    /** The same as {@link #plain} with limits and times as they are shipped, but that a burst is not forgotten within a test. */
    static Haproxy asShipped(Path folder, int node) {
        Shipped files = files(folder, node);
        String counted = "stick-table type ipv6 size 200k expire 1m store conn_cur,gpc0_rate(";
        files.replace(MAIN, counted + "1s)", counted + "1m)");
        return plain(files);
    }

    /** The same with {@code tls.cfg}. */
    static Haproxy tls(Path folder, Certificate certificate, Duration silence, int... nodes) {
        Shipped files = files(folder, nodes);
        hurry(files, silence);
        int port = Ports.free();
        encrypt(files, certificate, Ports.free(), port);
        return new Haproxy(URI.create("https://127.0.0.1:" + port + "/"), files, MAIN, TLS);
    }

    /** With nothing but what every tutorial begins with. */
    static Haproxy bare(Path folder, int node) {
        int port = Ports.free();
        var files = new Shipped(folder);
        files.write("bare.cfg", """
            defaults
                mode http
                timeout connect 5s
                timeout client 50s
                timeout server 50s
            listen parley
                bind 127.0.0.1:%d
                server node 127.0.0.1:%d
            """.formatted(port, node));
        return new Haproxy(URI.create("http://127.0.0.1:" + port + "/"), files, "bare.cfg");
    }

    /** What {@code haproxy -c} says of the shipped files; fails if it finds a fault. */
    static String check(Path folder, Certificate certificate) {
        Shipped files = Shipped.copy("haproxy", folder);
        String plain = ProxyProcess.run(command(files, "-c", MAIN, PLAIN));
        encrypt(files, certificate, 80, 443);
        return plain + ProxyProcess.run(command(files, "-c", MAIN, TLS));
    }

    @Override
    public URI base() {
        return base;
    }

    @Override
    public String errorLog() {
        return process.said();
    }

    @Override
    public String accessLog() {
        return process.said();
    }

    @Override
    public void close() {
        process.close();
    }

    private static Haproxy plain(Shipped files) {
        int port = Ports.free();
        files.replace(PLAIN, "bind :80 ", "bind 127.0.0.1:" + port + " ");
        return new Haproxy(URI.create("http://127.0.0.1:" + port + "/"), files, MAIN, PLAIN);
    }

    /** The shipped files as they are, but for what only root may do, and for the nodes. */
    private static Shipped files(Path folder, int... nodes) {
        Shipped files = Shipped.copy("haproxy", folder);
        files.replace(MAIN, "log /dev/log local0", "log stdout format raw local0");
        files.replace(MAIN, "user haproxy", "");
        files.replace(MAIN, "group haproxy", "");
        files.replace(MAIN, "maxconn 40000", "maxconn 8000"); // a test needs fewer, and may open fewer
        String servers = IntStream.of(nodes)
                .mapToObj(node -> "server node" + node + " 127.0.0.1:" + node)
                .collect(Collectors.joining("\n    "));
        files.replace(MAIN, "server node1 127.0.0.1:8080", servers);
        return files;
    }

    /** Times for tests, and limits: no person publishes as fast as the wire suite. */
    private static void hurry(Shipped files, Duration silence) {
        String publishes = "acl too_many_publishes sc0_gpc0_rate gt ";
        files.replace(MAIN, publishes + "200", publishes + "20000");
        String open = "acl too_many_open sc0_conn_cur gt ";
        files.replace(MAIN, open + "1000", open + "30000");
        for (String kind : List.of("client", "server", "tunnel")) {
            String timeout = "timeout " + kind + " ";
            files.replace(MAIN, timeout + "75s", timeout + silence.toMillis() + "ms");
        }
    }

    private static void encrypt(Shipped files, Certificate certificate, int plainPort, int port) {
        files.replace(
                TLS,
                "bind :443 ssl crt /etc/haproxy/certs/ ",
                "bind 127.0.0.1:" + port + " ssl crt " + certificate.both() + " ");
        files.replace(TLS, "bind :80", "bind 127.0.0.1:" + plainPort);
    }

    private static List<String> command(Shipped files, String option, String... names) {
        var command = new ArrayList<String>();
        command.add(ProxyProcess.program("it.haproxy", "/usr/sbin/haproxy"));
        command.add(option);
        for (String name : names) {
            command.addAll(List.of("-f", files.file(name).toString()));
        }
        return command;
    }
}
