package dev.parley.fault.breaking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.fault.breaking.Evidence.Stored;
import dev.parley.fault.breaking.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Made-up histories of one publisher, whose messages a, b, c and d are all answered, and of one reader. */
class CheckerTest {
    private static final String CHANNEL = "chat:room";
    private static final int GAP = 0;
    private static final int A = 1;
    private static final int B = 2;
    private static final int C = 3;
    private static final int D = 4;

    private final List<Publish> publishes = new ArrayList<>();
    private List<Stored> log = log(A, B, C, D);

    @BeforeEach
    void fourAnswered() {
        Stream.of(A, B, C, D).forEach(number -> publishes.add(answered(number, "at-" + number)));
    }

    @Test
    void everythingOnceAndInOrderIsRight() {
        assertEquals(List.of(), kinds(track(A, B, C, D)));
    }

    @Test
    void aMessageThatIsMissingFromTheLogIsLost() {
        log = log(A, B, D);
        assertEquals(List.of(Kind.ANSWERED_BUT_LOST), kinds(track(A, B, D)));
    }

    @Test
    void aMessageAtAnotherPlaceThanAnsweredIsLost() {
        log = List.of(stored("at-1", A), stored("at-2", B), stored("at-3", D), stored("at-4", C));
        assertEquals(
                List.of(Kind.ANSWERED_BUT_LOST, Kind.ANSWERED_BUT_LOST, Kind.STORED_OUT_OF_ORDER),
                kinds(track(A, B, D, C)));
    }

    @Test
    void aMessageThatWasGivenUpMayBeMissing() {
        publishes.add(new Publish(id(5), CHANNEL, 5));
        assertEquals(List.of(), kinds(track(A, B, C, D)));
    }

    @Test
    void aMessageThatWasGivenUpMayStandAnywhereOnce() {
        publishes.add(new Publish(id(5), CHANNEL, 0));
        log = log(A, B, C, D, 5);
        assertEquals(List.of(), kinds(track(A, B, C, D, 5)));
    }

    @Test
    void aKeyThatGaveTwoMessagesIsFound() {
        log = List.of(stored("at-1", A), stored("at-2", B), stored("at-3", C), stored("again", B), stored("at-4", D));
        assertEquals(List.of(Kind.STORED_TWICE, Kind.READ_TWICE), kinds(track(A, B, C, B, D)));
    }

    @Test
    void aKeyAnsweredWithTwoPositionsIsFound() {
        publishes.getFirst().answered(new Publish.Answer("at-2", true));
        assertEquals(List.of(Kind.KEY_ANSWERED_DIFFERENTLY, Kind.ANSWERED_BUT_LOST), kinds(track(A, B, C, D)));
    }

    @Test
    void aKeyWhoseUseWasTakenForTheFirstTwiceIsFound() {
        publishes.getFirst().answered(new Publish.Answer("at-1", false));
        assertEquals(List.of(Kind.KEY_ANSWERED_DIFFERENTLY), kinds(track(A, B, C, D)));
    }

    @Test
    void aRetryAnsweredAsDuplicateIsRight() {
        publishes.getFirst().answered(new Publish.Answer("at-1", true));
        assertEquals(List.of(), kinds(track(A, B, C, D)));
    }

    @Test
    void aMessageStoredBeforeOneAnsweredEarlierIsFound() {
        publishes.clear();
        Stream.of(B, A, C, D).forEach(number -> publishes.add(answered(number, "at-" + number)));
        assertEquals(List.of(Kind.STORED_OUT_OF_ORDER), kinds(track(A, B, C, D)));
    }

    @Test
    void messagesOfOneRoundMayStandInAnyOrder() {
        publishes.clear();
        Stream.of(B, A, C, D).forEach(number -> publishes.add(answered(number, "at-" + number, 1)));
        assertEquals(List.of(), kinds(track(A, B, C, D)));
    }

    @Test
    void aMessageThatNobodySentIsFound() {
        log = log(A, B, C, D, 9);
        assertEquals(List.of(Kind.STORED_BUT_NEVER_SENT), kinds(track(A, B, C, D, 9)));
    }

    @Test
    void aReaderThatMissesAMessageIsFound() {
        assertEquals(List.of(Kind.UNTOLD_GAP), kinds(track(A, B, D)));
    }

    @Test
    void aReaderThatMissesTheFirstMessageIsFound() {
        assertEquals(List.of(Kind.UNTOLD_GAP), kinds(track(B, C, D)));
    }

    @Test
    void aReaderThatWasToldOfItsGapIsRight() {
        var findings = check(track(A, GAP, D));
        assertEquals(List.of(), findings.violations());
        assertEquals(1, findings.toldGaps());
    }

    @Test
    void aGapThatWasToldCoversNoLaterOne() {
        assertEquals(List.of(Kind.UNTOLD_GAP), kinds(track(GAP, B, D)));
    }

    @Test
    void aReaderThatGetsAMessageAgainIsFound() {
        assertEquals(List.of(Kind.READ_TWICE), kinds(track(A, B, B, C, D)));
    }

    @Test
    void aGapThatWasToldExcusesNoRepetition() {
        assertEquals(List.of(Kind.READ_TWICE), kinds(track(A, B, GAP, B, C, D)));
    }

    @Test
    void aReaderThatGetsMessagesInAnotherOrderIsFound() {
        assertEquals(List.of(Kind.READ_OUT_OF_ORDER), kinds(track(A, C, B, D)));
    }

    @Test
    void aReaderThatGetsWhatWasNeverStoredIsFound() {
        assertEquals(List.of(Kind.READ_BUT_NOT_STORED), kinds(track(A, B, 7, C, D)));
    }

    @Test
    void aReaderThatStopsEarlyIsFound() {
        assertEquals(List.of(Kind.UNFINISHED), kinds(track(A, B)));
    }

    @Test
    void aReaderThatBeganLaterOwesNothingBefore() {
        assertEquals(List.of(), kinds(startedAt("at-2", C, D)));
    }

    @Test
    void aReaderThatBeganLaterAndGetsWhatWasBeforeIsFound() {
        assertEquals(List.of(Kind.READ_OUT_OF_ORDER), kinds(startedAt("at-2", B, C, D)));
    }

    @Test
    void aReaderThatBeganLaterAndMissesTheNextIsFound() {
        assertEquals(List.of(Kind.UNTOLD_GAP), kinds(startedAt("at-2", D)));
    }

    private List<Kind> kinds(Track track) {
        return check(track).violations().stream().map(Violation::kind).toList();
    }

    private Checker.Findings check(Track track) {
        return Checker.check(new Evidence(Map.of(CHANNEL, log), publishes, List.of(track)));
    }

    private static Publish answered(int number, String position) {
        return answered(number, position, number);
    }

    private static Publish answered(int number, String position, int round) {
        var publish = new Publish(id(number), CHANNEL, round);
        publish.answered(new Publish.Answer(position, false));
        return publish;
    }

    private static List<Stored> log(int... numbers) {
        var log = new ArrayList<Stored>();
        for (int number : numbers) {
            log.add(stored("at-" + number, number));
        }
        return log;
    }

    private static Stored stored(String position, int number) {
        return new Stored(position, id(number));
    }

    private static Track track(int... steps) {
        return startedAt(Track.EARLIEST, steps);
    }

    private static Track startedAt(String position, int... steps) {
        var track = new Track("reader", CHANNEL);
        track.startsAt(position);
        for (int step : steps) {
            if (step == GAP) {
                track.toldOfGap();
            } else {
                track.saw(id(step));
            }
        }
        return track;
    }

    private static long id(int number) {
        return Numbered.id(1, number);
    }
}
