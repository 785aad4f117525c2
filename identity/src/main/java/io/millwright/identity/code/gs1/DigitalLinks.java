package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Code.Gs1Form;
import io.millwright.identity.code.Element;
import io.millwright.identity.code.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// GS1 Digital Link URIs, read and written (GS1 Digital Link URI Syntax 1.4; the URI itself: RFC 3986).
public final class DigitalLinks {

    /// Where the identifiers of any company can be resolved.
    public static final String CANONICAL_STEM = "https://id.gs1.org";

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private DigitalLinks() {}

    /// A link that was read.
    ///
    /// @param stem the link up to its data
    /// @param others pairs of the query that are not of GS1, as they stand there
    record Link(Gs1Form form, String stem, List<Element> elements, List<String> others, List<Fault> faults) {}

    /// One piece of the text.
    private record Piece(int at, String text) {
        int end() {
            return at + text.length();
        }
    }

    /// Whether the text starts as a web address does.
    public static boolean isWebAddress(String text, int at) {
        return text.regionMatches(true, at, "https://", 0, 8) || text.regionMatches(true, at, "http://", 0, 7);
    }

    /// Reads a web address. Nothing if it has no GS1 key, plain or compressed: then it is some other web address.
    static Optional<Link> read(String text, int from) {
        int fragment = indexOr(text, '#', from, text.length());
        int query = indexOr(text, '?', from, fragment);
        int path = indexOr(text, '/', text.indexOf("//", from) + 2, query);
        var segments = split(text, path + 1, query, "/");
        var pairs = query < fragment ? split(text, query + 1, fragment, "&;") : List.<Piece>of();
        int trailing = !segments.isEmpty() && segments.getLast().text().isEmpty() ? 1 : 0;
        int count = segments.size() - trailing;
        for (int key = count - 2; key >= 0; key -= 2) {
            if (isKey(segments.get(key).text())) {
                return Optional.of(plain(text, from, segments, key, count, pairs));
            }
        }
        return count == 0 ? Optional.empty() : compressed(text, from, segments.subList(0, count), pairs);
    }

    private static Link plain(String text, int from, List<Piece> segments, int key, int count, List<Piece> pairs) {
        var elements = new ArrayList<Element>();
        var faults = new ArrayList<Fault>();
        for (int i = key; i < count; i += 2) {
            element(segments.get(i), segments.get(i + 1), elements, faults);
        }
        checkQualifiers(elements, faults);
        if (count < segments.size()) {
            faults.add(new Fault(segments.getLast().at() - 1, "the link's data must not end with a slash"));
        }
        int path = elements.size();
        var others = query(pairs, elements, faults);
        checkAttributes(elements, path, faults);
        var stem = text.substring(from, Math.max(from, segments.get(key).at() - 1));
        return new Link(Gs1Form.DIGITAL_LINK, stem, elements, others, faults);
    }

    private static Optional<Link> compressed(String text, int from, List<Piece> segments, List<Piece> pairs) {
        var last = segments.getLast();
        if (last.text().length() < 4 || last.text().indexOf('=') >= 0 || !Characters.BASE64.holds(last.text())) {
            return Optional.empty();
        }
        var elements = new ArrayList<Element>();
        var faults = new ArrayList<Fault>();
        int key = segments.size() - 3;
        boolean partly = key >= 0 && isKey(segments.get(key).text());
        if (partly) {
            element(segments.get(key), segments.get(key + 1), elements, faults);
        }
        var expanded = Compression.expand(last.text(), last.at());
        if (!partly && expanded.elements().stream().noneMatch(e -> isKey(e.ai()))) {
            return Optional.empty();
        }
        elements.addAll(expanded.elements());
        expanded.fault().ifPresent(faults::add);
        for (var element : expanded.elements()) {
            ApplicationIdentifiers.of(element.ai())
                    .ifPresent(ai ->
                            ai.check(element.value()).forEach(f -> faults.add(new Fault(element.at(), f.message()))));
        }
        var others = new ArrayList<String>();
        expanded.others().forEach((name, value) -> others.add(name + "=" + value));
        others.addAll(query(pairs, elements, faults));
        int data = partly ? segments.get(key).at() : last.at();
        var stem = text.substring(from, Math.max(from, data - 1));
        return Optional.of(new Link(Gs1Form.COMPRESSED_DIGITAL_LINK, stem, elements, others, faults));
    }

    private static boolean isKey(String ai) {
        return ApplicationIdentifiers.of(ai).map(ApplicationIdentifier::linkKey).orElse(false);
    }

    private static int indexOr(String text, char c, int from, int end) {
        int found = text.indexOf(c, from);
        return found < 0 || found > end ? end : found;
    }

    private static List<Piece> split(String text, int from, int to, String separators) {
        var pieces = new ArrayList<Piece>();
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || separators.indexOf(text.charAt(i)) >= 0) {
                if (start <= i) {
                    pieces.add(new Piece(start, text.substring(start, i)));
                }
                start = i + 1;
            }
        }
        return pieces;
    }

    private static void element(Piece name, Piece value, List<Element> elements, List<Fault> faults) {
        var ai = ApplicationIdentifiers.of(name.text());
        if (ai.isEmpty()) {
            faults.add(new Fault(name.at(), "there is no application identifier \"" + name.text() + "\""));
            return;
        }
        var decoded = decode(value, faults);
        var element = new Element(name.text(), decoded, name.at(), value.at(), value.text());
        elements.add(element);
        ai.get().check(decoded).forEach(f -> faults.add(new Fault(element.place(f.at()), f.message())));
    }

    private static void checkQualifiers(List<Element> elements, List<Fault> faults) {
        if (elements.size() < 2) {
            return;
        }
        var key = ApplicationIdentifiers.of(elements.getFirst().ai()).orElseThrow();
        int right = key.qualifiers().stream()
                .mapToInt(sequence -> inOrder(elements, sequence))
                .max()
                .orElse(1);
        if (right < elements.size()) {
            faults.add(new Fault(
                    elements.get(right).at(), elements.get(right).ai() + " cannot stand here: " + allowed(key)));
        }
    }

    /// What can be a qualifier in the path must not be an attribute in the query.
    private static void checkAttributes(List<Element> elements, int path, List<Fault> faults) {
        if (path == 0) {
            return;
        }
        var key = ApplicationIdentifiers.of(elements.getFirst().ai()).orElseThrow();
        var present = elements.subList(1, path).stream().map(Element::ai).toList();
        for (var attribute : elements.subList(path, elements.size())) {
            boolean qualifies =
                    key.qualifiers().stream().anyMatch(s -> s.contains(attribute.ai()) && s.containsAll(present));
            if (qualifies && !present.contains(attribute.ai())) {
                faults.add(new Fault(
                        attribute.at(), "(" + attribute.ai() + ") stands in the path of a link behind " + key.named()));
            }
        }
    }

    /// How many elements from the key on are in the order of the sequence.
    private static int inOrder(List<Element> elements, List<String> sequence) {
        int next = 0;
        int right = 1;
        while (right < elements.size()) {
            int place = sequence.indexOf(elements.get(right).ai());
            if (place < next) {
                break;
            }
            next = place + 1;
            right++;
        }
        return right;
    }

    private static String allowed(ApplicationIdentifier key) {
        if (key.qualifiers().isEmpty()) {
            return "no qualifier follows " + key.named();
        }
        return "after " + key.named() + " follow, in this order, "
                + String.join(
                        ", or ",
                        key.qualifiers().stream().map(s -> String.join(", ", s)).toList());
    }

    private static List<String> query(List<Piece> pairs, List<Element> elements, List<Fault> faults) {
        var others = new ArrayList<String>();
        for (var pair : pairs) {
            int equals = pair.text().indexOf('=');
            var name =
                    new Piece(pair.at(), equals < 0 ? pair.text() : pair.text().substring(0, equals));
            var value = new Piece(
                    Math.min(pair.end(), name.end() + 1),
                    equals < 0 ? "" : pair.text().substring(equals + 1));
            boolean numeric = !name.text().isEmpty() && Characters.NUMERIC.holds(name.text());
            boolean attribute = ApplicationIdentifiers.of(name.text())
                    .map(ApplicationIdentifier::linkAttribute)
                    .orElse(true);
            if (numeric && attribute) {
                element(name, value, elements, faults);
            } else if (numeric) {
                faults.add(
                        new Fault(name.at(), "(" + name.text() + ") stands in the path of a link, not in its query"));
            } else if (!pair.text().isEmpty()) {
                others.add(pair.text());
            }
        }
        return others;
    }

    /// Percent-decodes UTF-8 (RFC 3986, section 2.1).
    private static String decode(Piece piece, List<Fault> faults) {
        var text = piece.text();
        if (text.indexOf('%') < 0) {
            return text;
        }
        var bytes = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                if (c == '%') {
                    faults.add(new Fault(piece.at() + i, "% must stand before two hexadecimal digits"));
                }
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Percent-encodes everything but the unreserved characters.
    public static String encode(String value) {
        var text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                text.append((char) b);
            } else {
                text.append("%%%02X".formatted(b & 0xff));
            }
        }
        return text.toString();
    }

    /// The link that says what the elements say; nothing if there is no key among them.
    ///
    /// @param stem what comes before the data, without a slash at its end
    public static Optional<String> write(String stem, List<Element> elements) {
        var ordered = ordered(elements);
        if (ordered.isEmpty() || !isKey(ordered.getFirst().ai())) {
            return Optional.empty();
        }
        int path = inPath(ordered);
        var text = new StringBuilder(stem);
        for (var element : ordered.subList(0, path)) {
            text.append('/').append(element.ai()).append('/').append(encode(element.value()));
        }
        char before = '?';
        for (var element : ordered.subList(path, ordered.size())) {
            text.append(before).append(element.ai()).append('=').append(encode(element.value()));
            before = '&';
        }
        return Optional.of(text.toString());
    }

    /// The link with its data compressed; nothing if there is no key among them.
    public static Optional<String> writeCompressed(String stem, List<Element> elements) {
        var ordered = ordered(elements);
        return ordered.isEmpty() || !isKey(ordered.getFirst().ai())
                ? Optional.empty()
                : Optional.of(stem + "/" + Compression.compress(ordered));
    }

    private static int inPath(List<Element> ordered) {
        var key = ApplicationIdentifiers.of(ordered.getFirst().ai()).orElseThrow();
        return key.qualifiers().stream()
                .mapToInt(sequence -> inOrder(ordered, sequence))
                .max()
                .orElse(1);
    }

    /// The elements as a link has them: key, qualifiers, attributes by number. Without a key: all by number.
    public static List<Element> ordered(List<Element> elements) {
        var distinct = new ArrayList<Element>();
        for (var element : elements) {
            if (distinct.stream().noneMatch(e -> e.ai().equals(element.ai()))) {
                distinct.add(element);
            }
        }
        distinct.sort(Comparator.comparing(Element::ai));
        var key = distinct.stream().filter(e -> isKey(e.ai())).findFirst();
        if (key.isEmpty()) {
            return distinct;
        }
        var ordered = new ArrayList<Element>(List.of(key.get()));
        for (var qualifier : bestSequence(key.get(), distinct)) {
            distinct.stream().filter(e -> e.ai().equals(qualifier)).forEach(ordered::add);
        }
        distinct.stream().filter(e -> !ordered.contains(e)).forEach(ordered::add);
        return ordered;
    }

    private static List<String> bestSequence(Element key, List<Element> elements) {
        return ApplicationIdentifiers.of(key.ai()).orElseThrow().qualifiers().stream()
                .max(Comparator.comparingLong(
                        s -> elements.stream().filter(e -> s.contains(e.ai())).count()))
                .orElse(List.of());
    }
}
