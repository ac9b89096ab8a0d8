package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.core.Presence.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who wants to know who comes to one channel and who leaves it, and what they have not been told yet. */
final class Audience {
    private final ChannelName channel;
    private final int most;
    private final Map<ClientSession, Follower> followers = new LinkedHashMap<>(); // this and all below guarded by this
    private List<Change> changes = new ArrayList<>();
    private long noted;
    private int count; // of the members, after the newest change

    /** @param since so many changes are no news to it: it got the list of the members later than that */
    record Follower(ClientSession session, long since) {}

    /**
     * @param first the number of the first of the changes, which count from 0
     * @param users whom they are about
     * @param count of the members after all changes, also after those that are too many to be listed here. Not asked for
     *     later, as it would be ahead of the changes that are told next
     */
    record News(List<Follower> followers, List<Change> changes, long first, Set<String> users, int count) {
        /** Whether nothing of this is old for the follower or about itself. */
        boolean concernsAll(Follower follower) {
            return follower.since() <= first && !users.contains(userOf(follower));
        }

        List<Change> changesFor(Follower follower) {
            return changes.stream()
                    .skip(Math.max(0, follower.since() - first))
                    .filter(change -> !change.member().user().equals(userOf(follower)))
                    .toList();
        }

        private static String userOf(Follower follower) {
            return follower.session().user().name();
        }
    }

    /** @param most of more changes than these it is enough to know that they are more */
    Audience(ChannelName channel, int most) {
        this.channel = channel;
        this.most = most;
    }

    ChannelName channel() {
        return channel;
    }

    synchronized void add(ClientSession session) {
        followers.put(session, new Follower(session, noted));
    }

    /** @return whether nobody is left */
    synchronized boolean remove(ClientSession session) {
        followers.remove(session);
        return followers.isEmpty();
    }

    /** @return whether it is the first since the last {@link #take} */
    synchronized boolean note(Change change) {
        boolean first = changes.isEmpty();
        count = change.count();
        if (changes.size() <= most) {
            changes.add(change);
            noted++;
        }
        return first;
    }

    /** What there is to tell, and to whom. */
    synchronized News take() {
        List<Change> news = changes;
        changes = new ArrayList<>();
        Set<String> users = news.stream().map(change -> change.member().user()).collect(Collectors.toSet());
        return new News(new ArrayList<>(followers.values()), news, noted - news.size(), users, count);
    }
}
