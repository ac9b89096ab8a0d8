package dev.parley.boot;

import java.util.List;

/**
 * The Maven process behind {@code mvn -Prun}. Its {@code -Dparley.…} options become this JVM's, so that the build file need not list
 * every setting, and its end is the server's end, whatever signal it was.
 */
final class MavenParent {
    /** Set by {@code mvn -Prun} alone. */
    private static final String MARK = "boot.maven";

    private MavenParent() {}

    static void follow() {
        if (!Boolean.getBoolean(MARK)) {
            return;
        }
        ProcessHandle.current().parent().ifPresent(maven -> {
            maven.info().arguments().ifPresent(arguments -> adopt(List.of(arguments)));
            var unused = maven.onExit().thenRun(() -> System.exit(0));
        });
    }

    /** Takes {@code -Dparley.x=y}, {@code -D parley.x=y} and {@code --define parley.x=y}. */
    private static void adopt(List<String> arguments) {
        String before = "";
        for (String argument : arguments) {
            if (argument.startsWith("-Dparley.")) {
                set(argument.substring(2));
            } else if ((before.equals("-D") || before.equals("--define")) && argument.startsWith("parley.")) {
                set(argument);
            }
            before = argument;
        }
    }

    private static void set(String definition) {
        int equals = definition.indexOf('=');
        if (equals < 0) {
            System.setProperty(definition, "true"); // as Maven reads it
        } else {
            System.setProperty(definition.substring(0, equals), definition.substring(equals + 1));
        }
    }
}
