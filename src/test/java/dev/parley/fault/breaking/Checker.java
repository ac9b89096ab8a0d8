package dev.parley.fault.breaking;

import dev.parley.fault.breaking.Evidence.Stored;
import dev.parley.fault.breaking.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what of Parley's promises the evidence contradicts: an answered message is in the log where the answer says, one key is one
 * message, a publisher's messages stand in the order of their answers, and each reader got each message of its channels once, in
 * order, or was told of the gap.
 */
final class Checker {
    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, LogIndex> logs = new HashMap<>();
    private long read;
    private long toldGaps;

    private Checker(Evidence evidence) {
        this.evidence = evidence;
    }

    /**
     * What was found.
     *
     * @param read how many messages all readers together got
     * @param toldGaps how often a reader was told that it missed something: no broken promise by itself
     */
    record Findings(List<Violation> violations, long read, long toldGaps) {
        Findings {
            violations = List.copyOf(violations);
        }

        long count(Kind kind) {
            return violations.stream()
                    .filter(violation -> violation.kind() == kind)
                    .count();
        }
    }

    static Findings check(Evidence evidence) {
        var checker = new Checker(evidence);
        checker.checkLogs();
        checker.checkAnswers();
        checker.checkOrder();
        checker.checkReaders();
        return new Findings(checker.violations, checker.read, checker.toldGaps);
    }

    /** No publish stands in a log twice, and none that was not sent there. */
    private void checkLogs() {
        Map<String, Set<Long>> sent = evidence.publishes().stream()
                .collect(Collectors.groupingBy(Publish::channel, Collectors.mapping(Publish::id, Collectors.toSet())));
        evidence.logs().forEach((channel, stored) -> {
            logs.put(channel, new LogIndex(stored, id -> report(Kind.STORED_TWICE, id, channel)));
            Set<Long> sentHere = sent.getOrDefault(channel, Set.of());
            for (Stored entry : stored) {
                if (!sentHere.contains(entry.id())) {
                    report(Kind.STORED_BUT_NEVER_SENT, entry.id(), channel);
                }
            }
        });
    }

    private void checkAnswers() {
        for (Publish publish : evidence.publishes()) {
            List<Publish.Answer> answers = publish.answers();
            String where = publish.channel();
            if (answers.isEmpty()) {
                continue;
            }
            if (answers.stream().map(Publish.Answer::position).distinct().count() > 1
                    || answers.stream().filter(answer -> !answer.duplicate()).count() > 1) {
                report(Kind.KEY_ANSWERED_DIFFERENTLY, publish.id(), where + ": " + answers);
            }
            String position = answers.getLast().position();
            int at = log(where).indexOfPosition(position);
            if (at < 0 || log(where).id(at) != publish.id()) {
                report(Kind.ANSWERED_BUT_LOST, publish.id(), where + " at " + position);
            }
        }
    }

    /** Of one publisher in one channel, each round's messages stand before those of later rounds. */
    private void checkOrder() {
        var furthest = new HashMap<String, RoundsSoFar>();
        for (Publish publish : evidence.publishes()) {
            int at = log(publish.channel()).indexOf(publish.id());
            if (publish.isAnswered() && at >= 0) {
                String who = Numbered.publisher(publish.id()) + " in " + publish.channel();
                RoundsSoFar soFar = furthest.getOrDefault(who, RoundsSoFar.NONE);
                if (at < soFar.before(publish.round())) {
                    report(Kind.STORED_OUT_OF_ORDER, publish.id(), publish.channel());
                }
                furthest.put(who, soFar.with(publish.round(), at));
            }
        }
    }

    private void checkReaders() {
        for (Track track : evidence.tracks()) {
            var reading = new Reading(track, log(track.channel()), violations);
            track.forEach(reading::message, reading::gap);
            reading.end();
            read += reading.messages();
            toldGaps += reading.gaps();
        }
    }

    private LogIndex log(String channel) {
        return logs.computeIfAbsent(channel, none -> new LogIndex(List.of(), id -> {}));
    }

    private void report(Kind kind, long id, String where) {
        violations.add(new Violation(kind, Numbered.name(id) + " in " + where));
    }

    /** How far a publisher's answered messages reach in a log: those of its newest round, and those of the rounds before. */
    private record RoundsSoFar(int round, int here, int earlier) {
        static final RoundsSoFar NONE = new RoundsSoFar(0, -1, -1);

        int before(int asked) {
            return asked == round ? earlier : Math.max(here, earlier);
        }

        RoundsSoFar with(int newest, int at) {
            return new RoundsSoFar(newest, newest == round ? Math.max(here, at) : at, before(newest));
        }
    }
}
