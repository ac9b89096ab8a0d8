package dev.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.protocol.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many channels or sessions are listed: what {@code openapi.yaml} says of {@code limit}. */
class ListLimitTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1000, 1000", "1001, 1000", "9223372036854775807, 1000"})
    void moreThanAThousandCountsAsAThousand(String asked, int given) {
        assertEquals(given, ChannelsResource.limit(asked, 20));
    }

    @Test
    void withoutItThereIsAUsualOne() {
        assertEquals(20, ChannelsResource.limit(null, 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "many", "9223372036854775808"})
    void otherThingsAreRefused(String asked) {
        assertThrows(Refused.class, () -> ChannelsResource.limit(asked, 20));
    }
}
