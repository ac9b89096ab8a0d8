package dev.parley.protocol;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a JSON array of messages to publish. One that is wrong spoils only itself. */
public final class BatchReader {
    private final int nameLength;
    private final int limit;

    /** What stands in one place of the array. */
    public sealed interface Item {
        record Good(Command.Publish message) implements Item {}

        record Bad(Refused why) implements Item {}
    }

    /**
     * @param nameLength the longest event name, in characters
     * @param limit how many messages a batch may have
     */
    public BatchReader(int nameLength, int limit) {
        this.nameLength = nameLength;
        this.limit = limit;
    }

    /** @throws Refused for what is no array or has too many messages */
    public List<Item> read(String text) {
        List<Item> items = new ArrayList<>();
        try (JsonParser parser = JsonText.parser(text.toCharArray(), 0)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new Refused(ErrorCode.MALFORMED, "a batch is a JSON array");
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (items.size() == limit) {
                    throw new Refused(ErrorCode.TOO_LARGE, "a batch may have " + limit + " messages");
                }
                items.add(item(parser, token, text));
            }
            if (parser.nextToken() != null) {
                throw new Refused(ErrorCode.MALFORMED, "more than one JSON value");
            }
            return items;
        } catch (JacksonException e) {
            throw JsonText.broken(e);
        }
    }

    private Item item(JsonParser parser, JsonToken token, String text) {
        if (token != JsonToken.START_OBJECT) {
            JsonText.raw(parser, text, 0);
            return new Item.Bad(new Refused(ErrorCode.MALFORMED, "a message is a JSON object"));
        }
        Members members = new Members();
        members.readMessage(parser, text);
        try {
            return new Item.Good(members.message(nameLength));
        } catch (Refused e) {
            return new Item.Bad(e);
        }
    }
}
