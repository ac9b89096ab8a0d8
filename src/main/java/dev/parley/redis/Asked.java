package dev.parley.redis;

import dev.parley.core.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One question to the other nodes, and what they have answered so far. */
final class Asked {
    private final Map<String, String> missing = new HashMap<>(); // id to name; guarded by this
    private final List<String> texts = new ArrayList<>(); // guarded by this

    synchronized void await(String node, String name) {
        missing.put(node, name);
    }

    /** Also by a node that was not known when the question was asked. */
    synchronized void answered(String node, String text) {
        texts.add(text);
        left(node);
    }

    /** This one has gone and will not answer. */
    synchronized void left(String node) {
        missing.remove(node);
        if (missing.isEmpty()) {
            notifyAll();
        }
    }

    /** Blocks until there is nobody to wait for any more, or for so long. */
    synchronized Nodes.Answers answers(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toMillis(); !missing.isEmpty() && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Nodes.Answers(texts, missing.values().stream().sorted().toList());
    }
}
