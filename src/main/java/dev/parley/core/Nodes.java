package dev.parley.core;

import java.util.List;
import java.util.function.UnaryOperator;

/** The nodes that are one service, as one of them sees the others: it asks them all the same, and answers what they ask. */
public interface Nodes {
    /** There are no others. */
    Nodes ALONE = new Nodes() {
        @Override
        public Answers ask(String question) {
            return Answers.NONE;
        }

        @Override
        public void answer(UnaryOperator<String> answers) {}
    };

    /**
     * Asks all other nodes. Blocks until each of them has answered, or for as long as the log may take.
     *
     * @throws LogUnavailable the others cannot be reached now
     */
    Answers ask(String question);

    /** @param answers what this node says to a question; called by a thread that may block */
    void answer(UnaryOperator<String> answers);

    /**
     * What the others said.
     *
     * @param missing the names of those who did not answer in time
     */
    record Answers(List<String> texts, List<String> missing) {
        static final Answers NONE = new Answers(List.of(), List.of());

        public Answers {
            texts = List.copyOf(texts);
            missing = List.copyOf(missing);
        }
    }
}
