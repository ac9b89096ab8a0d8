package dev.parley.fault.breaking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What became of one message that somebody published, however often it was sent. Belongs to the publisher's thread. */
final class Publish {
    /**
     * That it is in the log.
     *
     * @param duplicate whether the answer says that the key had been used before
     */
    record Answer(String position, boolean duplicate) {}

    private final long id;
    private final String channel;
    private final int round;
    private List<Answer> answers = Collections.emptyList();

    /** @param round this publisher sends nothing of a later round before all of this one is answered or given up */
    Publish(long id, String channel, int round) {
        this.id = id;
        this.channel = channel;
        this.round = round;
    }

    long id() {
        return id;
    }

    String channel() {
        return channel;
    }

    int round() {
        return round;
    }

    void answered(Answer answer) {
        if (answers.isEmpty()) {
            answers = List.of(answer); // most have one, and there are a million
        } else {
            answers = new ArrayList<>(answers);
            answers.add(answer);
        }
    }

    /** None if it was given up: then it may be in the log, once, or not. */
    List<Answer> answers() {
        return Collections.unmodifiableList(answers);
    }

    boolean isAnswered() {
        return !answers.isEmpty();
    }
}
