package dev.parley.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.websocket.Parts.TooBig;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

class PartsTest {
    private static final int LIMIT = 200;

    private final Parts parts = new Parts(LIMIT);

    @Property
    void textIsPutTogetherWhateverItsParts(
            @ForAll @NotEmpty @Size(max = 10) List<@StringLength(max = 20) String> pieces) throws TooBig {
        for (int message = 0; message < 2; message++) {
            for (String piece : pieces.subList(0, pieces.size() - 1)) {
                assertNull(parts.text(piece, false));
            }
            assertEquals(String.join("", pieces), parts.text(pieces.getLast(), true));
        }
    }

    @Property
    void bytesArePutTogetherWhateverTheirParts(
            @ForAll @NotEmpty @Size(max = 10) List<@StringLength(max = 6) String> pieces) throws TooBig {
        for (int message = 0; message < 2; message++) {
            for (String piece : pieces.subList(0, pieces.size() - 1)) {
                assertNull(parts.binary(buffer(piece), false));
            }
            assertArrayEquals(String.join("", pieces).getBytes(UTF_8), parts.binary(buffer(pieces.getLast()), true));
        }
    }

    @Example
    void messageMayBeAsLongAsTheLimit() throws TooBig {
        assertEquals(LIMIT, length(parts.text("t".repeat(LIMIT), true)));
        assertNull(parts.text("t".repeat(LIMIT - 1), false));
        assertEquals(LIMIT, length(parts.text("t", true)));
        assertNull(parts.text("t".repeat(LIMIT), false));
        assertEquals(LIMIT, length(parts.text("", true)));
    }

    @Example
    void oneMoreIsTooBigAndIsForgotten() throws TooBig {
        assertThrows(TooBig.class, () -> parts.text("t".repeat(LIMIT + 1), true));
        assertThrows(TooBig.class, () -> parts.text("t".repeat(LIMIT + 1), false));
        assertNull(parts.text("t".repeat(LIMIT), false));
        assertThrows(TooBig.class, () -> parts.text("t", false));
        assertEquals("next", parts.text("next", true));
        assertThrows(TooBig.class, () -> parts.binary(buffer("b".repeat(LIMIT + 1)), true));
        assertNull(parts.binary(buffer("b".repeat(LIMIT)), false));
        assertThrows(TooBig.class, () -> parts.binary(buffer("b"), true));

        assertArrayEquals(new byte[] {'n'}, parts.binary(buffer("n"), true));
    }

    @Example
    void bytesAreThoseBetweenPositionAndLimitAndAreCopied() throws TooBig {
        byte[] container = "abcdef".getBytes(UTF_8);
        ByteBuffer part = ByteBuffer.wrap(container, 1, 3);
        byte[] whole = parts.binary(part, true);
        container[2] = 'X';

        assertArrayEquals("bcd".getBytes(UTF_8), whole);
        assertEquals(0, part.remaining());
    }

    private static int length(@Nullable String text) {
        return text == null ? -1 : text.length();
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
