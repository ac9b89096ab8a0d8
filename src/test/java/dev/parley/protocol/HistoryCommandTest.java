package dev.parley.protocol;

import static dev.parley.protocol.CommandReaderTest.assertHeard;
import static dev.parley.protocol.Heard.malformed;

import dev.parley.core.ChannelName;
import dev.parley.core.Start;
import org.junit.jupiter.api.Test;

class HistoryCommandTest {
    @Test
    void limitOfNullIsTheOneOfWhoNamesNone() {
        assertHeard(history(50), "{'id':1,'type':'history','channel':'c','limit':null}");
        assertHeard(history(50), "{'id':1,'type':'history','channel':'c','limit':7,'limit':null}");
    }

    @Test
    void limitIsCutAtTheMost() {
        assertHeard(history(500), "{'id':1,'type':'history','channel':'c','limit':9223372036854775807}");
        assertHeard(malformed(1), "{'id':1,'type':'history','channel':'c','limit':-9223372036854775808}");
    }

    private static Command history(int limit) {
        return new Command.History(1, new ChannelName("c"), new Range(Start.LATEST, false, limit));
    }
}
