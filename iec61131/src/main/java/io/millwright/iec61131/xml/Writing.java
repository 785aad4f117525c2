package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Structured Text that is being made of XML, and where in the XML each piece comes from.
final class Writing {
    private static final String CDATA = "<![CDATA[";

    private final Source xml;
    private final StringBuilder text = new StringBuilder();
    private final List<Anchor> anchors = new ArrayList<>();

    Writing(Source xml) {
        this.xml = xml;
        anchors.add(new Anchor(0, 0, false, ""));
    }

    /// From `made` on the text comes from `offset`, character by character or all from there.
    private record Anchor(int made, int offset, boolean running, String element) {}

    /// The start tag of an element.
    Span place(Element element) {
        return place(xml, element);
    }

    /// The start tag of an element of a text.
    static Span place(Source xml, Element element) {
        int start = Math.max(0, xml.text().lastIndexOf('<', Math.max(0, element.offset() - 1)));
        return xml.span(start, Math.max(start, element.offset()));
    }

    /// What is written next comes from an element, which people know by a name.
    Writing at(Element element, String name) {
        anchors.add(new Anchor(text.length(), place(element).start(), false, name));
        return this;
    }

    Writing line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /// A line in which an attribute of an element stands, mostly the name that the line declares: there the text
    /// comes from the attribute, character by character.
    Writing line(String line, Element element, String key) {
        String value = element.attribute(key);
        Anchor around = anchors.getLast();
        Matcher made =
                Pattern.compile("(?<!\\w)" + Pattern.quote(value) + "(?!\\w)").matcher(line);
        int offset = value.isEmpty() ? -1 : offset(element, key, value);
        if (offset >= 0 && made.find()) {
            anchors.add(new Anchor(text.length() + made.start(), offset, true, around.element()));
            anchors.add(new Anchor(text.length() + made.end(), around.offset(), false, around.element()));
        }
        return line(line);
    }

    /// Where the value of an attribute begins in the start tag, or -1 where it is not written there as it is.
    private int offset(Element element, String key, String value) {
        Span tag = place(element);
        Matcher written = Pattern.compile("\\s" + key + "\\s*+=\\s*+[\"']\\s*+(" + Pattern.quote(value) + ")\\s*+[\"']")
                .matcher(xml.text())
                .region(tag.start(), tag.end());
        return written.find() ? written.start(1) : -1;
    }

    /// A text of an element word for word, its lines where they are in the XML.
    void verbatim(Element element, String name, String body) {
        int offset = element.offset();
        while (offset < xml.text().length()
                && Character.isWhitespace(xml.text().charAt(offset))
                && !body.startsWith(xml.text().substring(offset, offset + 1))) {
            offset++;
        }
        if (xml.text().startsWith(CDATA, offset)) {
            offset += CDATA.length();
        }
        int line = xml.line(offset);
        int from = 0;
        while (from <= body.length()) {
            int end = body.indexOf('\n', from);
            int to = end < 0 ? body.length() : end;
            anchors.add(new Anchor(text.length(), offset, true, name));
            text.append(body, from, to).append('\n');
            from = to + 1;
            line++;
            offset = line <= xml.lines() ? xml.lineStart(line) : xml.text().length();
        }
    }

    /// A part that is written on its own and joined later.
    Writing split() {
        return new Writing(xml);
    }

    void join(Writing part) {
        for (Anchor anchor : part.anchors) {
            anchors.add(new Anchor(anchor.made() + text.length(), anchor.offset(), anchor.running(), anchor.element()));
        }
        text.append(part.text);
    }

    /// The text, which tells its places in the XML.
    Source source() {
        List<Anchor> all = List.copyOf(anchors);
        return new Source(text.toString(), new Source.Origin() {
            @Override
            public Source source() {
                return xml;
            }

            @Override
            public int offset(int made) {
                Anchor anchor = anchor(made);
                int offset = anchor.running() ? anchor.offset() + made - anchor.made() : anchor.offset();
                return Math.min(offset, xml.text().length());
            }

            @Override
            public String element(int made) {
                return anchor(made).element();
            }

            private Anchor anchor(int made) {
                int low = 0;
                int high = all.size() - 1;
                while (low < high) {
                    int middle = (low + high + 1) >>> 1;
                    if (all.get(middle).made() <= made) {
                        low = middle;
                    } else {
                        high = middle - 1;
                    }
                }
                return all.get(low);
            }
        });
    }
}
