package dev.parley.wire.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The server under test, by its base address: plain HTTP to it, and the addresses for the other clients. Any thread may use it. */
public final class Wire implements AutoCloseable {
    /** Ends a test that fails; a test that passes never waits for it. */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private final URI base;
    private final @Nullable SSLContext tls;
    private final HttpClient client;

    /**
     * Of WebSockets only, which so have connections of their own, as a browser's have: Tomcat as it comes ends a connection with its
     * 100th request, and says so beside the upgrade, too, which this client takes for a mistake.
     */
    private final HttpClient sockets;

    /** @param base of the application, with its context path */
    public Wire(URI base) {
        this(base, null);
    }

    /**
     * Plain: HTTP/1.1. With TLS: HTTP/2 where the server takes it; a WebSocket has a connection of its own all the same.
     *
     * @param base of the application, with its context path
     * @param tls for {@code https}: whom to trust
     */
    public Wire(URI base, @Nullable SSLContext tls) {
        this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
        this.tls = tls;
        this.client = client(tls);
        this.sockets = client(tls);
    }

    private static HttpClient client(@Nullable SSLContext tls) {
        var builder = HttpClient.newBuilder().connectTimeout(DEADLINE);
        return tls == null
                ? builder.version(HttpClient.Version.HTTP_1_1).build()
                : builder.version(HttpClient.Version.HTTP_2).sslContext(tls).build();
    }

    public URI base() {
        return base;
    }

    /** @param path relative to the application, with its query */
    public URI http(String path) {
        return URI.create(base + path);
    }

    public URI socket(String path) {
        return URI.create("ws" + http(path).toString().substring("http".length()));
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    public Answer post(String path, String mediaType, String body, String... headers) {
        return post(path, mediaType, body.getBytes(UTF_8), headers);
    }

    public Answer post(String path, String mediaType, byte[] body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    public Answer send(HttpRequest request) {
        return within(later(request), request.method() + " " + request.uri());
    }

    /** Over which version of HTTP an answer comes. */
    public HttpClient.Version version(String path) {
        var request = request(path).GET().build();
        return within(client.sendAsync(request, BodyHandlers.discarding()), "GET " + request.uri())
                .version();
    }

    /** Asks without waiting for the answer. */
    public CompletableFuture<Answer> later(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(Wire::answer);
    }

    public CompletableFuture<Answer> getLater(String path) {
        return later(request(path).GET().build());
    }

    /** Publishes over HTTP and gives the position. */
    public String publish(String channel, Object data) {
        return post(messages(channel), "application/json", Json.write(data))
                .expect(201)
                .doc()
                .text("position");
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(http(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Whom to trust, for clients other than these; none where the server speaks without TLS. */
    public Optional<SSLContext> tls() {
        return Optional.ofNullable(tls);
    }

    HttpClient client() {
        return client;
    }

    HttpClient sockets() {
        return sockets;
    }

    public static String messages(String channel) {
        return "channels/" + encoded(channel) + "/messages";
    }

    /** Percent-encoded, as one segment of a path or one value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** The result, or an assertion that fails after {@link #DEADLINE}. */
    public static <T> T within(Future<T> future, String what) {
        try {
            return future.get(DEADLINE.toMillis(), MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new AssertionError("nothing within " + DEADLINE + ": " + what, e);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted: " + what, e);
        }
    }

    @Override
    public void close() {
        sockets.shutdownNow();
        client.shutdownNow();
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        var headers = new TreeMap<String, String>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return Answer.of(response.statusCode(), headers, response.body());
    }
}
