package dev.parley.fault;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;

/**
 * A Tomcat in a JVM of its own, in which the WAR is deployed, used and undeployed several times. Prints {@value #CLEAN} if nothing of
 * it is left, else what is.
 */
public final class UndeployedMain {
    static final String CLEAN = "nothing is left";

    private static final int TIMES = 3;
    private static final long DEADLINE_SECONDS = 30;
    private static final int RESTART = 1012;
    private static final String UNHEEDED = "unheeded";

    private static final List<String> NOT_OURS =
            List.of("http-nio-", "Catalina-utility-", "HttpClient-", "ForkJoinPool", "VirtualThread-");

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final Tomcat tomcat = new Tomcat();
    private final Path war;

    private UndeployedMain(Path war, Path folder) throws IOException {
        this.war = war;
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getServer()
                .addLifecycleListener(
                        new JreMemoryLeakPreventionListener()); // as Tomcat's server.xml has it: no jar stays open
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.getEngine()
                .setBackgroundProcessorDelay(-1); // or Tomcat may find its own thread at work in the application
        Files.createDirectories(folder.resolve("webapps"));
        tomcat.getHost().setAppBase(folder.resolve("webapps").toString());
    }

    /** @param args the WAR, and an empty folder to work in */
    public static void main(String[] args) {
        try {
            run(args);
            System.exit(0); // not asking whoever may still run
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String... args) throws Exception {
        var run = new UndeployedMain(Path.of(args[0]), Path.of(args[1]));
        run.tomcat.getConnector();
        run.tomcat.start();
        HttpClient client = HttpClient.newHttpClient(); // not closed, as that would wait for the event streams
        Set<String> files = openFiles();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            loaders.add(run.deployUseAndUndeploy(client, "/round" + i));
        }
        System.out.println(run.leftOvers(loaders, files));
    }

    private WeakReference<ClassLoader> deployUseAndUndeploy(HttpClient client, String path) throws Exception {
        Context context = tomcat.addWebapp(tomcat.getHost(), path, war.toString(), new WithFiles());
        var unheeding = new Unheeding();
        context.getPipeline().addValve(unheeding);
        if (!context.getState().isAvailable()) {
            throw new AssertionError("not deployed");
        }
        var loader = new WeakReference<>(context.getLoader().getClassLoader());
        URI base = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path + '/');
        var closed = new CompletableFuture<Integer>();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws" + base.toString().substring("http".length()) + "chat/lobby"), new Ears(closed))
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        Iterator<String> events = client.send(get(base, "events/chat:lobby?after=earliest"), BodyHandlers.ofLines())
                .body()
                .iterator();
        expect("hello", events);
        CompletableFuture<HttpResponse<String>> poll =
                client.sendAsync(get(base, "poll?wait=55&after=latest&channel=chat:cellar"), BodyHandlers.ofString());
        client.send(get(base, "metrics"), BodyHandlers.ofString());
        HttpRequest publish = HttpRequest.newBuilder(base.resolve("channels/chat:attic/messages"))
                .POST(HttpRequest.BodyPublishers.ofString("over HTTP"))
                .header("Content-Type", "text/plain")
                .build();
        expect(201, client.send(publish, BodyHandlers.discarding()).statusCode());
        CompletableFuture<?> unheeded = client.sendAsync(get(base, UNHEEDED), BodyHandlers.discarding());
        unheeding.begun.await();
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.STOP_EVENT)) {
                unheeded.join(); // whom Tomcat breaks off while an application is being stopped has been by now
            }
        });

        tomcat.getHost().removeChild(context);
        expect(RESTART, closed.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        expect("closing", events);
        expect(200, poll.get(DEADLINE_SECONDS, TimeUnit.SECONDS).statusCode());
        return loader;
    }

    private String leftOvers(List<WeakReference<ClassLoader>> loaders, Set<String> filesBefore) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        List<String> threads = newThreads();
        while (System.nanoTime() < end
                && !(threads.isEmpty() && loaders.stream().allMatch(one -> one.refersTo(null)))) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            threads = newThreads();
        }
        String[] leaks = ((StandardHost) tomcat.getHost()).findReloadedContextMemoryLeaks();
        long alive = loaders.stream().filter(one -> !one.refersTo(null)).count();
        Set<String> files = openFiles();
        files.removeAll(filesBefore);
        return threads.isEmpty() && alive == 0 && leaks.length == 0 && files.isEmpty()
                ? CLEAN
                : "threads " + threads + ", " + alive + " class loaders, files " + files + ", Tomcat says "
                        + Arrays.toString(leaks);
    }

    /** Of this process, by their paths, and files that it has mapped into its memory; the JDK's own are opened when they are needed. */
    private static Set<String> openFiles() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.exists(descriptor)) { // not the one of this list
                    files.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
            mapped.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .forEach(files::add);
        }
        files.removeIf(file -> !file.startsWith("/") || file.startsWith(System.getProperty("java.home")));
        return files;
    }

    /** Those that neither were there before nor belong to Tomcat, the JDK's virtual threads or its client. */
    private List<String> newThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> NOT_OURS.stream().noneMatch(name::startsWith))
                .toList();
    }

    private static HttpRequest get(URI base, String path) {
        return HttpRequest.newBuilder(base.resolve(path)).build();
    }

    private static void expect(int expected, int found) {
        if (expected != found) {
            throw new AssertionError(found + " and not " + expected);
        }
    }

    private static void expect(String part, Iterator<String> stream) {
        while (!stream.next().contains(part)) {
            // another line comes, or the stream ends, and with it this
        }
    }

    /** What Tomcat's own web.xml adds of all that it adds: without any servlet at its root an application gets no requests. */
    private static final class WithFiles extends ContextConfig {
        @Override
        protected synchronized void configureStart() {
            super.configureStart();
            Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        }
    }

    /** Never answers a request of its path, which has no timeout. */
    private static final class Unheeding extends ValveBase {
        private final CountDownLatch begun = new CountDownLatch(1);

        Unheeding() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getRequestURI().endsWith(UNHEEDED)) {
                request.startAsync().setTimeout(0);
                begun.countDown();
            } else {
                getNext().invoke(request, response);
            }
        }
    }

    private record Ears(CompletableFuture<Integer> closed) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
