package io.millwright.process.fmi;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Walks through modelDescription.xml: its root, and each element beneath it. The lists that can be long are
/// handed out item by item, so that no tree of the whole file is made. Document type definitions are refused,
/// so that no entity is ever resolved; depth and number of elements are bounded.
final class XmlSections {

    static final int DEPTH_MAX = 50;
    static final int ELEMENTS_MAX = 2_000_000;
    private static final int REASON_LENGTH_MAX = 300;

    private final String place;
    private final Set<String> lists;
    private int elements;

    /// Hears of what is found.
    interface Visitor {
        void root(Element root);

        /// @param section the child of the root it stands in, or its own name if it is such a child
        void element(String section, Element element);
    }

    /// @param place what messages begin with
    /// @param lists names of the root's children whose own children are handed out one by one
    XmlSections(String place, Set<String> lists) {
        this.place = place;
        this.lists = lists;
    }

    void read(byte[] xml, Visitor visitor) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        // The standard knows UTF-8 alone (FMI 2.0 section 2.2, FMI 3.0 section 2.4).
        var text = new InputStreamReader(
                new ByteArrayInputStream(xml),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try {
            read(factory.createXMLStreamReader(text), visitor);
        } catch (XMLStreamException e) {
            var at = e.getLocation();
            boolean encoding = e.getNestedException() instanceof CharacterCodingException;
            String said = String.valueOf(e.getMessage()).replaceFirst("(?s)^.*Message: ", "");
            String reason = encoding ? "it is not UTF-8" : Shown.plain(said, REASON_LENGTH_MAX);
            String where = at == null ? place : place + ":" + at.getLineNumber() + ":" + at.getColumnNumber();
            throw new FmuError(where + ": this is no XML: " + reason);
        }
    }

    private void read(XMLStreamReader xml, Visitor visitor) throws XMLStreamException {
        boolean rooted = false;
        String section = "";
        while (xml.hasNext()) {
            int event = xml.next();
            refuse(xml, event);
            if (event == XMLStreamConstants.END_ELEMENT) {
                section = "";
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                String name = xml.getLocalName();
                if (!rooted) {
                    visitor.root(opened(xml));
                    rooted = true;
                } else if (section.isEmpty() && lists.contains(name)) {
                    opened(xml);
                    section = name;
                } else {
                    visitor.element(section.isEmpty() ? name : section, tree(xml, 2));
                }
            }
        }
    }

    /// The element whose start tag was just read, to its end tag.
    private Element tree(XMLStreamReader xml, int depth) throws XMLStreamException {
        Element element = opened(xml);
        if (depth > DEPTH_MAX) {
            throw error(element, "elements stand more than " + DEPTH_MAX + " deep within each other");
        }
        while (true) {
            int event = xml.next();
            refuse(xml, event);
            if (event == XMLStreamConstants.END_ELEMENT) {
                return element;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                element.children().add(tree(xml, depth + 1));
            }
        }
    }

    private Element opened(XMLStreamReader xml) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        var at = xml.getLocation();
        List<Element> children = new ArrayList<>(0);
        var element = new Element(xml.getLocalName(), attributes, children, at.getLineNumber(), at.getColumnNumber());
        if (++elements > ELEMENTS_MAX) {
            throw error(element, "there are more than " + ELEMENTS_MAX + " elements");
        }
        return element;
    }

    private void refuse(XMLStreamReader xml, int event) {
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            var at = xml.getLocation();
            throw new FmuError(place + ":" + at.getLineNumber() + ":" + at.getColumnNumber()
                    + ": document type definitions and their entities are not read; remove the DOCTYPE");
        }
    }

    /// A mistake at an element.
    FmuError error(Element at, String message) {
        return new FmuError(place + ":" + at.line() + ":" + at.column() + ": " + message);
    }
}
