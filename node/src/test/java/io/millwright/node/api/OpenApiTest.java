package io.millwright.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    record Inner(double min) {}

    record Outer(String name, @Nullable Inner range, List<Inner> many, long[] counts) {}

    private final JsonNode document = JsonMapper.shared()
            .valueToTree(OpenApi.document(
                    List.of(Route.get(
                                    "/things/{name}",
                                    "A thing.",
                                    List.of(Route.Parameter.path("name", "its name", "x")),
                                    Outer.class,
                                    _ -> "")
                            .ofMany()),
                    "1.0"));

    @Test
    void aRouteBecomesAnOperationWithItsParametersAndAnswer() {
        var operation = document.at("/paths/~1api~1v1~1things~1{name}/get");
        assertEquals("A thing.", operation.get("summary").asString());
        assertEquals("path", operation.at("/parameters/0/in").asString());
        assertTrue(operation.at("/parameters/0/required").asBoolean());
        var answer = operation.at("/responses/200/content/application~1json/schema");
        assertEquals("array", answer.get("type").asString());
        assertEquals("#/components/schemas/Outer", answer.at("/items/$ref").asString());
    }

    @Test
    void aRecordBecomesASchemaInWhichOnlyNullableMembersMayBeNull() {
        var outer = document.at("/components/schemas/Outer");
        assertEquals("string", outer.at("/properties/name/type").asString());
        assertEquals("null", outer.at("/properties/range/anyOf/1/type").asString());
        assertEquals("integer", outer.at("/properties/counts/items/type").asString());
        assertEquals(
                "#/components/schemas/Inner",
                outer.at("/properties/many/items/$ref").asString());
        assertEquals(4, outer.get("required").size());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var names = new HashSet<String>();
        document.findValues("$ref").forEach(ref -> names.add(ref.asString()));
        assertTrue(names.size() >= 3, names.toString());
        for (var name : names) {
            assertTrue(!document.at(name.substring(1)).isMissingNode(), name);
        }
        assertEquals(Optional.empty(), Optional.ofNullable(document.get("errors")));
        assertEquals(
                Set.of("Inner", "Outer", "Problem"),
                Set.copyOf(document.at("/components/schemas").propertyNames()));
    }
}
