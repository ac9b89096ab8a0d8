package dev.parley.fault.breaking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs publishers and readers on an installation that is broken meanwhile, and has judged what they saw. */
final class Machine implements AutoCloseable {
    private static final int PUBLISHERS = 10;
    private static final int READERS = 24;
    private static final int CHANNELS = 8;
    private static final int MOST_CHANNELS_OF_A_READER = 3;
    private static final long LOOK_MILLIS = 200;
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(90);

    private final Installation installation;
    private final Goals goals;
    private final SplittableRandom random;
    private final Tally tally = new Tally();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> channels = IntStream.rangeClosed(1, CHANNELS)
            .mapToObj(number -> Transport.ROOMS + "room-" + number)
            .toList();

    private Machine(Installation installation, Goals goals, long seed) {
        this.installation = installation;
        this.goals = goals;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Runs to the end and judges.
     *
     * @param what is broken, for the result's head
     * @throws AssertionError something went on that has nothing to do with what is judged, such as a node that does not start
     */
    static Result run(String what, Installation installation, Goals goals, long seed) {
        long start = System.nanoTime();
        try (var machine = new Machine(installation, goals, seed)) {
            Evidence evidence = machine.gather(seed);
            Checker.Findings findings = Checker.check(evidence);
            return new Result(what, seed, Duration.ofNanos(System.nanoTime() - start), machine.tally, findings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Evidence gather(long seed) throws InterruptedException {
        var schedule = Schedule.of(
                seed,
                goals.length(),
                goals.kills(),
                installation.parts().size(),
                installation.relays().size());
        var breaker = new Breaker(installation, schedule, tally, over, seed);
        List<Future<List<Track>>> readers = start(readers());
        List<Future<List<Publish>>> publishers = start(publishers());
        List<Future<Void>> faults = start(breaker.tasks());
        List<Future<?>> all = Stream.of(readers, publishers, faults)
                .<Future<?>>flatMap(List::stream)
                .toList();
        awaitGoals(faults, all);
        enough.countDown();
        var publishes = new ArrayList<Publish>();
        awaitAll(publishers, LONGEST_SETTLING).forEach(publishes::addAll);
        publishes.addAll(publisher(Numbered.LAST).publishToEach());
        if (!areDone(readers, LONGEST_SETTLING)) {
            over.countDown(); // the checker says what they did not get
        }
        List<Track> tracks = awaitAll(readers, LONGEST_SETTLING).stream()
                .flatMap(List::stream)
                .toList();
        return new Evidence(installation.logs(channels), publishes, tracks);
    }

    /** Lets everything end. */
    @Override
    public void close() {
        enough.countDown();
        over.countDown();
        threads.shutdownNow();
        threads.close();
    }

    private List<Callable<List<Publish>>> publishers() {
        return IntStream.rangeClosed(1, PUBLISHERS)
                .mapToObj(this::publisher)
                .map(publisher -> (Callable<List<Publish>>) () -> publisher.publishUntil(enough, goals.pace()))
                .toList();
    }

    private KeyedPublisher publisher(int number) {
        return new KeyedPublisher(number, channels, installation.doors(), tally, over, random.nextLong());
    }

    private List<Reader> readers() {
        return IntStream.rangeClosed(1, READERS).mapToObj(this::reader).toList();
    }

    private Reader reader(int number) {
        int count = 1 + number % MOST_CHANNELS_OF_A_READER;
        int first = random.nextInt(CHANNELS);
        List<String> own = IntStream.range(first, first + count)
                .mapToObj(index -> channels.get(index % CHANNELS))
                .toList();
        var journey = new Journey("reader-" + number, own, random.nextBoolean());
        return new Reader(journey, installation.doors(), tally, over, random.nextLong());
    }

    private <T> List<Future<T>> start(List<? extends Callable<T>> tasks) {
        return tasks.stream().map(task -> threads.submit((Callable<T>) task)).toList();
    }

    /** Waits until all faults are done and all goals reached; fails as soon as one of all tasks has failed. */
    private void awaitGoals(List<? extends Future<?>> faults, List<? extends Future<?>> all)
            throws InterruptedException {
        Duration atMost = goals.length().multipliedBy(3).plus(LONGEST_SETTLING);
        long start = System.nanoTime();
        while (!goals.areReached(tally) || !faults.stream().allMatch(Future::isDone)) {
            for (Future<?> task : all) {
                if (task.state() == Future.State.FAILED) {
                    throw new AssertionError("failed: " + task.exceptionNow(), task.exceptionNow());
                }
            }
            if (System.nanoTime() - start > atMost.toNanos()) {
                throw new AssertionError("goals not reached within " + atMost + ": " + tally);
            }
            over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static <T> boolean areDone(List<Future<T>> tasks, Duration atMost) throws InterruptedException {
        try {
            awaitAll(tasks, atMost);
            return true;
        } catch (AssertionError e) {
            if (e.getCause() instanceof TimeoutException) {
                return false;
            }
            throw e;
        }
    }

    private static <T> List<T> awaitAll(List<Future<T>> tasks, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        var results = new ArrayList<T>();
        for (Future<T> task : tasks) {
            try {
                results.add(task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException e) {
                throw new AssertionError("failed: " + e.getCause(), e.getCause());
            } catch (TimeoutException e) {
                throw new AssertionError("not done within " + atMost, e);
            }
        }
        return results;
    }
}
