package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Violation.Kind;
import java.util.BitSet;
import java.util.List;

/** Follows one reader's way along a log and reports each step that it should not have taken. */
final class Reading {
    private final Track track;
    private final LogIndex log;
    private final List<Violation> violations;
    private final BitSet seen = new BitSet();
    private final BitSet missed = new BitSet();
    private int next;
    private boolean toldOfGap;
    private long messages;
    private long gaps;

    Reading(Track track, LogIndex log, List<Violation> violations) {
        this.track = track;
        this.log = log;
        this.violations = violations;
        this.next =
                log.indexOfPosition(track.start()) + 1; // what is in no log is its beginning, before the first message
    }

    void message(long id) {
        messages++;
        int at = log.indexOf(id);
        if (at < 0) {
            report(Kind.READ_BUT_NOT_STORED, Numbered.name(id));
        } else {
            messageAt(at, id);
        }
    }

    void gap() {
        toldOfGap = true;
        gaps++;
    }

    /** Nothing more was read. */
    void end() {
        if (!missed.isEmpty()) {
            report(
                    Kind.UNTOLD_GAP,
                    missed.cardinality() + " messages, the first " + Numbered.name(log.id(missed.nextSetBit(0))));
        }
        if (next < log.size() && !toldOfGap) {
            report(Kind.UNFINISHED, log.size() - next + " messages, the first " + Numbered.name(log.id(next)));
        }
    }

    long messages() {
        return messages;
    }

    long gaps() {
        return gaps;
    }

    private void messageAt(int at, long id) {
        if (at >= next) {
            if (!toldOfGap) {
                missed.set(next, at);
            }
            next = at + 1;
        } else if (seen.get(at)) {
            report(Kind.READ_TWICE, Numbered.name(id));
        } else {
            report(Kind.READ_OUT_OF_ORDER, Numbered.name(id));
            missed.clear(at);
        }
        toldOfGap = false;
        seen.set(at);
    }

    private void report(Kind kind, String what) {
        violations.add(new Violation(kind, track.reader() + " in " + track.channel() + ": " + what));
    }
}
