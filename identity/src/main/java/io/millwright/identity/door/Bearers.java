package io.millwright.identity.door;

import io.millwright.identity.record.ValueReference;
import java.util.Optional;

/// Reads the token of a request: `Authorization: Bearer TOKEN` (RFC 6750, section 2.1).
///
/// @param tokens those that are good
record Bearers(Tokens tokens) {

    private static final String SCHEME = "bearer ";

    /// Whose token the request shows; nothing if it shows none.
    ///
    /// @throws RefusedException with status 401 if it shows one that is not good, or not any more
    Optional<ValueReference> find(WebRequest request) throws RefusedException {
        var field = request.credentials();
        if (field.isEmpty()) {
            return Optional.empty();
        }
        boolean bearer = field.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        var who =
                bearer ? tokens.find(field.get().substring(SCHEME.length()).strip()) : Optional.<ValueReference>empty();
        return Optional.of(who.orElseThrow(() -> new RefusedException(401, "无效的token")));
    }

    ValueReference needed(WebRequest request) throws RefusedException {
        return find(request).orElseThrow(() -> new RefusedException(401, "没有登录，需要验证"));
    }

    Client client(WebRequest request) throws RefusedException {
        return find(request).<Client>map(Client.Known::new).orElse(Client.stranger());
    }
}
