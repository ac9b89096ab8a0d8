package dev.parley.boot;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** An embedded Tomcat that serves one WAR at the root until the JVM is told to stop. */
public final class Server {
    /** Where the application leaves what sends its clients away. */
    private static final String DRAIN = "parley.drain";

    private final Tomcat tomcat = new Tomcat();
    private final TempFolder folder;
    private volatile @Nullable Context application;

    private Server(TempFolder folder) {
        this.folder = folder;
        tomcat.setBaseDir(folder.path().toString()); // before all else, or Tomcat makes a folder where it was started
    }

    /** @param args the WAR and a folder to work in, which is deleted at the end */
    public static void main(String[] args) {
        Listener.shrinkFrameBuffers();
        Server server = new Server(new TempFolder(Path.of(args[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "parley-stop"));
        try {
            Options options = Options.read();
            server.start(Path.of(args[0]), options);
        } catch (StartFailure e) {
            System.err.println("Parley did not start: " + e.getMessage());
            if (e.getCause() != null) {
                e.getCause().printStackTrace();
            }
            System.exit(1);
        } catch (RuntimeException | Error e) { // a thread that Tomcat has begun would keep the JVM
            System.err.println("Parley did not start");
            e.printStackTrace();
            System.exit(1);
        }
        server.tomcat.getServer().await();
    }

    /** The context before the connector: until the application is ready, a client is refused and does not wait. */
    private void start(Path war, Options options) {
        Context context = WebApp.add(tomcat, war, folder.path(), options);
        application = context;
        StartLog log = StartLog.begin();
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw log.failure(e);
        }
        if (context.getState() != LifecycleState.STARTED) {
            throw log.failure(null);
        }
        Connector connector = Listener.of(options);
        tomcat.getService().addConnector(connector);
        if (connector.getState() != LifecycleState.STARTED) {
            throw Listener.failure(options, log.failure(null));
        }
        log.end();
        System.out.println("Parley is at http://" + host(options.address()) + ':' + connector.getLocalPort() + '/');
    }

    private static String host(String address) {
        return switch (address) {
            case "127.0.0.1", "::1", "0.0.0.0", "::" -> "localhost";
            default -> address.indexOf(':') < 0 ? address : '[' + address + ']';
        };
    }

    /**
     * The application sends its clients away while the connector still answers, so that who comes new is told that this node goes. Only
     * then Tomcat stops, which closes all connections.
     */
    private void stop() {
        Context context = application;
        if (context != null
                && context.getState().isAvailable()
                && context.getServletContext().getAttribute(DRAIN) instanceof Runnable drain) {
            drain.run();
        }
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            System.getLogger(Server.class.getName()).log(System.Logger.Level.WARNING, "did not stop cleanly", e);
        }
        folder.delete();
    }
}
