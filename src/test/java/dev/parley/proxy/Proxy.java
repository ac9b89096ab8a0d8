package dev.parley.proxy;

import java.net.URI;

/** A proxy that runs, in front of one Parley or several. */
public interface Proxy extends AutoCloseable {
    /** Where clients find Parley, with a slash at its end. */
    URI base();

    /** What it has complained of so far. */
    String errorLog();

    /** What it has written of requests so far; the line of a connection is written when that ends. */
    String accessLog();

    /** Ends it at once, and its connections. */
    @Override
    void close();
}
