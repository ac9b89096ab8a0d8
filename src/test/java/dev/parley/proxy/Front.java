package dev.parley.proxy;

import dev.parley.wire.client.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which a client may come to Parley through a proxy that has the files of {@code config/}. */
public enum Front {
    NGINX,
    NGINX_TLS,
    HAPROXY,
    HAPROXY_TLS;

    /** {@code nginx-tls} and the like. */
    static Front of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    boolean isEncrypted() {
        return this == NGINX_TLS || this == HAPROXY_TLS;
    }

    boolean isNginx() {
        return this == NGINX || this == NGINX_TLS;
    }

    /**
     * Starts the proxy in front of one node or several.
     *
     * @param folder that nobody else uses
     * @param read the longest silence of Parley that it bears
     * @param nodes Parley's ports on the loopback
     */
    public Running start(Path folder, Duration read, int... nodes) {
        Certificate certificate = isEncrypted() ? Certificate.make(folder) : null;
        Proxy proxy = switch (this) {
            case NGINX -> Nginx.plain(folder, read, nodes);
            case HAPROXY -> Haproxy.plain(folder, read, nodes);
            case NGINX_TLS -> Nginx.tls(folder, made(certificate), read, nodes);
            case HAPROXY_TLS -> Haproxy.tls(folder, made(certificate), read, nodes);
        };
        return new Running(proxy, new Wire(proxy.base(), certificate == null ? null : certificate.clients()));
    }

    /**
     * A proxy that runs, and the clients' way to it.
     *
     * @param wire over HTTP/1.1, with TLS over HTTP/2
     */
    public record Running(Proxy proxy, Wire wire) implements AutoCloseable {
        @Override
        public void close() {
            wire.close();
            proxy.close();
        }
    }

    private static Certificate made(@Nullable Certificate certificate) {
        if (certificate == null) {
            throw new IllegalStateException("no certificate");
        }
        return certificate;
    }
}
