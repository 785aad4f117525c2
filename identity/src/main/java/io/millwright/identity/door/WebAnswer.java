package io.millwright.identity.door;

import io.millwright.identity.wire.Octets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// An answer to a [WebRequest].
///
/// @param status three digits (RFC 9110, section 15)
/// @param fields header fields in their order, ASCII, without Content-Length
/// @param content empty if there is none
public record WebAnswer(int status, Map<String, String> fields, Octets content) {

    private static final Pattern FIELD_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    public WebAnswer {
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        for (var value : fields.values()) {
            if (!FIELD_VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("a header field takes printable ASCII only");
            }
        }
    }

    static WebAnswer json(int status, String mediaType, JsonNode json) {
        return new WebAnswer(status, Map.of("Content-Type", mediaType), Json.octets(json));
    }

    static WebAnswer empty(int status) {
        return new WebAnswer(status, Map.of(), Octets.EMPTY);
    }

    WebAnswer with(String name, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new WebAnswer(status, more, content);
    }

    /// The problem as RFC 9457 says it.
    static WebAnswer problem(int status, String title, String detail) {
        var problem = Json.object();
        problem.put("type", "about:blank").put("title", title).put("status", status);
        problem.put("detail", detail);
        return json(status, "application/problem+json", problem);
    }

    static WebAnswer notAllowed(String methods) {
        return problem(405, "Method Not Allowed", "this takes " + methods).with("Allow", methods);
    }
}
