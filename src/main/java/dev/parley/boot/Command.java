package dev.parley.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Something that the WAR does instead of serving: {@code java -jar parley.war copy-to-redis}. */
final class Command {
    private static final String CLASSES = "WEB-INF/classes/";
    private static final String JARS = "WEB-INF/lib/";

    private final Path war;
    private final List<String> words;

    /** @param words the command's name and its options; at least one */
    Command(Path war, List<String> words) {
        this.war = war;
        this.words = words;
    }

    /** @return the exit status */
    int run() throws ReflectiveOperationException {
        if (!words.getFirst().equals("copy-to-redis")) {
            System.err.println("Parley knows no command " + words.getFirst()
                    + ". Without one it serves; `copy-to-redis [--replace]` copies the log to Redis.");
            return 1;
        }
        TempFolder folder = TempFolder.create();
        try (var loader = new URLClassLoader(unpack(folder.path()), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            return (int) loader.loadClass("dev.parley.app.CopyToRedis")
                    .getMethod("run", List.class, PrintStream.class)
                    .invoke(null, words.subList(1, words.size()), System.out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            folder.delete();
        }
    }

    /** What a container would load the application from. */
    private URL[] unpack(Path folder) throws IOException {
        List<URL> urls = new ArrayList<>();
        Path classes =
                Files.createDirectories(folder.resolve(CLASSES)); // the URL of a folder that is not there is a file's
        urls.add(classes.toUri().toURL());
        try (JarFile file = new JarFile(war.toFile())) {
            for (JarEntry entry : file.stream().filter(Command::isWanted).toList()) {
                Path copy = folder.resolve(entry.getName()).normalize();
                Files.createDirectories(copy.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, copy);
                }
                if (entry.getName().startsWith(JARS)) {
                    urls.add(copy.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static boolean isWanted(JarEntry entry) {
        return !entry.isDirectory()
                && (entry.getName().startsWith(CLASSES) || entry.getName().startsWith(JARS));
    }
}
