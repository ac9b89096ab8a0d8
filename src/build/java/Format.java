import static java.nio.charset.StandardCharsets.UTF_8;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks the layout of the sources, or puts it right: {@code Format check|apply FOLDER...}.
 *
 * <p>A program of its own because the formatter must run on the JDK that compiles the sources: the parser of Maven's JDK may be too
 * old for them. {@code pom.xml} starts it from its source with that JDK.
 */
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean apply = args[0].equals("apply");
        List<Path> different = new ArrayList<>();
        boolean broken = false;
        for (Path file : sources(List.of(args).subList(1, args.length))) {
            String text = Files.readString(file);
            try {
                String wanted = FORMATTER.formatSourceAndFixImports(text);
                if (!wanted.equals(text)) {
                    different.add(file);
                    if (apply) {
                        Files.writeString(file, wanted, UTF_8);
                    }
                }
            } catch (FormatterException e) {
                System.err.println(file + ": " + e.getMessage());
                broken = true;
            }
        }
        different.forEach(file -> System.err.println((apply ? "formatted " : "badly formatted: ") + file));
        if (!apply && !different.isEmpty()) {
            System.err.println("`mvn -Pformat` puts this right.");
        }
        System.exit(broken || !apply && !different.isEmpty() ? 1 : 0);
    }

    private static List<Path> sources(List<String> folders) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : folders) {
            if (Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> files = Files.walk(Path.of(folder))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                }
            }
        }
        return found;
    }
}
