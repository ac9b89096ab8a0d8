package dev.parley.boot;

/** Where {@code java -jar parley.war} begins. Compiled for Java 11, so that an older Java than Parley needs can say so. */
public final class Main {
    private static final int NEEDED = 21;

    private Main() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        int present = Runtime.version().feature();
        if (present < NEEDED) {
            System.err.println("Parley needs Java " + NEEDED + " or newer. This is Java " + present + ", from "
                    + System.getProperty("java.home"));
            System.exit(1);
        }
        // By name: this class must not draw the others into its own compilation.
        Class.forName("dev.parley.boot.Launcher")
                .getMethod("launch", String[].class)
                .invoke(null, (Object) args);
    }
}
