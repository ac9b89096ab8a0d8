package dev.parley.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON values as CBOR and back, by the examples of RFC 8949 (appendices A and F). */
class CborTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "00 | 0",
                "01 | 1",
                "0a | 10",
                "17 | 23",
                "1818 | 24",
                "1819 | 25",
                "1864 | 100",
                "1903e8 | 1000",
                "1a000f4240 | 1000000",
                "1b000000e8d4a51000 | 1000000000000",
                "1bffffffffffffffff | 18446744073709551615",
                "c249010000000000000000 | 18446744073709551616",
                "3bffffffffffffffff | -18446744073709551616",
                "c349010000000000000000 | -18446744073709551617",
                "20 | -1",
                "29 | -10",
                "3863 | -100",
                "3903e7 | -1000",
                "f90000 | 0.0",
                "f98000 | -0.0",
                "f93c00 | 1.0",
                "fb3ff199999999999a | 1.1",
                "f93e00 | 1.5",
                "f97bff | 65504.0",
                "fa47c35000 | 100000.0",
                "fa7f7fffff | 3.4028234663852886E38",
                "fb7e37e43c8800759c | 1.0E300",
                "f90400 | 6.103515625E-5",
                "f9c400 | -4.0",
                "fbc010666666666666 | -4.1",
                "f4 | false",
                "f5 | true",
                "f6 | null",
                "60 | \"\"",
                "6161 | \"a\"",
                "6449455446 | \"IETF\"",
                "62225c | \"\\\"\\\\\"",
                "62c3bc | \"ü\"",
                "63e6b0b4 | \"水\"",
                "64f0908591 | \"𐅑\"",
                "80 | []",
                "83010203 | [1,2,3]",
                "8301820203820405 | [1,[2,3],[4,5]]",
                "a0 | {}",
                "a26161016162820203 | {\"a\":1,\"b\":[2,3]}",
                "826161a161626163 | [\"a\",{\"b\":\"c\"}]",
                "4401020304 | {\"$binary\":\"AQIDBA==\",\"type\":\"application/octet-stream\"}",
                "40 | {\"$binary\":\"\",\"type\":\"application/octet-stream\"}",
                "a264747970656178672462696e61727941ff | {\"type\":\"x\",\"$binary\":\"/w==\"}",
            })
    void valuesAreTheSameInBothForms(String hex, String json) {
        assertEquals(json, json(hex));
        assertEquals(hex, cbor(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f7 | null",
                "190001 | 1",
                "fb3ff8000000000000 | 1.5",
                "c074323031332d30332d32315432303a30343a30305a | \"2013-03-21T20:04:00Z\"",
                "c11a514b67b0 | 1363896240",
                "d9d9f7a0 | {}",
                "db80000000000000024101 | {\"$binary\":\"AQ==\",\"type\":\"application/octet-stream\"}",
                "5f42010243030405ff | {\"$binary\":\"AQIDBAU=\",\"type\":\"application/octet-stream\"}",
                "7f657374726561646d696e67ff | \"streaming\"",
                "9fff | []",
                "9f018202039f0405ffff | [1,[2,3],[4,5]]",
                "bf6346756ef563416d7421ff | {\"Fun\":true,\"Amt\":-2}",
                "c25f42000141ffff | 511",
                "c48221196ab3 | 273.15",
                "c49f21196ab3ff | 273.15",
                "c48201c24101 | 1E+1",
                "c4821a3b9ac9ff01 | 1E+999999999",
                "a1672462696e617279d8404101 | {\"$binary\":\"AQ==\"}",
            })
    void whatIsWrittenInAnotherWayIsReadToo(String hex, String json) {
        assertEquals(json, json(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f97c00", // infinity
                "fa7fc00000", // not a number
                "f0", // a simple value that has no meaning
                "f8ff",
                "a10102", // a key that is no text
                "a2616101616102", // a key that is there twice
                "c5822003", // a bigfloat
                "c401", // decimal fractions and bignums of the wrong shape
                "c48101",
                "c482616101",
                "c49f01ff",
                "c49f010203ff",
                "c4821bffffffffffffffff01",
                "c201",
                "62c328", // not UTF-8
                "63eda080",
                "7f61c361bcff", // a character cut between two chunks
            })
    void whatHasNoJsonFormIsRefusedAndPassedOver(String hex) {
        var items = new CborReader(bytes(hex + "01"));

        assertThrows(Refused.class, () -> next(items));
        assertEquals("1", next(items));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "18",
                "19",
                "1a",
                "1b",
                "1901",
                "1a0102",
                "1b01020304050607",
                "38",
                "58",
                "78",
                "98",
                "9a01ff00",
                "b8",
                "d8",
                "f8",
                "f900",
                "fa0000",
                "fb000000",
                "41",
                "61",
                "5affffffff00",
                "5bffffffffffffffff010203",
                "7affffffff00",
                "7b7fffffffffffffff010203",
                "81",
                "818181818181818181",
                "8200",
                "a1",
                "a20102",
                "a100",
                "a2000000",
                "c0",
                "5f4100",
                "7f6100",
                "9f",
                "9f0102",
                "bf",
                "bf01020102",
                "819f",
                "9f8000",
                "9f9f9f9f9fffffffff",
                "9f819f819f9fffffff",
                "1c",
                "1d",
                "1e",
                "3c",
                "5d",
                "7e",
                "9c",
                "bc",
                "dc",
                "fc",
                "fd",
                "fe",
                "f800",
                "f801",
                "f818",
                "f81f",
                "5f00ff",
                "5f6100ff",
                "5f80ff",
                "5fc000ff",
                "5fe0ff",
                "7f4100ff",
                "5f5f4100ffff",
                "7f7f6100ffff",
                "ff",
                "81ff",
                "8200ff",
                "a1ff",
                "a1ff00",
                "a100ff",
                "a20000ff",
                "9f81ff",
                "9f829f819f9fffffffff",
                "bf00ff",
                "bf000000ff",
                "1f",
                "3f",
                "df",
                "9bffffffffffffffff01",
                "bb7fffffffffffffff01"
            })
    void whatIsNotWellFormedIsRefusedAndEndsTheSequence(String hex) {
        var items = new CborReader(bytes(hex));

        assertThrows(Refused.class, () -> next(items));
        assertFalse(items.hasNext());
    }

    @Example
    void deepNestingIsTakenUpToALimitAndThenRefused() {
        assertEquals("[".repeat(500) + "]".repeat(500), json("81".repeat(499) + "80"));
        assertEquals("1", json("d9d9f7".repeat(499) + "01"));
        assertThrows(Refused.class, () -> json("81".repeat(500) + "80"));
        for (String endless : new String[] {"81", "9f", "a1616e", "d9d9f7"}) {
            assertThrows(Refused.class, () -> json(endless.repeat(100_000) + "01"));
        }
    }

    @Example
    void bignumIsTakenUpToALimitAndThenRefused() {
        assertEquals(BigInteger.TWO.pow(3200).subtract(BigInteger.ONE).toString(), json("c2590190" + "ff".repeat(400)));
        assertThrows(Refused.class, () -> json("c2590191" + "ff".repeat(401)));
    }

    @ParameterizedTest
    @CsvSource({
        "3.141592653589793238462643383279, c482381dc24d27a708891c53e6140dab3d2bef",
        "1e400, c48219019001",
        "-1e-400, c48239018f20",
        "2.50, f94100",
        "1e2, f95640",
        "-0, f98000",
    })
    void numbersKeepTheirValue(String json, String hex) {
        assertEquals(hex, cbor(json));
    }

    @Example
    void numberWithAnExponentThatNobodyHoldsBecomesText() {
        assertEquals("6e3165393939393939393939393939", cbor("1e999999999999"));
    }

    @Example
    void lastOfDuplicateMembersCounts() {
        assertEquals("a1616102", cbor("{\"a\":1,\"a\":2}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$binary\":\"AQ==\"}",
                "{\"$binary\":\"AR==\",\"type\":\"x\"}", // not as base64 writes it
                "{\"$binary\":\"no base64\",\"type\":\"x\"}",
                "{\"$binary\":1,\"type\":\"x\"}",
                "{\"$binary\":\"AQ==\",\"type\":1}",
                "{\"$binary\":\"AQ==\",\"type\":\"x\",\"more\":1}",
                "{\"$binary\":{\"$binary\":\"AQ==\",\"type\":\"application/octet-stream\"},\"type\":\"x\"}",
            })
    void whatOnlyLooksLikeBinaryStaysAsItIs(String json) {
        assertEquals(Json.read(json), Json.read(json(cbor(json))));
    }

    /** A map must not have a key twice, and of doubled members only the last comes through. */
    @Provide
    Arbitrary<String> json() {
        return JsonTexts.any().filter(CborTest::isUnambiguous);
    }

    private static boolean isUnambiguous(String json) {
        try {
            Json.read(json);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    @Property
    void anyJsonComesBackWithTheSameMeaning(@ForAll("json") String json) {
        assertEquals(meaning(Json.read(json)), meaning(Json.read(json(cbor(json)))));
    }

    /** A tree in which equal numbers are equal objects, however they are written. */
    private static Object meaning(Object tree) {
        return switch (tree) {
            case Doc doc -> {
                var members = new LinkedHashMap<String, Object>();
                doc.members().forEach((name, value) -> members.put(name, meaning(value)));
                yield members;
            }
            case List<?> list -> list.stream().map(CborTest::meaning).toList();
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            default -> tree;
        };
    }

    @Property
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) {
        var items = new CborReader(bytes);
        int read = 0;
        while (items.hasNext()) {
            read++;
            try {
                JsonText.value(next(items));
            } catch (Refused e) {
                assertEquals(ErrorCode.MALFORMED, e.code());
            }
        }
        assertTrue(read <= bytes.length, "an item has at least one byte");
    }

    private static String json(String hex) {
        var items = new CborReader(bytes(hex));
        String json = next(items);
        assertFalse(items.hasNext());
        return json;
    }

    private static String next(CborReader items) {
        var text = new StringWriter();
        try (var json = JsonText.generator(text)) {
            items.next(json);
        }
        return text.toString();
    }

    private static String cbor(String json) {
        return HexFormat.of().formatHex(CborWriter.sequence(json));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
