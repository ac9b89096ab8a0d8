package dev.parley.protocol;

import dev.parley.core.ChannelName;
import dev.parley.core.Start;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of one command while it is read, in whatever order they come. Members that no command has are passed over. */
final class Members {
    private long id;
    private long limit = Range.DEFAULT_LIMIT;
    private @Nullable String type;
    private @Nullable String channel;
    private @Nullable String after;
    private @Nullable String before;
    private @Nullable String data;
    private @Nullable String event;
    private @Nullable String key;
    private boolean presence;
    private @Nullable Refused wrong; // the first; told after all is read, as the id may stand at the end

    long id() {
        return id;
    }

    /** Reads a command to its end; the parser stands at its start. */
    void read(JsonParser parser, String text, int base) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> id = positive(parser, value);
                case "limit" ->
                    limit = value == JsonToken.VALUE_NULL ? Range.DEFAULT_LIMIT : integer(parser, value, "limit");
                case "type" -> type = string(parser, value, "type");
                case "after" -> after = string(parser, value, "after");
                case "before" -> before = string(parser, value, "before");
                case "presence" -> presence = bool(parser, value, "presence");
                default -> readContent(parser, name, value, text, base);
            }
        }
    }

    /** The same for a message of a batch, which is no command: it may have an {@code id} of its publisher's own. */
    void readMessage(JsonParser parser, String text) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            readContent(parser, name, parser.nextToken(), text, 0);
        }
    }

    private void readContent(JsonParser parser, String name, JsonToken value, String text, int base) {
        switch (name) {
            case "channel" -> channel = string(parser, value, "channel");
            case "event" -> event = string(parser, value, "event");
            case "key" -> key = string(parser, value, "key");
            case "data" -> data = JsonText.raw(parser, text, base);
            default -> parser.skipChildren();
        }
    }

    /** @throws Refused if the members make no command */
    Command command(int nameLength) {
        if (wrong != null) {
            throw wrong;
        }
        return switch (required(type, "type")) {
            case "subscribe" ->
                new Command.Subscribe(id, channel(), after == null ? Start.LATEST : Given.start(after), presence);
            case "unsubscribe" -> new Command.Unsubscribe(id, channel());
            case "publish" -> publish(nameLength);
            case "signal" -> new Command.Signal(id, channel(), required(data, "data"), event(nameLength));
            case "history" -> new Command.History(id, channel(), Range.of(after, before, limit));
            case "presence" -> new Command.Presence(id, channel());
            case "connect" -> new Command.Connect(id);
            default -> throw new Refused(ErrorCode.MALFORMED, "unknown type");
        };
    }

    /** @throws Refused if the members make no message to publish */
    Command.Publish message(int nameLength) {
        if (wrong != null) {
            throw wrong;
        }
        return publish(nameLength);
    }

    private Command.Publish publish(int nameLength) {
        return new Command.Publish(
                id, channel(), required(data, "data"), event(nameLength), key == null ? null : Given.key(key));
    }

    private String event(int nameLength) {
        return event == null ? "" : Given.event(event, nameLength);
    }

    private ChannelName channel() {
        return Given.channel(required(channel, "channel"));
    }

    private static String required(@Nullable String value, String name) {
        if (value == null) {
            throw new Refused(ErrorCode.MALFORMED, name + " is missing");
        }
        return value;
    }

    private @Nullable String string(JsonParser parser, JsonToken value, String name) {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        return wrong(parser, value, name + " must be a string");
    }

    private boolean bool(JsonParser parser, JsonToken value, String name) {
        if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
            return value == JsonToken.VALUE_TRUE;
        }
        wrong(parser, value, name + " must be true or false");
        return false;
    }

    private long integer(JsonParser parser, JsonToken value, String name) {
        if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        wrong(parser, value, name + " must be an integer");
        return 0;
    }

    private long positive(JsonParser parser, JsonToken value) {
        long number = integer(parser, value, "id");
        if (number > 0) {
            return number;
        }
        wrong(parser, value, "id must be a positive integer");
        return 0;
    }

    /** Null stands for a member that is not there. */
    private @Nullable String wrong(JsonParser parser, JsonToken value, String why) {
        if (value != JsonToken.VALUE_NULL && wrong == null) {
            wrong = new Refused(ErrorCode.MALFORMED, why);
        }
        parser.skipChildren();
        return null;
    }
}
