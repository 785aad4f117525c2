package io.millwright.identity.door;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.gs1.DigitalLinks;
import io.millwright.identity.code.gs1.Gs1Reader;
import io.millwright.identity.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A resolver of GS1 Digital Links (GS1-Conformant Resolver 1.2; GS1 Digital Link URI Syntax 1.4).
///
/// The record of a link is the handle of the configured prefix and the link's path: `/01/09506000134352/10/ABC` is
/// `88.118.7/01/09506000134352/10/ABC`. If it has no link that fits, the same is asked without the last qualifier.
///
/// @param node who is asked
/// @param settings the names of the node
record DigitalLinkDoor(Node node, DoorSettings settings) implements WebDoor {

    private static final String DESCRIPTION = "/.well-known/gs1resolver";
    private static final String LINKSET_JSON = "application/linkset+json";
    private static final String LINKSET_TEXT = "application/linkset";
    private static final String JSON = "application/json";
    private static final String CONTEXT = "<https://ref.gs1.org/standards/resolver/linkset-context>;"
            + " rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"";

    /// Parameters that tell the resolver what is wanted; all others are the target's.
    private static final Set<String> OWN_PARAMETERS = Set.of("linktype", "context");

    @Override
    public WebAnswer answer(WebRequest request) {
        if (!request.is("GET")) {
            return WebAnswer.notAllowed("GET, HEAD, OPTIONS");
        }
        if (request.path().equals(DESCRIPTION)) {
            return description();
        }
        var question = request.query().isEmpty() ? "" : "?" + request.query();
        var text = settings.originText() + request.path() + question;
        var code = text.length() > Code.MAX_LENGTH
                ? Optional.<Code.Gs1>empty()
                : new Gs1Reader(settings.year()).digitalLink(text, 0);
        if (code.isEmpty()) {
            return WebAnswer.problem(
                    404,
                    "Not Found",
                    "there is no door at this path, and it is no GS1 Digital Link such as /01/ and a GTIN");
        }
        try {
            return code.get().valid() ? resolve(code.get(), request) : invalid(code.get());
        } catch (RefusedException e) {
            return WebAnswer.problem(e.status(), "Bad Request", e.detail());
        }
    }

    private WebAnswer invalid(Code.Gs1 code) {
        var faults =
                code.faults().stream().map(Fault::message).distinct().limit(8).collect(Collectors.joining("; "));
        return WebAnswer.problem(400, "Bad Request", "this is not a valid GS1 Digital Link: " + faults);
    }

    private WebAnswer resolve(Code.Gs1 code, WebRequest request) throws RefusedException {
        var contexts = contexts(path(code));
        if (contexts.isEmpty()) {
            return WebAnswer.problem(404, "Not Found", "nothing is registered here for " + code.canonical());
        }
        var type = linkType(request);
        boolean set = type.equals("linkset") || type.equals("all");
        var accepted = request.field("accept").flatMap(a -> acceptsLinkset(a));
        var answer = set || type.isEmpty() && accepted.isPresent()
                ? linkset(200, contexts, accepted.orElse(LINKSET_JSON))
                : redirect(contexts, type, request);
        var linked = links(code, contexts.getFirst(), answer.fields());
        return answer.with("Link", linked).with("Vary", "Accept, Accept-Language");
    }

    /// Key and qualifiers: what names the thing. Attributes, in the query, only describe it.
    private static String path(Code.Gs1 code) {
        var link = DigitalLinks.write("", code.elements()).orElseThrow();
        int question = link.indexOf('?');
        return question < 0 ? link : link.substring(0, question);
    }

    /// Without the last qualifier and its value; empty if only the key is there.
    private static String above(String path) {
        int value = path.lastIndexOf('/');
        return path.substring(0, Math.max(0, path.lastIndexOf('/', value - 1)));
    }

    /// The links of the thing and of the classes it belongs to, the narrowest first.
    private List<Linkset> contexts(String narrowest) {
        var contexts = new ArrayList<Linkset>();
        for (var path = narrowest; !path.isEmpty(); path = above(path)) {
            var anchor = settings.originText() + path;
            Records.find(node, settings.prefix() + path)
                    .map(record -> Linkset.of(anchor, record))
                    .filter(context -> !context.links().isEmpty())
                    .ifPresent(contexts::add);
        }
        return contexts;
    }

    /// The name of the link type that is asked for; empty for none.
    private static String linkType(WebRequest request) throws RefusedException {
        var asked = request.parameters().pairs().stream()
                .filter(p -> p.name().equalsIgnoreCase("linkType"))
                .map(Parameters.Pair::value)
                .distinct()
                .toList();
        if (asked.size() > 1) {
            throw new RefusedException("one linkType can be asked for");
        }
        var type = asked.isEmpty() ? "" : asked.getFirst();
        for (var start : List.of("gs1:", TypedLink.VOCABULARY, "https://ref.gs1.org/voc/")) {
            if (type.startsWith(start)) {
                return type.substring(start.length());
            }
        }
        return type;
    }

    /// The form of a linkset that the client asks for by name; a client that takes anything does not.
    private static Optional<String> acceptsLinkset(String accept) {
        return Negotiation.preferences(Optional.of(accept)).stream()
                .map(Negotiation.Preference::name)
                .filter(n -> n.equals(LINKSET_JSON) || n.equals(LINKSET_TEXT) || n.equals(JSON))
                .findFirst();
    }

    private static WebAnswer linkset(int status, List<Linkset> contexts, String mediaType) {
        return mediaType.equals(LINKSET_TEXT)
                ? new WebAnswer(status, Map.of("Content-Type", LINKSET_TEXT), Octets.utf8(Linkset.text(contexts)))
                : WebAnswer.json(status, mediaType, Linkset.json(contexts));
    }

    private WebAnswer redirect(List<Linkset> contexts, String type, WebRequest request) {
        for (var context : contexts) {
            var chosen = type.isEmpty() ? byDefault(context, request) : context.chosen(type, request);
            if (chosen.size() == 1) {
                return WebAnswer.empty(307)
                        .with("Location", withQuery(chosen.getFirst().href(), request.query()));
            }
            if (!chosen.isEmpty()) {
                var choices = new Linkset(context.anchor(), context.description(), chosen);
                return linkset(300, List.of(choices), LINKSET_JSON);
            }
        }
        return WebAnswer.problem(
                404, "Not Found", "there is no link of this type; linkType=linkset tells which links there are");
    }

    private static List<TypedLink> byDefault(Linkset context, WebRequest request) {
        var several = context.chosen(TypedLink.DEFAULT_MULTI, request);
        return several.size() == 1
                ? several
                : context.chosen(TypedLink.DEFAULT, request).stream().limit(1).toList();
    }

    /// The target's address with the parameters of the request that are not for the resolver.
    private static String withQuery(String href, String query) {
        var passed = Arrays.stream(query.split("&"))
                .filter(p -> !p.isEmpty())
                .filter(p -> !OWN_PARAMETERS.contains(name(p)))
                .collect(Collectors.joining("&"));
        if (passed.isEmpty()) {
            return href;
        }
        int hash = href.indexOf('#');
        var address = hash < 0 ? href : href.substring(0, hash);
        var fragment = hash < 0 ? "" : href.substring(hash);
        return address + (address.indexOf('?') < 0 ? "?" : "&") + passed + fragment;
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return (equals < 0 ? pair : pair.substring(0, equals)).toLowerCase(Locale.ROOT);
    }

    private String links(Code.Gs1 code, Linkset context, Map<String, String> fields) {
        var links = new ArrayList<String>();
        links.add("<" + context.anchor() + "?linkType=linkset>; rel=\"linkset\"; type=\"" + LINKSET_JSON + "\"");
        if (code.form() == Code.Gs1Form.COMPRESSED_DIGITAL_LINK) {
            var plain =
                    DigitalLinks.write(settings.originText(), code.elements()).orElseThrow();
            links.add("<" + plain + ">; rel=\"owl:sameAs\"");
        }
        if (fields.getOrDefault("Content-Type", "").contains("json")) {
            links.add(CONTEXT);
        }
        return String.join(", ", links);
    }

    /// The resolver description file.
    private WebAnswer description() {
        var json = Json.object();
        json.put("name", "Millwright " + settings.prefix());
        json.put("resolverRoot", settings.originText());
        json.set("supportedPrimaryKeys", Json.array().add("all"));
        json.set(
                "supportedLinkType",
                Json.array()
                        .add(Json.object()
                                .put("namespace", TypedLink.VOCABULARY)
                                .put("prefix", "gs1:")));
        json.put("linkTypeDefaultCanBeLinkset", false);
        return WebAnswer.json(200, JSON, json);
    }
}
