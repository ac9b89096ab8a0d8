package dev.parley.app;

import dev.parley.config.Settings;
import dev.parley.config.SettingsSource;
import dev.parley.http.FilesFilter;
import dev.parley.sse.StreamFilter;
import dev.parley.websocket.EndpointFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Node} into a servlet container and takes it out again. */
@WebListener
public final class Deployment implements ServletContextListener {
    private static final String FILES = "/([^/]*\\.(html|svg|ico|png|txt|json|yaml|webmanifest))?|/(js|css|img)/.*";

    /** What is not JAX-RS's: files, and the addresses of WebSockets. */
    private static final String NOT_RESOURCES = FILES + "|/ws|/chat/.*|/echo";

    /** Context attribute: a {@link Runnable} for the embedded server to call while it still takes connections. */
    private static final String DRAIN = "parley.drain";

    /** Context attribute: the name of the node, for the embedded server's own answers. */
    private static final String NODE = "parley.node";

    private @Nullable Node node;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        String version = version();
        Settings settings = SettingsSource.read();
        Node started = new Node(settings, version);
        EndpointFactory.deploy(started.endpoints());
        addFilter(
                context,
                new Chained(
                        List.of(
                                started.frontFilter(),
                                started.handshakeFilter(),
                                new FilesFilter(FILES),
                                new StreamFilter(),
                                new ServletContainer(resources(started))),
                        this::drain));
        started.start();
        node = started;
        context.setAttribute(DRAIN, (Runnable) this::drain);
        context.setAttribute(NODE, settings.node());
        Banner.show(version, context.getServerInfo(), settings, SettingsSource.changed());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (node != null) {
            try {
                node.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        EndpointFactory.deploy(null);
    }

    private void drain() {
        if (node != null) {
            try {
                node.drain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Before all others: the container's own filter takes the handshakes. */
    private static void addFilter(ServletContext context, Filter filter) {
        FilterRegistration.Dynamic registration = context.addFilter("parley", filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private static ResourceConfig resources(Node node) {
        ResourceConfig config = new ResourceConfig();
        node.resources().forEach(config::register);
        config.addProperties(Map.of(
                "jersey.config.servlet.filter.staticContentRegex",
                NOT_RESOURCES,
                "jersey.config.server.contentLength.buffer", // every event stream keeps one of this size, in bytes
                1024,
                "jersey.config.server.wadl.disableWadl",
                true,
                "jersey.config.server.headers.location.relative.resolution.disabled",
                true));
        return config;
    }

    private static String version() {
        String version = Deployment.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
