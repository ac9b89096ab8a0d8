package dev.parley.wire.client;

/** Ends a wait that something keeps alive, as heartbeats do: {@link Wire#DEADLINE} from its making. */
final class Deadline {
    private final String waitingFor;
    private final long start = System.nanoTime();

    Deadline(String waitingFor) {
        this.waitingFor = waitingFor;
    }

    void check() {
        if (System.nanoTime() - start > Wire.DEADLINE.toNanos()) {
            throw new AssertionError("only other things came within " + Wire.DEADLINE + ": no " + waitingFor);
        }
    }
}
