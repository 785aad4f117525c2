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
/// @param confidential whether nobody on the way can read along: it came over TLS, or did not leave the machine
public record WebRequest(
        String method, String path, String query, Map<String, String> fields, Octets content, boolean confidential) {

    public WebRequest {
        fields = Map.copyOf(fields);
    }

    /// A request that nobody else can read.
    ///
    /// @param target path and query as they stand in the first line
    public static WebRequest of(String method, String target, Map<String, String> fields, Octets content) {
        int question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var query = question < 0 ? "" : target.substring(question + 1);
        return new WebRequest(method, path, query, fields, content, true);
    }

    /// The same request, sent so that others can read along.
    public WebRequest readable() {
        return new WebRequest(method, path, query, fields, content, false);
    }

    /// What the Authorization field says.
    ///
    /// @throws RefusedException if others could read along: what they read is worth nothing from then on
    Optional<String> credentials() throws RefusedException {
        var given = field("authorization");
        if (given.isPresent() && !confidential) {
            throw notConfidential();
        }
        return given;
    }

    static RefusedException notConfidential() {
        return new RefusedException(403, "credentials are taken over HTTPS only, or on the machine itself");
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
