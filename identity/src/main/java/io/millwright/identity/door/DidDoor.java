package io.millwright.identity.door;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.name.Dids;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// A resolver of decentralized identifiers (W3C DID Resolution 0.3, HTTP binding): `did:key`, and `did:web` of this
/// node's origin, whose path is a handle: `did:web:id.example.org:88.118.7:tank-1` is `88.118.7/tank-1`. What others
/// fetch for it, `/88.118.7/tank-1/did.json`, is answered too.
///
/// A record's document is its value of type `DID.DOCUMENT`; one without gets a document that names its handle and its
/// addresses.
///
/// @param node who is asked
/// @param settings the names of the node
record DidDoor(Node node, DoorSettings settings) implements WebDoor {

    /// The type of a value that is a DID document in JSON.
    static final String DOCUMENT = "DID.DOCUMENT";

    private static final String IDENTIFIERS = "/1.0/identifiers/";
    private static final String FILE = "/did.json";
    private static final String RESULT = "application/did-resolution";
    private static final String OLD_RESULT = "application/ld+json";
    private static final List<String> DOCUMENTS =
            List.of("application/did", "application/did+json", "application/did+ld+json", "application/json");
    private static final String CONTEXT = "https://www.w3.org/ns/did/v1";

    static boolean takes(String path) {
        return path.startsWith(IDENTIFIERS) || path.endsWith(FILE) && path.length() > FILE.length();
    }

    /// What can go wrong, by its name in the specification, and the status that goes with it.
    enum Failure {
        INVALID_DID(400, "Invalid DID"),
        NOT_FOUND(404, "Not found"),
        METHOD_NOT_SUPPORTED(501, "Method not supported"),
        REPRESENTATION_NOT_SUPPORTED(406, "Representation not supported"),
        INVALID_DID_DOCUMENT(500, "Invalid DID document");

        private final int status;
        private final String title;

        Failure(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }
    }

    /// What came of a resolution.
    sealed interface Resolved {
        record Document(ObjectNode json) implements Resolved {}

        record Failed(Failure failure, String detail) implements Resolved {}
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        if (!request.is("GET")) {
            return WebAnswer.notAllowed("GET, HEAD, OPTIONS");
        }
        try {
            return request.path().startsWith(IDENTIFIERS)
                    ? identifier(request.pathBehind(IDENTIFIERS), request)
                    : file(request.path());
        } catch (RefusedException e) {
            return result(new Resolved.Failed(Failure.INVALID_DID, e.detail()));
        }
    }

    private WebAnswer identifier(String did, WebRequest request) {
        var chosen = form(request.field("accept"));
        if (chosen.isEmpty()) {
            return result(new Resolved.Failed(
                    Failure.REPRESENTATION_NOT_SUPPORTED,
                    "there are " + RESULT + " and " + String.join(", ", DOCUMENTS)));
        }
        var resolved = resolve(did);
        return resolved instanceof Resolved.Document(var json) && !chosen.get().equals(RESULT)
                ? WebAnswer.json(200, chosen.get(), json)
                : result(resolved);
    }

    /// The form the client prefers; a client that takes anything gets the whole result.
    private static Optional<String> form(Optional<String> accept) {
        var offered = new ArrayList<>(List.of(RESULT, OLD_RESULT));
        offered.addAll(DOCUMENTS);
        return Negotiation.choose(accept, offered).map(form -> form.equals(OLD_RESULT) ? RESULT : form);
    }

    private WebAnswer file(String path) throws RefusedException {
        var name = PercentText.decode(path.substring(1, path.length() - FILE.length()), false);
        return switch (document(didOf(name), name)) {
            case Resolved.Document(var json) -> WebAnswer.json(200, "application/did+json", json);
            case Resolved.Failed(var failure, var detail) ->
                WebAnswer.problem(failure.status(), failure.title(), detail);
        };
    }

    private String didOf(String name) {
        var segments = Arrays.stream(name.split("/", -1)).map(s -> PercentText.encode(s, ""));
        return webStart() + segments.collect(Collectors.joining(":"));
    }

    private String webStart() {
        var authority = settings.origin().getRawAuthority().toLowerCase(Locale.ROOT);
        return "did:web:" + authority.replace(":", "%3A") + ":";
    }

    private Resolved resolve(String did) {
        var code = did.length() > Code.MAX_LENGTH ? Optional.<Code.Did>empty() : Optional.of(Dids.read(did, 0));
        boolean plain = did.chars().noneMatch(c -> "/?#".indexOf(c) >= 0);
        if (code.isEmpty() || !code.get().valid() || !plain) {
            var why = code.isEmpty() || code.get().valid()
                    ? "a DID without path, query and fragment is resolved here"
                    : code.get().faults().getFirst().message();
            return new Resolved.Failed(Failure.INVALID_DID, why);
        }
        var method = did.substring(4, did.indexOf(':', 4));
        return switch (method) {
            case "key" -> KeyDids.resolve(did);
            case "web" -> web(did);
            default ->
                new Resolved.Failed(
                        Failure.METHOD_NOT_SUPPORTED, "did:key and did:web are resolved here, not did:" + method);
        };
    }

    private Resolved web(String did) {
        var start = webStart();
        if (!did.regionMatches(true, 0, start, 0, start.length())) {
            return new Resolved.Failed(
                    Failure.NOT_FOUND, "of did:web, those that begin with " + start + " are held here");
        }
        try {
            var segments = new ArrayList<String>();
            for (var segment : did.substring(start.length()).split(":", -1)) {
                segments.add(PercentText.decode(segment, false));
            }
            return document(did, String.join("/", segments));
        } catch (RefusedException e) {
            return new Resolved.Failed(Failure.INVALID_DID, e.detail());
        }
    }

    private Resolved document(String did, String name) {
        return Records.find(node, name)
                .map(record -> document(did, record))
                .orElseGet(() -> new Resolved.Failed(Failure.NOT_FOUND, "nothing is registered here as " + name));
    }

    private static Resolved document(String did, HandleRecord record) {
        var held = record.textOf(DOCUMENT);
        if (held.isEmpty()) {
            return new Resolved.Document(derived(did, record));
        }
        try {
            var json = Json.read(Octets.utf8(held.get()));
            if (json instanceof ObjectNode document
                    && document.path("id").asString("").equals(did)) {
                return new Resolved.Document(document);
            }
        } catch (RefusedException e) {
            // Said below.
        }
        return new Resolved.Failed(
                Failure.INVALID_DID_DOCUMENT, "the document that is held for it is no JSON object with this id");
    }

    private static ObjectNode derived(String did, HandleRecord record) {
        var json = Json.object();
        json.set("@context", Json.array().add(CONTEXT));
        json.put("id", did);
        var handle = PercentText.encode(record.handle().toString(), "/:@!$&'()*+,;=");
        json.set("alsoKnownAs", Json.array().add("info:hdl/" + handle));
        var services = Json.array();
        for (var value : record.valuesOf(ValueTypes.URL)) {
            if (TypedLink.isWebAddress(value.text())) {
                var service = Json.object().put("id", did + "#value-" + Integer.toUnsignedString(value.index()));
                services.add(service.put("type", ValueTypes.URL).put("serviceEndpoint", value.text()));
            }
        }
        if (!services.isEmpty()) {
            json.set("service", services);
        }
        return json;
    }

    private static WebAnswer result(Resolved resolved) {
        var json = Json.object();
        return switch (resolved) {
            case Resolved.Document(var document) -> {
                json.set("didDocument", document);
                json.set("didResolutionMetadata", Json.object().put("contentType", DOCUMENTS.getFirst()));
                json.set("didDocumentMetadata", Json.object());
                yield WebAnswer.json(200, RESULT, json);
            }
            case Resolved.Failed(var failure, var detail) -> {
                var error = Json.object().put("type", "https://www.w3.org/ns/did#" + failure.name());
                error.put("title", failure.title()).put("detail", detail);
                json.putNull("didDocument");
                var metadata = Json.object();
                metadata.set("error", error);
                json.set("didResolutionMetadata", metadata);
                json.set("didDocumentMetadata", Json.object());
                yield WebAnswer.json(failure.status(), RESULT, json);
            }
        };
    }
}
