package dev.parley.session;

import static dev.parley.session.Stage.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.Hub;
import dev.parley.core.Member;
import dev.parley.core.Presence.Members;
import dev.parley.core.Start;
import dev.parley.core.User;
import dev.parley.fake.Attendances;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.session.ClientSession.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told of whom, and when. */
class AttendanceTest {
    private static final String FOLLOW = "{'id':1,'type':'subscribe','channel':'chat:lobby','presence':true}";

    private final Stage stage = new Stage();

    @Test
    void whoSubscribesIsAMemberAndWhoAsksIsTold() {
        Client bob = client("bob");
        bob.subscribe(ROOM);
        Client alice = client("alice");

        var subscribed = (Frame.Subscribed) alice.say(FOLLOW).getFirst();

        assertEquals(members("bob", "alice"), subscribed.present());
        assertEquals(
                List.of(new Frame.Presence(2, ROOM, members("bob", "alice").members(), 2)),
                bob.say("{'id':2,'type':'presence','channel':'chat:lobby'}"));
    }

    @Test
    void comingAndLeavingIsToldToFollowersOnly() {
        Client alice = client("alice");
        alice.say(FOLLOW);
        Client bob = client("bob");
        bob.subscribe(ROOM);

        assertEquals(List.of("+bob"), told(alice));
        assertEquals(List.of(), told(bob));

        bob.unsubscribe(ROOM);
        assertEquals(List.of("-bob"), told(alice));
    }

    @Test
    void whatHappenedBeforeTheListIsNoNews() {
        Client alice = client("alice");
        alice.say(FOLLOW);
        Client bob = client("bob");
        bob.subscribe(ROOM);
        Client carol = client("carol");
        carol.say(FOLLOW);

        assertEquals(List.of(), told(carol));
        assertEquals(List.of("+bob", "+carol"), pushes(alice.hear()));
    }

    @Test
    void nobodyIsToldOfItself() {
        Client alice = client("alice");
        alice.say(FOLLOW);
        Client again = client("alice");
        again.say(FOLLOW);
        alice.session().ended();
        again.say("{'type':'unsubscribe','channel':'chat:lobby'}" + FOLLOW);

        assertEquals(List.of(), told(again));
    }

    @Test
    void clientThatBrokeOffIsThereForTheGrace() {
        Client alice = client("alice");
        alice.say(FOLLOW);
        Client bob = client("bob");
        bob.subscribe(ROOM);
        told(alice);

        bob.session().ended();
        pass(Attendances.GRACE.minusMillis(1));
        assertEquals(List.of(), told(alice));
        pass(Duration.ofMillis(1));
        assertEquals(List.of("-bob"), told(alice));
    }

    @Test
    void sessionThatEndsWhileItSubscribesLeaves() {
        Client bob = client("bob");
        bob.session().end(CloseCode.RESTART);
        stage.run();
        Hub.Joined joined = stage.gate().subscribe(bob.session(), ROOM, Start.LATEST);
        bob.session().read(List.of(joined.subscription()), List.of());
        pass(Attendances.GRACE);

        assertEquals(Members.NOBODY, stage.attendance.members(ROOM));
    }

    @Test
    void whatChangesInAnIntervalIsToldTogetherAndInOrder() {
        Client alice = client("alice");
        alice.say(FOLLOW);
        Client bob = client("bob");
        Client carol = client("carol");
        bob.subscribe(ROOM);
        carol.subscribe(ROOM);
        bob.unsubscribe(ROOM);
        stage.attendance.announce();
        stage.run();

        assertEquals(1, alice.transport().writes().size());
        assertEquals(List.of("+bob", "+carol", "-bob"), pushes(alice.hear()));
        stage.attendance.announce();
        assertEquals(List.of(), alice.hear());
    }

    @Test
    void tooManyChangesToTellOneByOneAreToldAsACount() {
        Client alice = client("alice");
        alice.say(FOLLOW);
        for (int i = 0; i < Attendances.PUSHES; i++) {
            stage.presence.join(ROOM, "s" + i, new User("user" + i));
        }
        assertEquals(Attendances.PUSHES, told(alice).size());

        for (int i = 0; i <= Attendances.PUSHES; i++) {
            stage.presence.join(ROOM, "t" + i, new User("more" + i));
        }
        assertEquals(List.of("count 26"), told(alice));
    }

    @Test
    void everyChangeAndEveryCountSaysHowManyThereAreSince() {
        Client alice = client("alice");
        alice.say(FOLLOW);
        for (int i = 0; i <= Attendances.PUSHES; i++) {
            stage.presence.join(ROOM, "s" + i, new User("user" + i));
        }
        List<String> first = told(alice);
        stage.presence.join(ROOM, "late", new User("late"));

        assertEquals(List.of("count " + (Attendances.PUSHES + 2)), first);
        assertEquals(List.of(Attendances.PUSHES + 3), counts(alice));
    }

    @Test
    void listIsAsLongAsAllowed() {
        for (int i = 0; i <= Attendances.LISTED; i++) {
            stage.presence.join(ROOM, "s" + i, new User("user" + i));
        }

        Members members = stage.attendance.members(ROOM);
        assertEquals(Attendances.LISTED, members.members().size());
        assertEquals(Attendances.LISTED + 1, members.count());
    }

    @Test
    void pollsOfOneUserAreOneSessionForTheLeaseOrAsLongAsTheyWait() {
        stage.attendance.visit(ROOM, new User("bob"), Duration.ofSeconds(55));
        stage.attendance.visit(ROOM, new User("bob"), Duration.ZERO);
        assertEquals(
                List.of(new Member("bob", 1)), stage.attendance.members(ROOM).members());

        pass(Duration.ofSeconds(55).plus(Attendances.GRACE).minusMillis(1));
        assertEquals(1, stage.attendance.count(ROOM).count());
        pass(Duration.ofMillis(1));
        assertEquals(0, stage.attendance.count(ROOM).count());

        stage.attendance.visit(ROOM, new User("bob"), Duration.ZERO);
        pass(Attendances.LEASE.minusMillis(1));
        assertEquals(1, stage.attendance.count(ROOM).count());
        pass(Duration.ofMillis(1));
        assertEquals(0, stage.attendance.count(ROOM).count());
    }

    /** The counts that the next announcement brings a client. */
    private List<Integer> counts(Client client) {
        client.hear();
        stage.attendance.announce();
        return client.hear().stream()
                .flatMap(frame -> ((Frame.Shared) frame).parts().stream())
                .map(part -> part instanceof Frame.Joined joined ? joined.count() : -1)
                .toList();
    }

    private Client client(String name) {
        return stage.client(new User(name), Kind.WEBSOCKET);
    }

    private void pass(Duration time) {
        stage.clock.move(time);
        stage.presence.sweep();
    }

    /** What the next announcement brings a client. */
    private List<String> told(Client client) {
        client.hear();
        stage.attendance.announce();
        return pushes(client.hear());
    }

    private static List<String> pushes(List<Object> heard) {
        var pushes = new ArrayList<String>();
        for (Object frame : heard) {
            for (Frame.Broadcast part : ((Frame.Shared) frame).parts()) {
                pushes.add(
                        switch (part) {
                            case Frame.Joined it -> "+" + it.member().user();
                            case Frame.Left it -> "-" + it.member().user();
                            case Frame.Presence it -> "count " + it.count();
                            case Frame.Signal it -> "signal";
                        });
            }
        }
        return pushes;
    }

    private static Members members(String... users) {
        return new Members(
                List.of(users).stream().map(user -> new Member(user, 1)).toList(), users.length, users.length);
    }
}
