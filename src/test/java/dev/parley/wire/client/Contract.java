package dev.parley.wire.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The documents for machines: {@code openapi.yaml}, {@code asyncapi.yaml}, and {@code schemas.json}, which both point to. */
public final class Contract {
    private static final String SCHEMAS = "https://parley.example/schemas.json";

    private final JsonNode openapi;
    private final JsonNode asyncapi;
    private final JsonNode objects;
    private final SchemaRegistry registry;

    /** From their texts. */
    public Contract(String openapi, String asyncapi, String schemas) {
        var yaml = new YAMLMapper(); // takes JSON too
        this.openapi = yaml.readTree(openapi);
        this.asyncapi = yaml.readTree(asyncapi);
        this.objects = yaml.readTree(schemas).path("$defs");
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(SCHEMAS, schemas)));
    }

    /** As a server hands them out. */
    public static Contract of(Wire wire) {
        return new Contract(text(wire, "openapi.yaml"), text(wire, "asyncapi.yaml"), text(wire, "schemas.json"));
    }

    private static String text(Wire wire, String path) {
        return wire.get(path).expect(200).body();
    }

    public JsonNode openapi() {
        return openapi;
    }

    public JsonNode asyncapi() {
        return asyncapi;
    }

    /** Fails unless the JSON is what the schema of this name says, and each of its members is named there. */
    public void check(String object, String json) {
        Schema schema = registry.getSchema(SchemaLocation.of(SCHEMAS + "#/$defs/" + object));
        assertEquals(List.of(), schema.validate(json, InputFormat.JSON), () -> object + ": " + json);
        if (objects.path(object).has("properties")) {
            List<String> unknown = Doc.read(json).members().keySet().stream()
                    .filter(name -> !objects.path(object).path("properties").has(name))
                    .toList();
            assertEquals(List.of(), unknown, () -> object + " has members that its schema does not name: " + json);
        }
    }

    /** Fails unless an answer is one that {@code openapi.yaml} knows of this operation. */
    public void check(String path, String method, Answer answer) {
        String where = method + ' ' + path + ": " + answer;
        JsonNode known =
                openapi.path("paths").path(path).path(method).path("responses").path("" + answer.status());
        if (known.has("$ref")) {
            known = openapi.at(known.path("$ref").asString().substring(1));
        }
        assertEquals(true, known.has("description"), where);
        String type = answer.header("content-type").split(";", 2)[0];
        assertEquals(type.isEmpty(), known.path("content").isEmpty(), where);
        if (!type.isEmpty()) {
            assertEquals(true, known.path("content").has(type), where);
            String schema =
                    known.path("content").path(type).path("schema").path("$ref").asString("");
            if (!schema.isEmpty()) {
                check(name(schema), answer.body());
            }
        }
    }

    /** The greatest value that a parameter of an operation may have. */
    public long greatest(String path, String method, String parameter) {
        for (JsonNode known : openapi.path("paths").path(path).path(method).path("parameters")) {
            if (known.path("name").asString().equals(parameter)) {
                return known.path("schema").path("maximum").asLong();
            }
        }
        throw new AssertionError(parameter + " of " + method + ' ' + path + " is not described");
    }

    /** The last part of a reference. */
    public static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
