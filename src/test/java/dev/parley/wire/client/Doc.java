package dev.parley.wire.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A JSON object. Asking for a member that is missing or of another kind fails the test and shows the whole object. */
public record Doc(Map<String, Object> members) {
    public Doc {
        members = new LinkedHashMap<>(members);
    }

    /** @param namesAndValues name, value, name, value…; values as {@link Json#write} takes them */
    public static Doc of(Object... namesAndValues) {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Doc(members);
    }

    public static Doc read(String json) {
        if (Json.read(json) instanceof Doc doc) {
            return doc;
        }
        throw new AssertionError("not an object: " + json);
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Object value(String name) {
        return as(Object.class, name);
    }

    public String type() {
        return text("type");
    }

    public String text(String name) {
        return as(String.class, name);
    }

    public long number(String name) {
        return as(Long.class, name);
    }

    public boolean flag(String name) {
        return as(Boolean.class, name);
    }

    /** A boolean member that a sender may leave out when it is false. */
    public boolean flagOrFalse(String name) {
        return has(name) && flag(name);
    }

    /** A member that is an object. */
    public Doc doc(String name) {
        return as(Doc.class, name);
    }

    /** A member that is an array of objects. */
    public List<Doc> docs(String name) {
        List<?> values = as(List.class, name);
        return values.stream().map(Doc.class::cast).toList();
    }

    @Override
    public String toString() {
        return members.entrySet().stream()
                .map(member -> Json.write(member.getKey()) + ":" + Json.write(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private <T> T as(Class<T> kind, String name) {
        Object value = members.get(name);
        if (!kind.isInstance(value)) {
            throw new AssertionError(name + " is no " + kind.getSimpleName() + " in " + this);
        }
        return kind.cast(value);
    }
}
