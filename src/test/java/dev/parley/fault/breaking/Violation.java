package dev.parley.fault.breaking;

/**
 * A promise that was not kept.
 *
 * @param what names the message, and the reader if there is one
 */
record Violation(Kind kind, String what) {
    enum Kind {
        /** A message was answered and is not where the answer said. */
        ANSWERED_BUT_LOST("answered messages lost"),
        /** One publish stands in the log more than once. */
        STORED_TWICE("messages stored twice"),
        /** Answers to one key name different positions, or more than one of them claims to be the first. */
        KEY_ANSWERED_DIFFERENTLY("keys answered differently"),
        /** A message was sent after another's answer and stands before it. */
        STORED_OUT_OF_ORDER("messages stored out of order"),
        /** The log holds what nobody published there. */
        STORED_BUT_NEVER_SENT("messages stored that nobody sent"),
        /** A reader got what the log does not hold. */
        READ_BUT_NOT_STORED("messages read that are not stored"),
        /** A reader missed messages and was not told. */
        UNTOLD_GAP("gaps that readers were not told of"),
        /** A reader got a message again. */
        READ_TWICE("messages read twice"),
        /** A reader got a message after a later one. */
        READ_OUT_OF_ORDER("messages read out of order"),
        /** A reader did not get to the end of the log. */
        UNFINISHED("readers that did not get to the end");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    @Override
    public String toString() {
        return kind + ": " + what;
    }
}
