package dev.parley.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;

/** A {@link Host} with a Tomcat: {@code TomcatHost WAR BASE}. Tomcat's jars and this package are all that it needs. */
final class TomcatHost implements Host {
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
        context = deployed();
    }

    public static void main(String[] args) throws Exception {
        var host = new TomcatHost(args[0], Path.of(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(host::stop));
        System.out.println(
                "Parley is at http://localhost:" + host.tomcat.getConnector().getLocalPort() + '/');
        host.obey(System.in);
    }

    @Override
    public void deploy() {
        context = deployed();
    }

    @Override
    public void undeploy() {
        tomcat.getHost().removeChild(context);
    }

    private Context deployed() {
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
