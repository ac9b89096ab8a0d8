package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.core.Hub;
import dev.parley.protocol.Inquiry;
import dev.parley.protocol.InquiryCodec;
import dev.parley.protocol.SessionFigures;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What administrators ask of this node's own sessions, whichever node they have come to. */
final class Inquiries {
    private final Hub hub;
    private final Sessions sessions;

    Inquiries(Hub hub, Sessions sessions) {
        this.hub = hub;
        this.sessions = sessions;
    }

    /**
     * Answers another node.
     *
     * @throws RuntimeException if it is no inquiry that this version knows
     */
    String answer(String question) {
        return switch (InquiryCodec.read(question)) {
            case Inquiry.Sessions it -> InquiryCodec.write(sessions(it.limit()), sessions.count());
            case Inquiry.Kick it -> InquiryCodec.write(kick(it.session()));
            case Inquiry.KickUser it -> InquiryCodec.write(kickUser(it.user()));
            case Inquiry.Dismiss it -> InquiryCodec.write(dismiss(it.channel(), it.user()));
            case Inquiry.Readers it -> InquiryCodec.write(readers());
            case Inquiry.ReadersOf it -> InquiryCodec.write(hub.subscribers(it.channel()));
        };
    }

    List<SessionFigures> sessions(int limit) {
        return open().limit(limit).map(ClientSession::figures).toList();
    }

    /** @return 1, or 0 if it is not here */
    int kick(String session) {
        List<ClientSession> found =
                open().filter(one -> one.id().equals(session)).toList();
        found.forEach(ClientSession::kick);
        return found.size();
    }

    /** @return how many sessions that were */
    int kickUser(String user) {
        List<ClientSession> found = sessionsOf(user);
        found.forEach(ClientSession::kick);
        return found.size();
    }

    /** @return how many sessions read it */
    int dismiss(ChannelName channel, String user) {
        return (int) sessionsOf(user).stream()
                .filter(session -> session.dismiss(channel))
                .count();
    }

    /** How many read each channel that has a reader. */
    Map<ChannelName, Integer> readers() {
        return hub.watched().stream().collect(Collectors.toMap(Function.identity(), hub::subscribers));
    }

    private List<ClientSession> sessionsOf(String user) {
        return open().filter(session -> session.user().name().equals(user)).toList();
    }

    /** Not those that are ending: who was kicked is not there to be kicked again. */
    private Stream<ClientSession> open() {
        return sessions.all().stream().filter(ClientSession::isOpen);
    }
}
