package dev.parley.fault.breaking;

import dev.parley.fault.RedisServer;

/**
 * Redis as a process that is broken: what it answered it has written to its file, so that its own end loses nothing, unless the
 * disk is behind.
 */
final class RedisPart implements Part, AutoCloseable {
    private final RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "everysec");

    int port() {
        return server.port();
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public void start() {
        server.restart();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void stop() {
        server.say("SHUTDOWN");
        server.kill(); // waits until it has ended
    }

    @Override
    public void freeze() {
        server.pause();
    }

    @Override
    public void thaw() {
        server.resume();
    }

    @Override
    public void close() {
        server.close();
    }
}
