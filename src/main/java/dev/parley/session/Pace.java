package dev.parley.session;

/**
 * How fast a crowd is to leave so that the last one is gone when the time is over, and no moment sees more than its share. For one
 * thread.
 */
final class Pace {
    private final long end;
    private long last;
    private double owed; // the part of a leaver that is not due yet

    /**
     * @param now in nanoseconds of {@link System#nanoTime}, as all times here
     * @param over in nanoseconds
     */
    Pace(long now, long over) {
        this.last = now;
        this.end = now + over;
    }

    /** How many of those who are still there are to leave now. Asked again and again, each time with who is left. */
    int due(int left, long now) {
        if (isOver(now)) {
            return left;
        }
        owed += left * ((double) (now - last) / (end - last));
        last = now;
        int due = Math.min(left, (int) owed);
        owed -= due;
        return due;
    }

    boolean isOver(long now) {
        return now - end >= 0;
    }
}
