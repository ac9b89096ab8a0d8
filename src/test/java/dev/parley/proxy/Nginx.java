package dev.parley.proxy;

import dev.parley.fault.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Debian's nginx in the foreground, with files of its own in a folder of its own, on a free port of the loopback. */
final class Nginx implements Proxy {
    /**
     * Stands around the shipped files, as an operator's own settings do. Folders for nginx to write to, as Debian's belong to
     * root; and settings that would do harm to streams if the files did not see to it: compression of everything, and a deaf ear
     * for what Parley says about buffering. And connections without an end: over HTTP/2 the JDK's client may wait for ever for the
     * answer to a large request that is under way while nginx ends the connection, which it does after 1000 requests.
     */
    private static final String SURROUNDINGS = temporaryFolders() + """
        gzip on;
        gzip_types *;
        gzip_min_length 1;
        gzip_proxied any;
        proxy_ignore_headers X-Accel-Buffering;
        keepalive_requests 1000000;
        """;

    private final ProxyProcess process;
    private final Path folder;
    private final URI base;

    private Nginx(Path folder, String scheme, int port) {
        this.folder = folder;
        this.base = URI.create(scheme + "://127.0.0.1:" + port + "/");
        this.process = ProxyProcess.start(command(folder, "nginx.conf", "-g", "daemon off;"), port);
    }

    /**
     * Starts it with {@code nginx.conf} and returns when it listens.
     *
     * @param folder that nobody else uses, for its files
     * @param read instead of the time in {@code timeouts.conf}, so that a test need not wait a minute
     * @param nodes Parley's ports on the loopback; of several nodes each goes into {@code upstream-nodes.conf}
     */
    static Nginx plain(Path folder, Duration read, int... nodes) {
        int port = Ports.free();
        Shipped files = files(folder, "nginx.conf");
        listen(files, port);
        if (nodes.length == 1) {
            pass(files, nodes[0]);
        } else {
            files.replace("nginx.conf", "include parley/upstream.conf;", "include parley/upstream-nodes.conf;");
            pass(files, nodes);
        }
        hurry(files, read);
        return new Nginx(folder, "http", port);
    }

    /** The same with {@code nginx-tls.conf} and any number of nodes. */
    static Nginx tls(Path folder, Certificate certificate, Duration read, int... nodes) {
        int port = Ports.free();
        Shipped files = files(folder, "nginx-tls.conf");
        encrypt(files, certificate, Ports.free(), port);
        pass(files, nodes);
        hurry(files, read);
        return new Nginx(folder, "https", port);
    }

    /** The same as {@link #plain} with limits and times as they are shipped, but that a burst is not forgotten within a test. */
    static Nginx asShipped(Path folder, int node) {
        int port = Ports.free();
        Shipped files = files(folder, "nginx.conf");
        listen(files, port);
        pass(files, node);
        String zone = "limit_req_zone $parley_publisher zone=parley_publishes:10m ";
        files.replace("parley/limits.conf", zone + "rate=100r/s;", zone + "rate=1r/m;");
        return new Nginx(folder, "http", port);
    }

    /** With nothing but a {@code proxy_pass}, as in the first example of every tutorial. */
    static Nginx bare(Path folder, int node) {
        int port = Ports.free();
        new Shipped(folder).write("nginx.conf", """
            pid %1$s/nginx.pid;
            events {}
            http {
                %2$s
                access_log %1$s/access.log;
                server {
                    listen 127.0.0.1:%3$d;
                    location / {
                        proxy_pass http://127.0.0.1:%4$d;
                    }
                }
            }
            """.formatted(folder, temporaryFolders(), port, node));
        return new Nginx(folder, "http", port);
    }

    /** What {@code nginx -t} says of a whole configuration; fails if it finds a fault. */
    static String check(Path folder, String main, @Nullable Certificate certificate) {
        Shipped files = files(folder, main);
        if (certificate != null) {
            encrypt(files, certificate, 80, 443);
        }
        return ProxyProcess.run(command(folder, "nginx.conf", "-t"));
    }

    /** The same of an example whose upstream is written in another of the files. */
    static String check(Path folder, String upstream) {
        files(folder, "nginx.conf").replace("nginx.conf", "include parley/upstream.conf;", "include " + upstream + ";");
        return ProxyProcess.run(command(folder, "nginx.conf", "-t"));
    }

    @Override
    public URI base() {
        return base;
    }

    @Override
    public String errorLog() {
        return process.said() + Shipped.read(folder.resolve("error.log"));
    }

    @Override
    public String accessLog() {
        return Shipped.read(folder.resolve("access.log"));
    }

    @Override
    public void close() {
        process.close();
    }

    /** The shipped files as they are, but for paths that belong to root, and with the main one under the usual name. */
    private static Shipped files(Path folder, String main) {
        Shipped files = Shipped.copy("nginx", folder);
        if (!main.equals("nginx.conf")) {
            files.write("nginx.conf", Shipped.read(files.file(main)));
        }
        files.write("test.conf", SURROUNDINGS);
        files.replace("nginx.conf", "http {", "http {\n    include test.conf;");
        files.replace("nginx.conf", "user www-data;", "user " + System.getProperty("user.name") + ";"); // the folder's
        files.replace("nginx.conf", "pid /run/", "pid " + folder + "/");
        files.replace("nginx.conf", "error_log /var/log/nginx/", "error_log " + folder + "/");
        files.replace("parley/log.conf", "access_log /var/log/nginx/", "access_log " + folder + "/");
        // a machine that tests has fewer, and a test needs fewer
        files.replace("nginx.conf", "worker_rlimit_nofile 45000;", "");
        files.replace("nginx.conf", "worker_connections 40000;", "worker_connections 19000;");
        return files;
    }

    private static void listen(Shipped files, int port) {
        files.replace("nginx.conf", "listen 80 ", "listen 127.0.0.1:" + port + " ");
    }

    private static void pass(Shipped files, int node) {
        files.replace("parley/upstream.conf", "server 127.0.0.1:8080;", "server 127.0.0.1:" + node + ";");
    }

    private static void pass(Shipped files, int[] nodes) {
        files.replace("parley/upstream-nodes.conf", "server 10.0.0.12:", "# server 10.0.0.12:");
        String servers = IntStream.of(nodes)
                .mapToObj(node -> "server 127.0.0.1:" + node + " max_fails=1 fail_timeout=5s;")
                .collect(Collectors.joining(" "));
        files.replace("parley/upstream-nodes.conf", "server 10.0.0.11:8080 max_fails=1 fail_timeout=5s;", servers);
    }

    private static void encrypt(Shipped files, Certificate certificate, int plainPort, int port) {
        files.replace("nginx.conf", "listen 80;", "listen 127.0.0.1:" + plainPort + ";");
        files.replace("nginx.conf", "listen 443 ", "listen 127.0.0.1:" + port + " ");
        files.replace(
                "nginx.conf",
                "ssl_certificate /etc/ssl/parley/fullchain.pem",
                "ssl_certificate " + certificate.chain());
        files.replace(
                "nginx.conf",
                "ssl_certificate_key /etc/ssl/parley/privkey.pem",
                "ssl_certificate_key " + certificate.key());
    }

    /** Times for tests, and limits: no person publishes as fast as the wire suite. */
    private static void hurry(Shipped files, Duration read) {
        String zone = "limit_req_zone $parley_publisher zone=parley_publishes:10m ";
        files.replace("parley/limits.conf", zone + "rate=100r/s;", zone + "rate=10000r/s;");
        files.replace("parley/limited.conf", "limit_conn parley_open 1000;", "limit_conn parley_open 30000;");
        files.replace(
                "parley/timeouts.conf", "proxy_read_timeout 75s;", "proxy_read_timeout " + read.toMillis() + "ms;");
    }

    private static String temporaryFolders() {
        return Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(kind -> kind + "_temp_path temp-" + kind + ";\n")
                .collect(Collectors.joining());
    }

    private static List<String> command(Path folder, String main, String... options) {
        String program = ProxyProcess.program("it.nginx", "/usr/sbin/nginx");
        String file = folder.resolve(main).toString();
        return Stream.concat(
                        Stream.of(program, "-p", folder.toString(), "-c", file, "-e", "stderr"), Stream.of(options))
                .toList();
    }
}
