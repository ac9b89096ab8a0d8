package dev.parley.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.wire.client.Answer;
import dev.parley.wire.client.Code;
import dev.parley.wire.client.Doc;
import dev.parley.wire.client.Json;
import dev.parley.wire.client.Wire;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /channels/{channel}/messages}. */
class HttpPublishIT extends WireSuite {
    private final String channel = channel();
    private final String path = Wire.messages(channel);

    HttpPublishIT(Wire wire) {
        super(wire);
    }

    private Doc last() {
        return wire.get(path + "/latest").expect(200).doc();
    }

    @Test
    void itIsCreatedAtItsLocation() {
        Answer answer = wire.post(path, "application/json", "{\"a\":[1,2]}").expect(201);

        String position = answer.doc().text("position");
        assertTrue(answer.header("content-type").startsWith("application/json"), answer::toString);
        URI location = wire.http(path).resolve(answer.header("location"));
        assertTrue(location.getPath().endsWith("/channels/" + channel + "/messages/" + position), location::toString);
        assertEquals(wire.base().getAuthority(), location.getAuthority());
        Answer found = wire.send(HttpRequest.newBuilder(location).build()).expect(200);
        assertEquals(Json.read("{\"a\":[1,2]}"), found.doc().value("data"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|7|7",
                "application/json; charset=utf-8|\"ä\"|\"ä\"",
                "text/plain|plain ä|\"plain ä\"",
                "text/plain;charset=UTF-8|{\"a\":1}|\"{\\\"a\\\":1}\"",
                "TEXT/Plain|x|\"x\""
            })
    void theMediaTypeSaysWhatTheDataIs(String mediaType, String body, String data) {
        wire.post(path, mediaType, body).expect(201);

        assertEquals(Json.read(data), last().value("data"));
    }

    @Test
    void bytesAreBinary() {
        wire.post(path, "application/octet-stream", new byte[] {0, (byte) 0xff, 10})
                .expect(201);

        assertEquals(Doc.of("$binary", "AP8K", "type", "application/octet-stream"), last().value("data"));
    }

    @Test
    void lineBreaksInATextStay() {
        wire.post(path, "text/plain", "line\r\nline").expect(201);

        assertEquals("line\r\nline", last().text("data"));
    }

    @Test
    void eventAndNameAreGivenInTheQuery() {
        wire.post(path + "?event=news&name=Ann%20B", "application/json", "1").expect(201);

        assertEquals("news", last().text("event"));
        assertEquals("Ann B", last().text("from"));
    }

    @Test
    void withoutANameThereIsNoSender() {
        wire.publish(channel, 1);

        assertFalse(last().has("from"));
        assertFalse(last().has("event"));
    }

    @Test
    void aSecondTryWithItsKeyIsADuplicateAtTheSamePlace() {
        Answer first =
                wire.post(path, "application/json", "1", "Idempotency-Key", "k").expect(201);
        Answer again =
                wire.post(path, "application/json", "2", "Idempotency-Key", "k").expect(200);

        assertTrue(again.doc().flag("duplicate"), again::toString);
        assertFalse(first.doc().flagOrFalse("duplicate"), first::toString);
        assertEquals(first.doc().text("position"), again.doc().text("position"));
        assertEquals(1, last().number("data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "/", "text/", ";"})
    void whatIsNoMediaTypeIsMalformed(String mediaType) {
        wire.post(path, mediaType, "1").problem(Code.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "[1,]",
                "1 2",
                "{} {}",
                "'a'",
                "{a:1}",
                "nul",
                "NaN",
                "01",
                "\"\n\"",
                "\u0000"
            })
    void whatIsNoJsonIsMalformedAndStoresNothing(String body) {
        wire.post(path, "application/json", body).problem(Code.MALFORMED);
        wire.publish(channel, "marker");

        assertEquals(List.of("marker"), data(wire.get(path).doc().docs("messages")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain"})
    void whatIsNoUtf8IsMalformed(String mediaType) {
        wire.post(path, mediaType, new byte[] {'"', (byte) 0xc3, '(', '"'}).problem(Code.MALFORMED);
        wire.post(path, mediaType, new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})
                .problem(Code.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "application/x-www-form-urlencoded", "multipart/form-data;boundary=x"})
    void otherMediaTypesAreNotTaken(String mediaType) {
        wire.post(path, mediaType, "a=1").problem(Code.MALFORMED, 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event=parley.gap", "event=a%0Ab", "event=", "name=", "name=a%0Db"})
    void badNamesAreMalformed(String query) {
        wire.post(path + "?" + query, "application/json", "1").problem(Code.MALFORMED);
    }

    @Test
    void namesThatAreTooLongAreMalformed() {
        String longest = "n".repeat(Configured.NAME_LENGTH);

        wire.post(path + "?event=" + longest + "&name=" + longest, "application/json", "1")
                .expect(201);
        wire.post(path + "?event=" + longest + "e", "application/json", "1").problem(Code.MALFORMED);
        wire.post(path + "?name=" + longest + "n", "application/json", "1").problem(Code.MALFORMED);
    }
}
