package dev.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.core.ChannelName;
import dev.parley.protocol.BatchReader.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReaderTest {
    private static final ChannelName A = new ChannelName("a");

    @Test
    void messagesAreReadInTheirOrder() {
        assertEquals(
                List.of(
                        new Item.Good(new Command.Publish(0, A, "1", "", null)),
                        new Item.Good(new Command.Publish(0, A, "{\"x\":[ 2.0 ]}", "note", "k"))),
                read("[ {'channel':'a','data':1}, {'data':{'x':[ 2.0"
                        + " ]},'key':'k','event':'note','channel':'a','y':{}} ] "));
        assertEquals(List.of(), read("[]"));
    }

    @Test
    void wrongOneSpoilsOnlyItself() {
        assertEquals(
                List.of("4002", "good", "4001", "4001", "4001", "good"),
                codes("[{'channel':'','data':1},{'channel':'a','data':1},{'channel':'a'},[{'channel':'a'}],"
                        + "{'channel':'a','data':1,'event':7},{'channel':'a','data':null}]"));
    }

    @Test
    void batchHasAsManyMessagesAsAllowed() {
        assertEquals(6, read("[1,2,3,4,5,6]").size());
        assertRefused(ErrorCode.TOO_LARGE, "[1,2,3,4,5,6,7]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "1", "[", "[1", "[1,", "[]]", "[] 1", "[{'channel':'a','data':1}", "nonsense", "[{]"})
    void whatIsNoArrayIsRefused(String text) {
        assertRefused(ErrorCode.MALFORMED, text);
    }

    private static List<Item> read(String singleQuoted) {
        return new BatchReader(64, 6).read(singleQuoted.replace('\'', '"'));
    }

    private static List<String> codes(String text) {
        return read(text).stream()
                .map(item -> switch (item) {
                    case Item.Good it -> "good";
                    case Item.Bad it -> Integer.toString(it.why().code().number());
                })
                .toList();
    }

    private static void assertRefused(ErrorCode code, String text) {
        assertEquals(code, assertThrows(Refused.class, () -> read(text)).code());
    }
}
