package dev.parley.fault;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;

/**
 * A process with a Tomcat that stays while the WAR in it comes and goes: {@code TomcatHost WAR BASE}. It does what the lines of its
 * input say, {@code undeploy} or {@code deploy}, and says so once it has. Tomcat's jars and this class are all that it needs.
 */
final class TomcatHost {
    /** What it says once a line of its input is done, before that line. */
    static final String DONE = "done: ";

    private final Tomcat tomcat = new Tomcat();
    private final String war;
    private Context context;

    private TomcatHost(String war, Path base) throws Exception {
        this.war = war;
        Files.createDirectories(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.start();
        context = deploy();
    }

    public static void main(String[] args) throws Exception {
        var host = new TomcatHost(args[0], Path.of(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(host::stop));
        System.out.println(
                "Parley is at http://localhost:" + host.tomcat.getConnector().getLocalPort() + '/');
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            host.obey(line);
            System.out.println(DONE + line);
        }
    }

    private void obey(String line) {
        switch (line) {
            case "undeploy" -> tomcat.getHost().removeChild(context);
            case "deploy" -> context = deploy();
            default -> throw new IllegalArgumentException(line);
        }
    }

    private Context deploy() {
        Context deployed = tomcat.addWebapp("", war);
        if (deployed.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException("the WAR did not start");
        }
        Tomcat.addServlet(deployed, "default", new DefaultServlet()).addMapping("/");
        return deployed;
    }

    private void stop() {
        try {
            tomcat.stop();
        } catch (LifecycleException e) {
            System.getLogger(TomcatHost.class.getName()).log(System.Logger.Level.WARNING, "did not stop cleanly", e);
        }
    }
}
