package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.core.Logs;
import dev.parley.core.Message;
import dev.parley.core.Nodes;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.protocol.ChannelFigures;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Inquiry;
import dev.parley.protocol.InquiryCodec;
import dev.parley.protocol.Refused;
import dev.parley.protocol.SessionFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * What administrators look at and may do, on all nodes. Whether somebody is one is asked at the {@link Gate}, before. All methods
 * throw {@link Refused}, and may block as the log does.
 */
public final class Administration {
    private static final int AT_ONCE = 256; // channels that are asked about

    private final Hub hub;
    private final Logs logs;
    private final Sessions sessions;
    private final Attendance attendance;
    private final Nodes others;
    private final Inquiries own;

    public Administration(Hub hub, Logs logs, Sessions sessions, Attendance attendance, Nodes others) {
        this.hub = hub;
        this.logs = logs;
        this.sessions = sessions;
        this.attendance = attendance;
        this.others = others;
        this.own = new Inquiries(hub, sessions);
        others.answer(own::answer);
    }

    /** Some of those who are connected, and how many there are. */
    public Found<SessionFigures> sessions(int limit) {
        Nodes.Answers answers = ask(new Inquiry.Sessions(limit));
        List<SessionFigures> some = Stream.concat(
                        own.sessions(limit).stream(),
                        answers.texts().stream().flatMap(text -> InquiryCodec.sessions(text).stream()))
                .limit(limit)
                .toList();
        int count =
                answers.texts().stream().mapToInt(InquiryCodec::sessionCount).sum();
        return new Found<>(some, sessions.count() + count, answers.missing());
    }

    /** Ends a session for good. */
    public void kick(String session) {
        if (own.kick(session) == 0) {
            done(0, ask(new Inquiry.Kick(session)), "no such session");
        }
    }

    /** Ends all sessions of a user for good. */
    public Done kickUser(String user) {
        return done(own.kickUser(user), ask(new Inquiry.KickUser(user)), "no such user");
    }

    /** Ends what a user reads of a channel; the sessions go on. */
    public Done dismiss(ChannelName channel, String user) {
        return done(
                own.dismiss(channel, user),
                ask(new Inquiry.Dismiss(channel, user)),
                "this user does not read this channel");
    }

    /** The channels that have most readers and, among equals, in which most was published. */
    public Found<ChannelFigures> channels(int limit) {
        Nodes.Answers answers = ask(new Inquiry.Readers());
        Map<ChannelName, Integer> readers = new HashMap<>(own.readers());
        answers.texts()
                .forEach(text -> InquiryCodec.readers(text)
                        .forEach((channel, count) -> readers.merge(channel, count, Integer::sum)));
        Gate.logged(logs::names).forEach(channel -> readers.putIfAbsent(channel, 0));
        List<ChannelFigures> busiest = figures(candidates(readers, limit).toList(), readers).stream()
                .sorted(Comparator.comparingInt(ChannelFigures::subscribers)
                        .thenComparingLong(figures -> figures.head().offset())
                        .reversed())
                .limit(limit)
                .toList();
        return new Found<>(busiest, readers.size(), answers.missing());
    }

    /** Those with as many readers as the last that is listed, or more: no other log need be asked. */
    private static Stream<ChannelName> candidates(Map<ChannelName, Integer> readers, int limit) {
        List<Integer> counts = new ArrayList<>(readers.values());
        counts.sort(Comparator.reverseOrder());
        int least = counts.size() <= limit ? 0 : counts.get(limit - 1);
        return readers.keySet().stream().filter(channel -> readers.getOrDefault(channel, 0) >= least);
    }

    public ChannelFigures channel(ChannelName channel) {
        Nodes.Answers answers = ask(new Inquiry.ReadersOf(channel));
        ChannelFigures figures = figures(channel, hub.subscribers(channel) + sum(answers));
        if (figures.head().offset() == 0 && figures.subscribers() == 0 && figures.members() == 0) {
            throw nothing(answers, "nothing was published here, and nobody reads it");
        }
        return figures;
    }

    /** Deletes a channel's history. */
    public void clear(ChannelName channel) {
        Gate.logged(() -> {
            logs.clear(channel);
            return channel;
        });
    }

    /** Many are asked for together: over Redis each answer is a way there and back. */
    private List<ChannelFigures> figures(List<ChannelName> channels, Map<ChannelName, Integer> readers) {
        List<ChannelFigures> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < channels.size(); i += AT_ONCE) {
                channels.subList(i, Math.min(channels.size(), i + AT_ONCE)).stream()
                        .map(channel -> CompletableFuture.supplyAsync(
                                () -> figures(channel, readers.getOrDefault(channel, 0)), threads))
                        .toList()
                        .forEach(answer -> all.add(answer.join()));
            }
            return all;
        } catch (CompletionException e) {
            throw e.getCause() instanceof Refused refused ? refused : e;
        }
    }

    private ChannelFigures figures(ChannelName channel, int subscribers) {
        Slice oldest = Gate.logged(() -> hub.log().after(channel, Start.EARLIEST, 1));
        return new ChannelFigures(
                channel,
                oldest.head(),
                oldest.messages().stream().findFirst().map(Message::position).orElse(null),
                subscribers,
                Gate.logged(() -> attendance.count(channel)).count());
    }

    private Nodes.Answers ask(Inquiry inquiry) {
        return Gate.logged(() -> others.ask(InquiryCodec.write(inquiry)));
    }

    private static Done done(int here, Nodes.Answers answers, String ifNothing) {
        int sessions = here + sum(answers);
        if (sessions == 0) {
            throw nothing(answers, ifNothing);
        }
        return new Done(sessions, answers.missing());
    }

    private static int sum(Nodes.Answers counts) {
        return counts.texts().stream().mapToInt(InquiryCodec::count).sum();
    }

    /** It may be on a node that has not answered. */
    private static Refused nothing(Nodes.Answers answers, String why) {
        return answers.missing().isEmpty()
                ? new Refused(ErrorCode.NOT_FOUND, why)
                : new Refused(
                        ErrorCode.LOG_UNAVAILABLE,
                        "not found, but no answer from " + String.join(", ", answers.missing()));
    }

    /**
     * The first of what was looked for.
     *
     * @param count how many there are in all
     * @param missing nodes that did not answer and are not counted
     */
    public record Found<T>(List<T> some, int count, List<String> missing) {
        public Found {
            some = List.copyOf(some);
            missing = List.copyOf(missing);
        }
    }

    /**
     * To how many sessions something was done.
     *
     * @param missing nodes that did not answer
     */
    public record Done(int sessions, List<String> missing) {
        public Done {
            missing = List.copyOf(missing);
        }
    }
}
