package io.millwright.identity.door;

import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.ValueTypes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The links of one thing (RFC 9264).
///
/// @param anchor the Digital Link of the thing
/// @param description in words; empty if there is none
/// @param links its links
record Linkset(String anchor, String description, List<TypedLink> links) {

    Linkset {
        links = List.copyOf(links);
    }

    static Linkset of(String anchor, HandleRecord record) {
        return new Linkset(anchor, record.textOf(ValueTypes.DESC).orElse(""), TypedLink.of(record));
    }

    /// A JSON document of the contexts (section 4.2).
    static ObjectNode json(List<Linkset> contexts) {
        var list = Json.array();
        contexts.forEach(c -> list.add(c.json()));
        var json = Json.object();
        json.set("linkset", list);
        return json;
    }

    private ObjectNode json() {
        var json = Json.object().put("anchor", anchor);
        if (!description.isEmpty()) {
            json.put("description", description);
        }
        for (var link : links) {
            var targets = json.path(link.relation()) instanceof ArrayNode known ? known : Json.array();
            targets.add(link.target());
            json.set(link.relation(), targets);
        }
        return json;
    }

    /// A text document of the contexts (section 4.1).
    static String text(List<Linkset> contexts) {
        return contexts.stream()
                .flatMap(c -> c.links().stream().map(link -> link.field(c.anchor())))
                .collect(Collectors.joining(",\n", "", "\n"));
    }

    /// The links of a type that fit a request best: by language, then by media type. One: it is chosen. Several:
    /// nothing tells them apart.
    List<TypedLink> chosen(String type, WebRequest request) {
        var ofType = links.stream().filter(l -> l.type().equals(type)).toList();
        var byLanguage = best(
                ofType,
                request.field("accept-language"),
                (link, range) -> range.equals("*")
                        || link.languages().stream().anyMatch(l -> Negotiation.isInLanguage(l, range)));
        return best(
                byLanguage,
                request.field("accept"),
                (link, range) -> range.equals("*/*")
                        || !link.mediaType().isEmpty() && Negotiation.isInRange(link.mediaType(), range));
    }

    private interface Fit {
        boolean holds(TypedLink link, String range);
    }

    private static List<TypedLink> best(List<TypedLink> links, Optional<String> field, Fit fit) {
        if (links.size() < 2) {
            return links;
        }
        for (var preference : Negotiation.preferences(field)) {
            var fitting =
                    links.stream().filter(l -> fit.holds(l, preference.name())).toList();
            if (!fitting.isEmpty()) {
                return fitting;
            }
        }
        return links;
    }
}
