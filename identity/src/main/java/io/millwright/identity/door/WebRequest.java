package io.millwright.identity.door;

import io.millwright.identity.wire.Octets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An HTTP request (RFC 9110).
///
/// @param method e.g. `GET`
/// @param path as it came, percent-encoded, from its first slash on
/// @param query behind the question mark, as it came; empty if there is none
/// @param fields header fields by name in small letters; of a field that came twice, joined by commas
/// @param content empty if there is none
public record WebRequest(String method, String path, String query, Map<String, String> fields, Octets content) {

    public WebRequest {
        fields = Map.copyOf(fields);
    }

    /// A request without content.
    ///
    /// @param target path and query as they stand in the first line
    public static WebRequest of(String method, String target, Map<String, String> fields, Octets content) {
        int question = target.indexOf('?');
        return question < 0
                ? new WebRequest(method, target, "", fields, content)
                : new WebRequest(
                        method, target.substring(0, question), target.substring(question + 1), fields, content);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The pairs of the query.
    Parameters parameters() throws RefusedException {
        return Parameters.read(query);
    }

    /// A part of the path behind a start, decoded.
    String pathBehind(String start) throws RefusedException {
        return PercentText.decode(path.substring(start.length()), false);
    }

    boolean is(String asked) {
        return method.equals(asked) || asked.equals("GET") && method.equals("HEAD");
    }
}
