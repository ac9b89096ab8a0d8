package dev.parley.protocol;

import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/** The JSON form of what administrators are told. */
public final class FiguresCodec {
    private FiguresCodec() {}

    /** @param count how many there are in all */
    public static String sessions(List<SessionFigures> some, int count) {
        return list("sessions", some, FiguresCodec::write, count);
    }

    /** @param count how many there are in all */
    public static String channels(List<ChannelFigures> some, int count) {
        return list("channels", some, FiguresCodec::write, count);
    }

    public static String channel(ChannelFigures figures) {
        return JsonText.write(json -> write(json, figures));
    }

    /** How many sessions something was done to. */
    public static String done(int sessions) {
        return JsonText.write(json -> json.writeStartObject()
                .writeNumberProperty("sessions", sessions)
                .writeEndObject());
    }

    private static <T> String list(String name, List<T> some, BiConsumer<JsonGenerator, T> writing, int count) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart(name);
            some.forEach(one -> writing.accept(json, one));
            json.writeEndArray();
            json.writeNumberProperty("count", count);
            json.writeEndObject();
        });
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
