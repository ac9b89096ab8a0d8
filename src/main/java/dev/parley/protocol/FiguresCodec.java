package dev.parley.protocol;

import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/** The JSON form of what administrators are told. */
public final class FiguresCodec {
    private FiguresCodec() {}

    /**
     * @param count how many there are in all
     * @param missing nodes that are not counted
     */
    public static String sessions(List<SessionFigures> some, int count, List<String> missing) {
        return list("sessions", some, FiguresCodec::write, count, missing);
    }

    /**
     * @param count how many there are in all
     * @param missing nodes whose readers are not counted
     */
    public static String channels(List<ChannelFigures> some, int count, List<String> missing) {
        return list("channels", some, FiguresCodec::write, count, missing);
    }

    public static String channel(ChannelFigures figures) {
        return JsonText.write(json -> write(json, figures));
    }

    /**
     * How many sessions something was done to.
     *
     * @param missing nodes that may have more of them
     */
    public static String done(int sessions, List<String> missing) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("sessions", sessions);
            write(json, missing);
            json.writeEndObject();
        });
    }

    private static <T> String list(
            String name, List<T> some, BiConsumer<JsonGenerator, T> writing, int count, List<String> missing) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart(name);
            some.forEach(one -> writing.accept(json, one));
            json.writeEndArray();
            json.writeNumberProperty("count", count);
            write(json, missing);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, List<String> missing) {
        if (!missing.isEmpty()) {
            json.writeArrayPropertyStart("missing");
            missing.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, SessionFigures figures) {
        json.writeStartObject();
        json.writeStringProperty("session", figures.session());
        json.writeStringProperty("user", figures.user());
        json.writeStringProperty("transport", figures.transport());
        json.writeNumberProperty("age", figures.age());
        json.writeArrayPropertyStart("channels");
        figures.channels().forEach(channel -> json.writeString(channel.text()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ChannelFigures figures) {
        json.writeStartObject();
        json.writeStringProperty("channel", figures.channel().text());
        json.writeStringProperty("head", figures.head().toString());
        if (figures.oldest() != null) {
            json.writeStringProperty("oldest", figures.oldest().toString());
        }
        json.writeNumberProperty("subscribers", figures.subscribers());
        json.writeNumberProperty("members", figures.members());
        json.writeEndObject();
    }
}
