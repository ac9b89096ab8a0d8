package dev.parley.protocol;

import dev.parley.core.ChannelName;
import dev.parley.core.Forms;
import dev.parley.core.Member;
import dev.parley.core.Message;
import dev.parley.core.Position;
import dev.parley.core.Presence.Members;
import dev.parley.core.Start;
import dev.parley.core.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server says on a session beside the messages themselves: replies to commands, and pushes. */
public sealed interface Frame {
    /** The answer to a command; {@code re} is the command's id. */
    sealed interface Reply extends Frame {
        long re();
    }

    /** What nobody asked for. */
    sealed interface Push extends Frame {}

    /** What goes to everyone on a channel who wants it, and has no place in its log. */
    sealed interface Broadcast extends Push {}

    /**
     * The session is open. The first of its kind is sent unasked, with {@code re} 0.
     *
     * @param heartbeat after so many seconds of silence something is sent
     */
    record Connected(long re, String session, String user, long heartbeat, String server) implements Reply {}

    /**
     * @param recovered whether all that came after the asked position will come; null if none was asked for
     * @param present who is there; null if that was not asked for
     */
    record Subscribed(
            long re,
            ChannelName channel,
            Position position,
            @Nullable Boolean recovered,
            @Nullable Members present) implements Reply {}

    record Unsubscribed(long re, ChannelName channel) implements Reply {}

    record Published(long re, ChannelName channel, Position position, boolean duplicate) implements Reply {}

    record Signalled(long re, ChannelName channel) implements Reply {}

    /**
     * @param more whether there is more in the direction of reading
     * @param recovered false if the log no longer holds all that came after the asked position; null if none was asked for
     */
    record History(
            long re,
            ChannelName channel,
            List<Message> messages,
            boolean more,
            @Nullable Boolean recovered) implements Reply {
        public History {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Who is on a channel; also sent unasked, with {@code re} 0, where too much has changed to tell it one by one.
     *
     * @param members not all of them if there are many; null if only the count is told
     */
    record Presence(long re, ChannelName channel, @Nullable List<Member> members, int count)
            implements Reply, Broadcast {
        public Presence {
            members = members == null ? null : List.copyOf(members);
        }

        public static Presence of(long re, ChannelName channel, Members present) {
            return new Presence(re, channel, present.members(), present.count());
        }
    }

    /**
     * @param re the refused command's id, or 0 if it is not known or there is none
     * @param after in so many milliseconds the same command may succeed; 0 if nobody knows
     */
    record Error(
            long re,
            ErrorCode code,
            String detail,
            @Nullable ChannelName channel,
            long after) implements Reply {
        /** An error for which no time is known. */
        public Error(long re, ErrorCode code, String detail, @Nullable ChannelName channel) {
            this(re, code, detail, channel, 0);
        }
    }

    /**
     * This reader misses what lies between two positions.
     *
     * @param from the last position that it has got
     * @param to the position from which on it reads again
     */
    record Gap(ChannelName channel, Position from, Position to) implements Push {
        /** What a reader that asked for a position has missed, if its subscription could not begin there. */
        public static Gap before(Subscription subscription, Start asked) {
            Position to = subscription.cursor();
            return new Gap(subscription.channel(), asked instanceof Start.At at ? at.position() : to, to);
        }
    }

    /**
     * A user has come to the channel.
     *
     * @param count of all members since then
     */
    record Joined(ChannelName channel, Member member, int count) implements Broadcast {}

    /**
     * A user has left the channel with its last session.
     *
     * @param count of all members since then
     */
    record Left(ChannelName channel, Member member, int count) implements Broadcast {}

    /** A signal for those who are there now. */
    record Signal(dev.parley.core.Signal signal) implements Broadcast {}

    /** A subscription has been ended by the server. */
    record Dismissed(ChannelName channel, ErrorCode why) implements Push {}

    /** What goes to many sessions in one piece, and so is encoded once for all of them. */
    final class Shared implements Push {
        private final List<Broadcast> parts;
        private final Forms forms = new Forms();

        /** @param parts in the order in which they are sent; at least one */
        public Shared(List<Broadcast> parts) {
            this.parts = List.copyOf(parts);
        }

        public List<Broadcast> parts() {
            return parts;
        }

        public Forms forms() {
            return forms;
        }
    }

    /** Nothing else was sent for a while. */
    record Ping() implements Push {}

    /** @param reconnect milliseconds to wait before coming back, or {@link #NEVER} */
    record Closing(CloseCode code, long reconnect) implements Push {
        public static final long NEVER = -1;
    }
}
