package dev.parley.protocol;

import static dev.parley.protocol.CommandReaderTest.assertHeard;
import static dev.parley.protocol.Heard.malformed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.core.ChannelName;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadCommandsTest {
    private static final String NEXT = "\n{\"id\":99,\"type\":\"connect\"}";

    @Provide
    Arbitrary<String> json() {
        return JsonTexts.any();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':5}",
                "{'id':5,'type':'fly'}",
                "{'id':5,'type':'Connect'}",
                "{'id':5,'type':'signal','channel':'c'}",
                "{'id':5,'type':'subscribe'}",
                "{'id':5,'type':'unsubscribe'}",
                "{'id':5,'type':'publish','data':1}",
                "{'id':5,'type':'publish','channel':'c'}",
                "{'id':5,'type':'presence'}",
                "{'id':5,'type':'signal','data':1}",
                "{'id':5,'type':'signal','channel':'c','data':1,'event':'parley.gap'}",
                "{'id':5,'type':'history','limit':5}",
                "{'id':5,'type':'history','channel':'c','after':'e-1','before':'e-2'}",
                "{'id':5,'type':'history','channel':'c','limit':0}",
                "{'id':5,'type':'history','channel':'c','limit':-1}",
                "{'id':5,'type':'history','channel':'c','limit':1.5}",
                "{'id':5,'type':'publish','channel':'c','data':1,'event':''}",
                "{'id':5,'type':'publish','channel':'c','data':1,'event':'parley.gap'}",
                "{'id':5,'type':'publish','channel':'c','data':1,'event':'a\\nb'}",
                "{'id':5,'type':'publish','channel':'c','data':1,'event':'\\ud800'}",
                "{'id':5,'type':'publish','channel':'c','data':1,'key':''}",
                "{'id':5,'type':'publish','channel':'c','data':1,'key':'\\u0000'}",
            })
    void membersThatMakeNoCommandAreMalformed(String frame) {
        assertHeard(malformed(5), frame);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4002 | {'id':5,'type':'subscribe','channel':''}",
                "4002 | {'id':5,'type':'publish','channel':'no spaces','data':1}",
                "4002 | {'id':5,'type':'history','channel':'a/b'}",
                "4007 | {'id':5,'type':'subscribe','channel':'c','after':'16'}",
                "4007 | {'id':5,'type':'history','channel':'c','before':''}",
            })
    void wrongTextsAreRefusedWithTheirCode(int number, String frame) {
        var refusal = (Heard.Refusal) Heard.in(frame.replace('\'', '"')).getFirst();

        assertEquals(number, refusal.code().number());
        assertEquals(5, refusal.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "channel", "after", "before", "event", "key", "limit", "presence"})
    void memberOfTheWrongTypeIsMalformedWhereverItStands(String name) {
        for (String value :
                List.of(name.equals("presence") ? "'true'" : "true", "17.5", "[1,{'id':6}]", "{'id':6,'x':[]}")) {
            String wrong = '\'' + name + "':" + value;
            assertHeard(malformed(5), "{" + wrong + ",'id':5,'type':'publish','channel':'c','data':1}");
            assertHeard(malformed(5), "{'type':'publish','id':5,'channel':'c','data':1," + wrong + "}");
        }
    }

    @Property
    void anyValueInAnyPlaceHarmsNothingElse(@ForAll("json") String value) {
        for (String name : List.of("type", "channel", "after", "event", "key", "limit", "id", "other")) {
            List<Object> heard = Heard.in("{\"id\":5,\"type\":\"connect\",\"" + name + "\":" + value + "}" + NEXT);
            assertEquals(2, heard.size());
            assertEquals(new Command.Connect(99), heard.getLast());
        }
    }

    @Example
    void idReadBeforeTheBreakIsToldAndALaterOneIsNot() {
        assertHeard(malformed(5), "{'id':5,'type':'publish','data':nonsense}");
        assertHeard(malformed(0), "{'type':'publish','data':nonsense,'id':5}");
        assertHeard(malformed(5), "{'id':5,'type':'publish'");
    }

    @Example
    void idThatStandsAfterAnErrorIsTold() {
        assertHeard(malformed(5), "{'type':17,'channel':false,'id':5}");
        assertHeard(malformed(5), "{'limit':'many','type':'history','channel':'c','id':5}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "true", "null", "\"connect\"", "[{\"id\":5,\"type\":\"connect\"}]"})
    void whatIsNoObjectIsNoCommand(String json) {
        assertEquals(List.of(malformed(0), new Command.Connect(99)), Heard.in(json + NEXT));
    }

    @Example
    void deepNestingIsTakenUpToALimitAndThenRefused() {
        String deep = "[".repeat(400) + "]".repeat(400);
        String bottomless = "[".repeat(100_000) + "]".repeat(100_000);

        assertEquals(
                List.of(new Command.Publish(5, new ChannelName("c"), deep, "", null), new Command.Connect(99)),
                Heard.in(publishing(deep) + NEXT));
        assertEquals(List.of(malformed(5), new Command.Connect(99)), Heard.in(publishing(bottomless) + NEXT));
        assertEquals(List.of(malformed(0), new Command.Connect(99)), Heard.in(bottomless + NEXT));
    }

    @Example
    void hugeNumbersAreKeptUpToALimitAndThenRefused() {
        for (String number : List.of("9".repeat(900), "1e999999999", "-0." + "1".repeat(900))) {
            assertEquals(
                    List.of(new Command.Publish(5, new ChannelName("c"), number, "", null)),
                    Heard.in(publishing(number)));
        }
        assertEquals(List.of(malformed(5), new Command.Connect(99)), Heard.in(publishing("9".repeat(50_000)) + NEXT));
    }

    private static String publishing(String data) {
        return "{\"id\":5,\"type\":\"publish\",\"channel\":\"c\",\"data\":" + data + "}";
    }
}
