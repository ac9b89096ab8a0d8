package dev.parley.bench;

import dev.parley.core.ChannelName;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One of the publishers that all send at once, with a channel of its own. */
@State(Scope.Thread)
public class Publisher {
    static final int COUNT = 100;

    /** 128 bytes. */
    static final String DATA = '"' + "x".repeat(126) + '"';

    private static final AtomicInteger NEXT = new AtomicInteger();

    final ChannelName channel = new ChannelName("room:" + NEXT.getAndIncrement() % COUNT);
}
