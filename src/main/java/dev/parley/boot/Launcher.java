package dev.parley.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Unpacks Tomcat out of the WAR and goes on in {@link Server}, which only a class loader with Tomcat's jars can load. */
public final class Launcher {
    private static final String JARS = "WEB-INF/boot/";

    private Launcher() {}

    /**
     * Starts the server and stays in it until it stops. Ends the JVM with 1 if it cannot start.
     *
     * @param words a {@link Command} to run instead, if there are any; ends the JVM with its status
     */
    public static void launch(String[] words) throws ReflectiveOperationException {
        LogSetup.apply();
        MavenParent.follow();
        DataDefault.tell();
        Path war = ownFile();
        if (words.length > 0) {
            System.exit(new Command(war, List.of(words)).run());
        }
        TempFolder folder = TempFolder.create();
        ClassLoader loader = new URLClassLoader(classPath(war, folder.path()), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass("dev.parley.boot.Server")
                .getMethod("main", String[].class)
                .invoke(null, (Object)
                        new String[] {war.toString(), folder.path().toString()});
    }

    private static Path ownFile() {
        try {
            return Path.of(Launcher.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL[] classPath(Path war, Path folder) {
        List<URL> urls = new ArrayList<>();
        try (JarFile file = new JarFile(war.toFile())) {
            urls.add(url(war));
            for (JarEntry entry : file.stream().filter(Launcher::isBootJar).toList()) {
                Path jar = folder.resolve(entry.getName().substring(JARS.length()));
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, jar);
                }
                urls.add(url(jar));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return urls.toArray(URL[]::new);
    }

    private static boolean isBootJar(JarEntry entry) {
        return entry.getName().startsWith(JARS) && entry.getName().endsWith(".jar");
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
