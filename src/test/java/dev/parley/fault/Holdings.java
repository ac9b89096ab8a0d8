package dev.parley.fault;

import java.time.Duration;

/** What a server's process holds. */
record Holdings(Vitals.Threads threads, long files, long heap) {
    /** A connection of the one who looks may just be opened again. */
    private static final int FILES = 1;

    /** The pool that carries the virtual threads grows when one blocks its carrier, and shrinks only half a minute later. */
    private static final int THREADS = 4;

    /** Requests for the health, and writers on their way out. */
    private static final int VIRTUAL_THREADS = 3;

    /**
     * What the JVM compiles and profiles meanwhile, the messages in the log, and the 64 processors of 45 KB that Tomcat keeps for
     * the next connections. Tens of thousands of connections that leave a few hundred bytes each are more.
     */
    private static final long HEAP = 8 << 20;

    static Holdings of(Vitals vitals) {
        return new Holdings(vitals.threads(), vitals.files(), vitals.heap());
    }

    /** Waits until the server has forgotten everybody but its publisher, and holds no more than this. */
    Holdings awaitAgain(Scene scene, Duration atMost) {
        scene.awaitAlone(0, atMost);
        long start = System.nanoTime();
        Holdings now = of(scene.vitals());
        while (!now.isWithin(this)) { // without a pause: to look takes long enough
            if (System.nanoTime() - start > atMost.toNanos()) {
                throw new AssertionError("not back at " + this + " within " + atMost + ": " + now);
            }
            now = of(scene.vitals());
        }
        return now;
    }

    private boolean isWithin(Holdings before) {
        return threads.platform() <= before.threads.platform() + THREADS
                && threads.virtual() <= before.threads.virtual() + VIRTUAL_THREADS
                && files <= before.files + FILES
                && heap <= before.heap + HEAP;
    }
}
