package io.millwright.identity.door;

import io.millwright.identity.wire.Octets;
import java.util.Map;

/// `/api/sessions` of the Handle REST API: POST opens a session, PUT signs it, GET shows it, DELETE ends it
/// (Handle.Net Technical Manual, chapter 14).
///
/// @param sessions all there are
/// @param credentials reads what requests say
record SessionDoor(HandleSessions sessions, Credentials credentials) {

    private static final String PATH = "/api/sessions";
    private static final String THIS = PATH + "/this";

    static boolean takes(String path) {
        return path.equals(PATH) || path.equals(THIS);
    }

    WebAnswer answer(WebRequest request) throws RefusedException {
        if (!request.confidential()) {
            throw WebRequest.notConfidential();
        }
        return switch (request.method()) {
            case "POST" -> shown(signed(request, sessions.open()));
            case "PUT" -> shown(signed(request, named(request)));
            case "GET", "HEAD" -> shown(named(request));
            case "DELETE" -> {
                sessions.end(named(request).id());
                yield WebAnswer.empty(204);
            }
            default -> WebAnswer.notAllowed("GET, HEAD, POST, PUT, DELETE, OPTIONS");
        };
    }

    private HandleSessions.Session named(WebRequest request) throws RefusedException {
        var inField = credentials.find(request);
        if (inField.isPresent()) {
            return inField.get();
        }
        var content = content(request);
        return content.session()
                .flatMap(sessions::find)
                .orElseThrow(() -> new RefusedException(401, "there is no such session, or no longer"));
    }

    private static HandleCredential content(WebRequest request) throws RefusedException {
        return request.content().equals(Octets.EMPTY)
                ? new HandleCredential(Map.of())
                : HandleCredential.of(Json.read(request.content()));
    }

    /// The content may sign what the request names.
    private HandleSessions.Session signed(WebRequest request, HandleSessions.Session session) throws RefusedException {
        var content = content(request);
        return content.isSigned() ? credentials.session(content) : session;
    }

    private static WebAnswer shown(HandleSessions.Session session) {
        var json = Json.object().put("sessionId", session.id()).put("nonce", session.nonceText());
        session.who().ifPresent(who -> json.put("authenticated", true).put("id", who.index() + ":" + who.handle()));
        return WebAnswer.json(200, HandleRest.JSON, json).with("Cache-Control", "no-store");
    }
}
