package io.millwright.node.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the OpenAPI 3.1 document from the routes and the records they answer with.
final class OpenApi {

    private final Map<String, Object> schemas = new TreeMap<>();

    private OpenApi() {}

    /// The document as nested maps, ready to be written as JSON.
    static Map<String, Object> document(List<Route> routes, String version) {
        return new OpenApi().make(routes, version);
    }

    private Map<String, Object> make(List<Route> routes, String version) {
        var paths = new TreeMap<String, Map<String, Object>>();
        for (var route : routes) {
            paths.computeIfAbsent("/api/v1" + route.path(), _ -> new LinkedHashMap<>())
                    .put(route.method().text().toLowerCase(java.util.Locale.ROOT), operation(route));
        }
        var problem = schema(Problem.Body.class);
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put(
                "info", Map.of("title", "Millwright", "version", version, "license", Map.of("name", "Apache-2.0")));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "schemas",
                        schemas,
                        "responses",
                        Map.of(
                                "Problem",
                                Map.of(
                                        "description",
                                        "What went wrong (RFC 9457)",
                                        "content",
                                        Map.of("application/problem+json", Map.of("schema", problem)))),
                        "securitySchemes",
                        Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
        return document;
    }

    private Map<String, Object> operation(Route route) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("summary", route.summary());
        operation.put("operationId", operationId(route));
        operation.put(
                "parameters",
                route.parameters().stream().map(OpenApi::parameter).toList());
        route.body()
                .ifPresent(type -> operation.put(
                        "requestBody",
                        Map.of(
                                "required",
                                true,
                                "content",
                                Map.of("application/json", Map.of("schema", schema(type))))));
        var answer = schema(route.answer());
        var schema = route.many() ? Map.<String, Object>of("type", "array", "items", answer) : answer;
        operation.put(
                "responses",
                Map.of(
                        "200",
                        Map.of(
                                "description",
                                "The answer",
                                "content",
                                Map.of("application/json", Map.of("schema", schema))),
                        "default",
                        Map.of("$ref", "#/components/responses/Problem")));
        operation.put("security", List.of(Map.of("token", List.of()), Map.of()));
        return operation;
    }

    private static String operationId(Route route) {
        var id = new StringBuilder(route.method().text().toLowerCase(java.util.Locale.ROOT));
        for (var part : route.path().split("[^a-zA-Z]+", -1)) {
            if (!part.isEmpty()) {
                id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return id.toString();
    }

    private static Map<String, Object> parameter(Route.Parameter parameter) {
        var description = new LinkedHashMap<String, Object>();
        description.put("name", parameter.name());
        description.put("in", parameter.place() == Route.Place.PATH ? "path" : "query");
        description.put("required", parameter.required());
        description.put("description", parameter.description());
        Map<String, Object> text = Map.of("type", "string");
        description.put("schema", parameter.repeated() ? Map.of("type", "array", "items", text) : text);
        description.put("example", parameter.repeated() ? List.of(parameter.example()) : parameter.example());
        return description;
    }

    /// The schema of a type; a record becomes a component that is referred to.
    private Map<String, Object> schema(Type type) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class ->
                Map.of("type", "array", "items", schema(list.getActualTypeArguments()[0]));
            case ParameterizedType map
            when map.getRawType() == Map.class ->
                Map.of("type", "object", "additionalProperties", schema(map.getActualTypeArguments()[1]));
            case Class<?> array when array.isArray() -> Map.of("type", "array", "items", schema(array.componentType()));
            case Class<?> record when record.isRecord() -> reference(record);
            case Class<?> family
            when family.isSealed() ->
                Map.of(
                        "oneOf",
                        Arrays.stream(family.getPermittedSubclasses())
                                .map(this::schema)
                                .toList());
            case Class<?> choice when choice.isEnum() -> Map.of("type", "string", "enum", constants(choice));
            case Class<?> plain -> plainSchema(plain);
            default -> throw new IllegalArgumentException("no schema for " + type);
        };
    }

    private static List<String> constants(Class<?> choice) {
        var names = new ArrayList<String>();
        for (var constant : choice.getEnumConstants()) {
            names.add(((Enum<?>) constant).name().toLowerCase(java.util.Locale.ROOT));
        }
        return names;
    }

    private static Map<String, Object> plainSchema(Class<?> type) {
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type == URI.class) {
            return Map.of("type", "string", "format", "uri-reference");
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == Integer.class) {
            return Map.of("type", "integer", "format", "int32");
        }
        if (type == long.class || type == Long.class) {
            return Map.of("type", "integer", "format", "int64");
        }
        if (type == double.class || type == Double.class) {
            return Map.of("type", "number");
        }
        return Map.of("type", List.of("number", "boolean", "string", "null"));
    }

    private Map<String, Object> reference(Class<?> record) {
        String name = name(record);
        if (!schemas.containsKey(name)) {
            schemas.put(name, Map.of()); // so that a record within itself ends
            var properties = new LinkedHashMap<String, Object>();
            var required = new ArrayList<String>();
            for (RecordComponent component : record.getRecordComponents()) {
                var schema = schema(component.getGenericType());
                var property = propertyName(component);
                properties.put(property, isNullable(component) ? orNull(schema) : schema);
                required.add(property);
            }
            schemas.put(name, Map.of("type", "object", "properties", properties, "required", required));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    /// What JSON calls a component: some names are words of Java.
    private static String propertyName(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(org.jspecify.annotations.Nullable.class);
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
    }

    private static String name(Class<?> record) {
        var outer = record.getEnclosingClass();
        String simple = record.getSimpleName();
        if (record == Problem.Body.class) {
            return "Problem";
        }
        return simple.endsWith("View") || outer == null ? simple.replaceFirst("View$", "") : simple;
    }
}
