package dev.parley.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Refused;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;
    private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE;
    private static final MediaType BYTES = MediaType.APPLICATION_OCTET_STREAM_TYPE;
    private static final int SIZE = 20;

    @Test
    void jsonIsTakenAsItIsInOneLine() throws IOException {
        assertEquals("{\"a\":  1.50}", data(JSON, "{\"a\":\r\n1.50}\n"));
        assertEquals("\"\u00e9\\u00e9\"", data(JSON, "\"\u00e9\\u00e9\""));
        assertEquals("null", data(JSON, "null"));
    }

    @Test
    void jsonIsUtf8WhateverItsTypeSays() throws IOException {
        assertEquals("\"\u00e9\"", data(JSON.withCharset("ISO-8859-1"), "\"\u00e9\""));
        assertRefused(ErrorCode.MALFORMED, 400, JSON, "\"\u00e9\"".getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nonsense", "{", "1 2", "{} {}"})
    void whatIsNoJsonIsMalformed(String text) {
        assertRefused(ErrorCode.MALFORMED, 400, JSON, text.getBytes(UTF_8));
    }

    @Test
    void whatATooLargeBodyHasIsReadToItsEnd() throws IOException {
        InputStream in = new ByteArrayInputStream(new byte[1 << 20]);

        var refused = assertThrows(Refused.class, () -> new Body(SIZE).data(BYTES, in));

        assertEquals(ErrorCode.TOO_LARGE, refused.code());
        assertEquals(0, in.available());
    }

    @Test
    void textBecomesAString() throws IOException {
        assertEquals("\"say \\\"hi\\\"\\r\\n\"", data(TEXT, "say \"hi\"\r\n"));
        assertEquals("\"\"", data(TEXT, ""));
        assertEquals("\"\u20ac\"", data(TEXT, "\u20ac"));
    }

    @Test
    void textIsReadInItsCharset() throws IOException {
        for (Charset charset : new Charset[] {UTF_8, ISO_8859_1, UTF_16, UTF_16LE}) {
            assertEquals("\"\u00e9\"", body(TEXT.withCharset(charset.name()), "\u00e9".getBytes(charset)));
        }
        assertEquals("\"\u20ac\"", body(TEXT.withCharset("windows-1252"), new byte[] {(byte) 0x80}));
    }

    @Test
    void textThatIsNotInItsCharsetIsMalformed() {
        assertRefused(ErrorCode.MALFORMED, 400, TEXT, new byte[] {(byte) 0xff});
        assertRefused(ErrorCode.MALFORMED, 400, TEXT, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        assertRefused(ErrorCode.MALFORMED, 400, TEXT.withCharset("US-ASCII"), "\u00e9".getBytes(UTF_8));
        assertRefused(ErrorCode.MALFORMED, 400, TEXT.withCharset("UTF-16LE"), new byte[] {0, (byte) 0xd8});
    }

    @ParameterizedTest
    @ValueSource(strings = {"klingon", "utf 8", "!"})
    void unknownCharsetIsUnsupported(String charset) {
        assertRefused(
                ErrorCode.MALFORMED, 415, new MediaType("text", "plain", Map.of("charset", charset)), new byte[0]);
    }

    @Test
    void bytesAreBinary() throws IOException {
        assertEquals(
                "{\"$binary\":\"AP8=\",\"type\":\"application/octet-stream\"}",
                body(BYTES, new byte[] {0, (byte) 0xff}));
        assertEquals("{\"$binary\":\"\",\"type\":\"application/octet-stream\"}", body(BYTES, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/jsonp",
                "application/problem+json",
                "image/png"
            })
    void otherTypesAreUnsupported(String type) {
        assertRefused(ErrorCode.MALFORMED, 415, MediaType.valueOf(type), "{}".getBytes(UTF_8));
    }

    @Test
    void typeMustBeSaid() {
        assertRefused(ErrorCode.MALFORMED, 415, null, "{}".getBytes(UTF_8));
    }

    @Test
    void sizeIsLimitedInBytes() throws IOException {
        for (MediaType type : new MediaType[] {JSON, TEXT, BYTES}) {
            body(type, "1".repeat(SIZE).getBytes(UTF_8));
            assertRefused(ErrorCode.TOO_LARGE, 413, type, "1".repeat(SIZE + 1).getBytes(UTF_8));
        }
        assertRefused(
                ErrorCode.TOO_LARGE, 413, TEXT, "\u00e9".repeat(SIZE / 2 + 1).getBytes(UTF_8));
        assertEquals('"' + "\u00e9".repeat(SIZE / 2) + '"', data(TEXT, "\u00e9".repeat(SIZE / 2)));
    }

    @Test
    void endlessBodyIsNotReadToItsEnd() {
        var endless = new InputStream() {
            private int read;

            @Override
            public int read() {
                return '1';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                Arrays.fill(into, from, from + length, (byte) '1');
                read += length;
                assertTrue(read <= 17 << 20, "read on and on");
                return length;
            }
        };

        assertEquals(
                ErrorCode.TOO_LARGE,
                assertThrows(Refused.class, () -> new Body(SIZE).data(JSON, endless))
                        .code());
    }

    private static String data(MediaType type, String text) throws IOException {
        return body(type, text.getBytes(UTF_8));
    }

    private static String body(@Nullable MediaType type, byte[] bytes) throws IOException {
        return new Body(SIZE).data(type, new ByteArrayInputStream(bytes));
    }

    private static void assertRefused(ErrorCode code, int status, @Nullable MediaType type, byte[] bytes) {
        Refused refused = assertThrows(Refused.class, () -> body(type, bytes));
        assertEquals(code, refused.code());
        assertEquals(status, refused.status());
    }
}
