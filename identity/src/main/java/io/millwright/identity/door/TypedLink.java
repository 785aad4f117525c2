package io.millwright.identity.door;

import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueTypes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A link of a record: a value whose type is `GS1.` and the name of a GS1 link type, e.g. `GS1.pip`. Its data is an
/// address, or a target object of RFC 9264, section 4.2.3: `{"href":…,"title":…,"type":…,"hreflang":[…]}`. A record
/// without a default link has its first `URL` for one.
///
/// @param type name of the link type, e.g. `pip`
/// @param href an absolute web address
/// @param title for people; empty if there is none
/// @param mediaType of the target; empty if it is not said
/// @param languages of the target, language tags (RFC 5646)
record TypedLink(String type, String href, String title, String mediaType, List<String> languages) {

    static final String DEFAULT = "defaultLink";
    static final String DEFAULT_MULTI = "defaultLinkMulti";

    /// The vocabulary in which link types are named.
    static final String VOCABULARY = "https://gs1.org/voc/";

    private static final String START = "GS1.";

    TypedLink {
        languages = List.copyOf(languages);
    }

    /// The links of a record. A value that is none is passed over.
    static List<TypedLink> of(HandleRecord record) {
        var links = new ArrayList<TypedLink>();
        for (var value : record.valuesOf(START)) {
            read(value).ifPresent(links::add);
        }
        if (links.stream().noneMatch(l -> l.type().equals(DEFAULT))) {
            record.valuesOf(ValueTypes.URL).stream()
                    .map(HandleValue::text)
                    .filter(TypedLink::isWebAddress)
                    .findFirst()
                    .ifPresent(url -> links.add(new TypedLink(DEFAULT, url, title(record), "", List.of())));
        }
        return links;
    }

    private static String title(HandleRecord record) {
        return record.textOf(ValueTypes.DESC).orElse("");
    }

    private static Optional<TypedLink> read(HandleValue value) {
        var type = value.type().substring(START.length());
        var text = value.text().strip();
        if (!type.matches("[A-Za-z][A-Za-z0-9]*")) {
            return Optional.empty();
        }
        try {
            var link = text.startsWith("{")
                    ? read(type, Json.read(value.data()))
                    : new TypedLink(type, text, "", "", List.of());
            return Optional.of(link).filter(l -> isWebAddress(l.href()));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static TypedLink read(String type, JsonNode json) {
        var languages = new ArrayList<String>();
        json.path("hreflang").forEach(language -> languages.add(language.asString("")));
        if (json.path("hreflang").isString()) {
            languages.add(json.path("hreflang").stringValue());
        }
        languages.removeIf(l -> !l.matches("[A-Za-z0-9-]{1,64}"));
        var mediaType = json.path("type").asString("");
        return new TypedLink(
                type,
                json.path("href").asString(""),
                json.path("title").asString(""),
                mediaType.matches("[A-Za-z0-9.+-]{1,127}/[A-Za-z0-9.+-]{1,127}") ? mediaType : "",
                languages);
    }

    /// An address that is safe to send a browser to: `http` or `https`, in ASCII.
    static boolean isWebAddress(String text) {
        try {
            var uri = new URI(text);
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean ascii = text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
            return ascii && (scheme.equals("http") || scheme.equals("https")) && uri.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// The name of the relation.
    String relation() {
        return VOCABULARY + type;
    }

    /// The target object (RFC 9264, section 4.2.3).
    ObjectNode target() {
        var json = Json.object().put("href", href);
        if (!title.isEmpty()) {
            json.put("title", title);
        }
        if (!mediaType.isEmpty()) {
            json.put("type", mediaType);
        }
        if (!languages.isEmpty()) {
            var list = Json.array();
            languages.forEach(list::add);
            json.set("hreflang", list);
        }
        return json;
    }

    /// The link as a field Link has it, and a linkset in `application/linkset` (RFC 8288; RFC 9264, section 4.1).
    String field(String anchor) {
        var field = new StringBuilder("<" + href + ">; rel=\"" + relation() + "\"; anchor=\"" + anchor + "\"");
        if (!title.isEmpty()) {
            // RFC 8187: what is not an attr-char is percent-encoded.
            field.append("; title*=UTF-8''").append(PercentText.encode(title, ""));
        }
        if (!mediaType.isEmpty()) {
            field.append("; type=\"").append(mediaType).append('"');
        }
        languages.forEach(language -> field.append("; hreflang=").append(language));
        return field.toString();
    }
}
