package dev.parley.boot;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that only a server of its own has. A system property wins over an environment variable ({@code PARLEY_PORT}), and
 * both over {@code conf/parley.properties} below {@code catalina.base}.
 *
 * @param address to listen on, a name or a number ({@code parley.address})
 * @param port 0 to 65535; 0 takes a free one ({@code parley.port})
 * @param handshakeMillis how long a new connection may take to send its request ({@code parley.handshake-deadline})
 * @param trustedProxies whose word counts for where a request comes from ({@code parley.trusted-proxies}); see {@link Forwarded}
 * @param json whether logs are written as JSON and not as text ({@code parley.log})
 */
record Options(String address, int port, int handshakeMillis, String trustedProxies, boolean json) {
    private static final int LARGEST_PORT = 65_535;
    private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})(ms|s|m)");

    /** @throws StartFailure for a value that is none */
    static Options read() {
        Properties file = file();
        return new Options(
                address(text(file, "address", "127.0.0.1")),
                port(text(file, "port", "8080")),
                millis(text(file, "handshake-deadline", "10s")),
                text(file, "trusted-proxies", "127.0.0.0/8,::1"),
                json(text(file, "log", "text")));
    }

    private static Properties file() {
        Properties properties = new Properties();
        String base = System.getProperty("catalina.base");
        if (base != null) {
            Path path = Path.of(base, "conf", "parley.properties");
            try (Reader in = Files.newBufferedReader(path)) {
                properties.load(in);
            } catch (NoSuchFileException e) {
                return properties; // every setting has a default
            } catch (IOException e) {
                throw new StartFailure("cannot read " + path + ": " + e.getMessage());
            }
        }
        return properties;
    }

    private static String text(Properties file, String key, String fallback) {
        String property = System.getProperty("parley." + key);
        if (property != null) {
            return property.strip();
        }
        String variable = System.getenv("PARLEY_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
        return variable != null
                ? variable.strip()
                : file.getProperty("parley." + key, fallback).strip();
    }

    private static String address(String text) {
        try {
            InetAddress.getByName(text);
            return text;
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    "parley.address must be an address or a known name of this machine, not \"" + text + '"');
        }
    }

    private static boolean json(String text) {
        return switch (text) {
            case "text" -> false;
            case "json" -> true;
            default -> throw new StartFailure("parley.log must be text or json, not \"" + text + '"');
        };
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw invalidPort(text);
        }
        throw invalidPort(text);
    }

    private static StartFailure invalidPort(String text) {
        return new StartFailure("parley.port must be a number from 0 (any free port) to 65535, not \"" + text + '"');
    }

    private static int millis(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new StartFailure(
                    "parley.handshake-deadline must be a time such as 500ms, 10s or 1m, not \"" + text + '"');
        }
        int number = Integer.parseInt(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> number;
            case "s" -> Math.multiplyExact(number, 1000);
            default -> Math.multiplyExact(Math.min(number, 1440), 60_000);
        };
    }
}
