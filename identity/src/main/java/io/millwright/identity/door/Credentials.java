package io.millwright.identity.door;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Who a request to the Handle REST API says it comes from (Handle.Net Technical Manual, chapter 14): Basic
/// authentication (RFC 7617), the user an `index:handle` in percent encoding, the password the secret key; or the
/// scheme `Handle`, a session whose nonce was signed before or is signed in the request.
final class Credentials {

    private static final String BASIC = "basic ";

    private final Node node;
    private final HandleSessions sessions;

    Credentials(Node node, HandleSessions sessions) {
        this.node = node;
        this.sessions = sessions;
    }

    Client of(WebRequest request) throws RefusedException {
        var field = request.credentials();
        if (field.isEmpty()) {
            return Client.stranger();
        }
        var given = field.get();
        if (given.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return basic(given.substring(BASIC.length()).strip());
        }
        if (!isHandle(given)) {
            throw new RefusedException(401, "of ways to authenticate, Basic and Handle are understood here");
        }
        return session(HandleCredential.ofField(given))
                .who()
                .<Client>map(Client.Known::new)
                .orElse(Client.stranger());
    }

    static boolean isHandle(String field) {
        return field.regionMatches(true, 0, HandleCredential.SCHEME, 0, HandleCredential.SCHEME.length());
    }

    /// The session that is meant, signed if the credential signs it.
    ///
    /// @throws RefusedException with status 401 if there is no such session, or the signature is not right
    HandleSessions.Session session(HandleCredential credential) throws RefusedException {
        var session = credential
                .session()
                .flatMap(sessions::find)
                .orElseThrow(() -> new RefusedException(401, "there is no such session, or no longer"));
        if (!credential.isSigned()) {
            return session;
        }
        var answer = credential.answer();
        var who = node.prover(answer, session.nonce(), credential.clientNonce())
                .orElseThrow(() -> new RefusedException(401, "the signature does not prove " + answer.identity()));
        return sessions.sign(session, who)
                .orElseThrow(() -> new RefusedException(503, "there are too many sessions; try again later"));
    }

    private static Client basic(String pair) throws RefusedException {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(401, "the credentials are not base64");
        }
        int colon = text.indexOf(':');
        var user = PercentText.decode(text.substring(0, Math.max(0, colon)), false);
        if (user.indexOf(':') < 0) {
            throw new RefusedException(
                    401, "the user is an index and a handle in percent encoding, e.g. 300%3A0.NA%2F88.118.7");
        }
        return new Client.Keyed(
                new Identity.SecretKey(HandleCredential.identity(user), Octets.utf8(text.substring(colon + 1))));
    }

    /// What a client is told that has to show credentials: both ways, the second with a new session.
    String challenge() {
        return "Basic realm=\"handle\", charset=\"UTF-8\", " + challenge(sessions.open());
    }

    private static String challenge(HandleSessions.Session session) {
        return "Handle version=\"0\", sessionId=\"" + session.id() + "\", nonce=\"" + session.nonceText() + "\"";
    }

    Optional<HandleSessions.Session> find(WebRequest request) throws RefusedException {
        var field = request.credentials().filter(Credentials::isHandle);
        return field.isEmpty() ? Optional.empty() : Optional.of(session(HandleCredential.ofField(field.get())));
    }
}
