package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads XML into elements. A document type definition is refused, so that no entity is ever resolved; depth and
/// number of elements are bounded.
final class XmlReader {
    /// The most elements within each other.
    static final int DEPTH_MAX = 90;
    /// The most elements of a text.
    static final int ELEMENTS_MAX = 500_000;

    private static final Pattern PROLOG = Pattern.compile("(?s)(?:\\s|<\\?.*?\\?>|<!--.*?-->)*+");

    private final Source source;
    private final Diagnostics diagnostics;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;
    private @Nullable Element root;

    private XmlReader(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /// An element whose end tag was not read yet.
    private record Open(
            String name, Map<String, String> attributes, List<Element> children, StringBuilder text, int offset) {
        Element closed() {
            return new Element(name, attributes, children, text.toString(), offset);
        }
    }

    /// The outermost element, or null after saying what is wrong.
    static @Nullable Element read(Source source, Diagnostics diagnostics) {
        var reader = new XmlReader(source, diagnostics);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try {
            return reader.read(factory.createXMLStreamReader(new StringReader(source.text())));
        } catch (XMLStreamException e) {
            Location at = e.getLocation();
            String whole = String.valueOf(e.getMessage());
            String message = whole.replaceFirst("(?s)^.*Message: ", "").replaceAll("\\s+", " ");
            diagnostics.error("E700", at == null ? source.span(0, 0) : reader.place(at), "this is no XML: " + message);
            return null;
        }
    }

    private @Nullable Element read(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (!start(reader)) {
                        return null;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Element closed = open.pop().closed();
                    if (open.peek() == null) {
                        root = closed;
                    } else {
                        open.peek().children().add(closed);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (open.peek() != null) {
                        open.peek().text().append(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD -> {
                    diagnostics.error("E701", doctype(), "document type definitions are not read; remove the DOCTYPE");
                    return null;
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> {
                    return refused(reader, "E701", "there is no entity " + reader.getLocalName());
                }
                default -> {}
            }
        }
        return root;
    }

    private boolean start(XMLStreamReader reader) {
        elements++;
        if (open.size() >= DEPTH_MAX || elements > ELEMENTS_MAX) {
            String message = "elements stand in each other at most " + DEPTH_MAX + " deep, and there are at most "
                    + ELEMENTS_MAX + " of them";
            refused(reader, "E702", message);
            return false;
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        int offset = place(reader.getLocation()).start();
        open.push(new Open(reader.getLocalName(), attributes, new ArrayList<>(), new StringBuilder(), offset));
        return true;
    }

    private @Nullable Element refused(XMLStreamReader reader, String code, String message) {
        diagnostics.error(code, place(reader.getLocation()), message);
        return null;
    }

    /// Where the document type definition stands: behind comments and instructions, in which the word may stand too.
    /// The reader knows only where it ends.
    private Span doctype() {
        Matcher before = PROLOG.matcher(source.text());
        int at = before.lookingAt() ? before.end() : 0;
        int end = source.text().indexOf('>', at);
        int line = source.text().indexOf('\n', at);
        int last = Math.min(end < 0 ? at : end + 1, line < 0 ? Integer.MAX_VALUE : line);
        return source.span(at, Math.max(at, last));
    }

    private Span place(Location location) {
        int line = Math.clamp(location.getLineNumber(), 1, source.lines());
        int offset = source.lineStart(line) + Math.max(0, location.getColumnNumber() - 1);
        int at = Math.clamp(offset, 0, source.text().length());
        return source.span(at, at);
    }
}
