package dev.parley.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;

/** The WAR as Tomcat's one application. */
final class WebApp {
    private WebApp() {}

    /**
     * Adds the WAR at the root. Tomcat's default web.xml would ask for a JSP engine; what Parley needs of it is said here, the rest in
     * the WAR's own.
     *
     * @param folder where Tomcat unpacks and writes what it must
     */
    static Context add(Tomcat tomcat, Path war, Path folder, Options options) {
        Path webapps = folder.resolve("webapps");
        try {
            Files.createDirectories(webapps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.getEngine().setParentClassLoader(WebApp.class.getClassLoader());
        StandardHost host = (StandardHost) tomcat.getHost();
        host.setAppBase(webapps.toString());
        host.setWorkDir(folder.resolve("work").toString());
        host.getPipeline().addValve(Forwarded.valve(options.trustedProxies()));
        host.setErrorReportValveClass(""); // or Tomcat adds its own, which answers first
        host.getPipeline().addValve(new ProblemReport());
        StandardContext context = (StandardContext) tomcat.addWebapp("", war.toString());
        context.setSkipMemoryLeakChecksOnJvmShutdown(true);
        Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
        return context;
    }
}
