package dev.parley.fault.breaking;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what happened. Any thread may use it. */
final class Tally {
    enum Event {
        ANSWERED("messages answered"),
        GIVEN_UP("messages without a key, given up"),
        RETRIED("publishes sent again"),
        DISCONNECTED("readers' disconnects"),
        STALLED("readers' stalls"),
        CHANGED("readers' changes of transport"),
        BROKEN("connections broken under readers"),
        KILLED("processes killed (SIGKILL)"),
        STOPPED("processes stopped (SIGTERM)"),
        FROZEN("processes frozen (SIGSTOP)"),
        REDEPLOYED("redeployments"),
        CUT("rounds of cut connections"),
        ORPHANED("rounds of half-open connections"),
        STILL("times that nothing passed"),
        SLOW("times that all was delayed");

        private final String text;

        Event(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
    private final ConcurrentMap<String, LongAdder> reasons = new ConcurrentHashMap<>();

    Tally() {
        for (Event event : Event.values()) {
            events.put(event, new LongAdder());
        }
    }

    void count(Event event) {
        add(event, 1);
    }

    void add(Event event, long times) {
        adder(event).add(times);
    }

    /** Why a connection ended, an attempt failed, or a part was down. */
    void because(String reason) {
        reasons.computeIfAbsent(reason, first -> new LongAdder()).increment();
    }

    long of(Event event) {
        return adder(event).sum();
    }

    /** How often each reason was given; for people who look for what went on. */
    Map<String, LongAdder> reasons() {
        return Map.copyOf(reasons);
    }

    @Override
    public String toString() {
        return events + " because of " + reasons;
    }

    private LongAdder adder(Event event) {
        LongAdder adder = events.get(event);
        if (adder == null) {
            throw new IllegalArgumentException(event.name());
        }
        return adder;
    }
}
