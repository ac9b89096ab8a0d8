package dev.parley.protocol;

import dev.parley.core.ChannelName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What nodes say to each other, as lines of words. What people have chosen comes last in its line, and holds no line break where a
 * line follows. Nodes of different versions may meet: a question that is not understood has no answer.
 */
public final class InquiryCodec {
    private static final int SESSION_WORDS = 5;

    private InquiryCodec() {}

    public static String write(Inquiry inquiry) {
        return switch (inquiry) {
            case Inquiry.Sessions it -> "sessions " + it.limit();
            case Inquiry.Kick it -> "kick " + it.session();
            case Inquiry.KickUser it -> "kick-user " + it.user();
            case Inquiry.Dismiss it -> "dismiss " + it.channel() + ' ' + it.user();
            case Inquiry.Readers it -> "readers";
            case Inquiry.ReadersOf it -> "readers-of " + it.channel();
        };
    }

    /** @throws IllegalArgumentException if it is none */
    public static Inquiry read(String text) {
        int end = text.indexOf(' ');
        String rest = text.substring(end + 1);
        return switch (end < 0 ? text : text.substring(0, end)) {
            case "sessions" -> new Inquiry.Sessions(Integer.parseInt(rest));
            case "kick" -> new Inquiry.Kick(rest);
            case "kick-user" -> new Inquiry.KickUser(rest);
            case "dismiss" -> {
                String[] words = rest.split(" ", 2);
                yield new Inquiry.Dismiss(new ChannelName(words[0]), words[1]);
            }
            case "readers" -> new Inquiry.Readers();
            case "readers-of" -> new Inquiry.ReadersOf(new ChannelName(rest));
            default -> throw new IllegalArgumentException("no inquiry: " + text);
        };
    }

    /** How many; or how many sessions something was done to. */
    public static String write(int count) {
        return Integer.toString(count);
    }

    public static int count(String answer) {
        return Integer.parseInt(answer);
    }

    /** @param count how many there are in all */
    public static String write(List<SessionFigures> some, int count) {
        return Stream.concat(Stream.of(Integer.toString(count)), some.stream().map(InquiryCodec::line))
                .collect(Collectors.joining("\n"));
    }

    /** How many sessions there are in all. */
    public static int sessionCount(String answer) {
        return Integer.parseInt(answer.lines().findFirst().orElseThrow());
    }

    public static List<SessionFigures> sessions(String answer) {
        return answer.lines().skip(1).map(InquiryCodec::session).toList();
    }

    public static String write(Map<ChannelName, Integer> readers) {
        return readers.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining("\n"));
    }

    public static Map<ChannelName, Integer> readers(String answer) {
        return answer.lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(words -> new ChannelName(words[0]), words -> Integer.parseInt(words[1])));
    }

    private static String line(SessionFigures session) {
        String channels = session.channels().stream().map(ChannelName::text).collect(Collectors.joining(","));
        return String.join(
                " ", session.session(), session.transport(), Long.toString(session.age()), channels, session.user());
    }

    private static SessionFigures session(String line) {
        String[] words = line.split(" ", SESSION_WORDS);
        List<ChannelName> channels = words[3].isEmpty()
                ? List.of()
                : Stream.of(words[3].split(",", -1)).map(ChannelName::new).toList();
        return new SessionFigures(words[0], words[4], words[1], Long.parseLong(words[2]), channels);
    }
}
