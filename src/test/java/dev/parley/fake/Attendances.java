package dev.parley.fake;

import dev.parley.embedded.EmbeddedPresence;
import dev.parley.session.Attendance;
import java.time.Duration;

/** Who is where, with rules small enough to meet their edges. */
public final class Attendances {
    public static final Duration GRACE = Duration.ofSeconds(5);
    public static final Duration LEASE = Duration.ofSeconds(30);
    public static final int LISTED = 3;
    public static final int PUSHES = 12;

    private Attendances() {}

    public static Attendance over(EmbeddedPresence presence) {
        return new Attendance(presence, new Attendance.Rules(GRACE, LEASE, LISTED, PUSHES));
    }

    /** For tests that look at other things. */
    public static Attendance any() {
        return over(new EmbeddedPresence(new SettableClock()));
    }
}
