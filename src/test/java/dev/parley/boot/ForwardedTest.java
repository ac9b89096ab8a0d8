package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word counts for where a request comes from. */
class ForwardedTest {
    private static final String CLIENT = "192.0.2.7 https";
    private static final String PROXY = "127.0.0.1 http";

    private final Tomcat tomcat = new Tomcat();

    @TempDir
    Path folder;

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.0/8,::1", "10.0.0.0/8, 127.0.0.1"})
    void trustedProxySpeaksForItsClient(String trusted) throws Exception {
        assertEquals(CLIENT, seen(trusted, "192.0.2.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/8", "127.0.0.2"})
    void anybodyElseSpeaksForNobody(String trusted) throws Exception {
        assertEquals(PROXY, seen(trusted, "192.0.2.7"));
    }

    /** A client that sends the header itself stands further left in it than what the trusted proxy has added. */
    @Test
    void whatAClientClaimsCountsForNothing() throws Exception {
        assertEquals(CLIENT, seen("127.0.0.1", "203.0.113.1, 192.0.2.7"));
    }

    @Test
    void proxiesBehindOneAnotherAreAllPassed() throws Exception {
        assertEquals(CLIENT, seen("127.0.0.1,10.0.0.0/8", "192.0.2.7, 10.1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/40", "127.0.0.1,nonsense/8"})
    void whatIsNoNetworkStopsTheStart(String trusted) {
        StartFailure failure = assertThrows(StartFailure.class, () -> Forwarded.valve(trusted));
        assertTrue(failure.toString().contains("parley.trusted-proxies"), failure::toString);
    }

    /** Address and scheme of a request from the loopback, as a servlet sees them. */
    private String seen(String trusted, String forwardedFor) throws Exception {
        tomcat.setBaseDir(folder.toString());
        tomcat.setSilent(true);
        tomcat.setPort(0);
        tomcat.getConnector()
                .setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        tomcat.getHost().getPipeline().addValve(Forwarded.valve(trusted));
        var context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "looker", new Looker()).addMapping("/");
        tomcat.start();
        var address = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
        var request = HttpRequest.newBuilder(address)
                .headers("X-Forwarded-For", forwardedFor, "X-Forwarded-Proto", "https")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static final class Looker extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getRemoteAddr() + " " + request.getScheme());
        }
    }
}
