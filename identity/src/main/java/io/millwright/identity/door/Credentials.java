package io.millwright.identity.door;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Who a web request says it comes from: Basic authentication (RFC 7617), the user an `index:handle` in percent
/// encoding, the password the secret key (Handle.Net Technical Manual, chapter 14).
final class Credentials {

    /// What a client is told that has to show them.
    static final String CHALLENGE = "Basic realm=\"handle\", charset=\"UTF-8\"";

    private static final String BASIC = "basic ";

    private Credentials() {}

    static Optional<Identity> of(WebRequest request) throws RefusedException {
        var field = request.field("authorization");
        if (field.isEmpty()) {
            return Optional.empty();
        }
        var given = field.get();
        if (!given.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw new RefusedException(401, "of ways to authenticate, Basic is understood here");
        }
        String text;
        try {
            byte[] octets =
                    Base64.getDecoder().decode(given.substring(BASIC.length()).strip());
            text = new String(octets, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(401, "the credentials are not base64");
        }
        int colon = text.indexOf(':');
        var user = PercentText.decode(text.substring(0, Math.max(0, colon)), false);
        int split = user.indexOf(':');
        if (split < 0) {
            throw new RefusedException(
                    401, "the user is an index and a handle in percent encoding, e.g. 300%3A0.NA%2F88.118.7");
        }
        int index = Parameters.number("the index", user.substring(0, split), 0, Integer.MAX_VALUE);
        var reference = new ValueReference(ValueJson.handle(user.substring(split + 1)), index);
        return Optional.of(new Identity.SecretKey(reference, Octets.utf8(text.substring(colon + 1))));
    }
}
