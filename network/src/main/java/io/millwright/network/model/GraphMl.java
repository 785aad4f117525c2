package io.millwright.network.model;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// GraphML (graphml.graphdrawing.org): nodes, edges and their attributes by `key` and `data`. A text with a DTD
/// is refused, nothing outside of it is ever read, and hyperedges, ports and graphs within graphs are not
/// known.
final class GraphMl {

    private static final int DEEPEST = 16;
    private static final int LONGEST = 4096;

    private final TopologyFile file;
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> attributes = new HashMap<>();
    private int graphs;
    private int depth;

    GraphMl(TopologyFile file) {
        this.file = file;
    }

    void read(String text) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("nothing outside of the file is read");
        });
        try {
            var reader = factory.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                event(reader, reader.next());
            }
        } catch (XMLStreamException e) {
            var at = e.getLocation();
            var why = String.valueOf(e.getMessage()).lines().reduce("", (_, last) -> last);
            throw file.mistake(
                    at == null ? "" : at.getLineNumber() + ":" + at.getColumnNumber(),
                    "not XML: " + why.replaceFirst("^Message: ", ""));
        }
        if (graphs == 0) {
            throw file.mistake("", "there is no graph; the file would begin with <graphml>");
        }
    }

    private void event(XMLStreamReader reader, int event) throws XMLStreamException {
        switch (event) {
            case XMLStreamConstants.DTD ->
                throw file.mistake(line(reader), "the file has a document type; remove the line with <!DOCTYPE");
            case XMLStreamConstants.START_ELEMENT -> {
                if (++depth > DEEPEST) {
                    throw file.mistake(line(reader), "elements nest deeper than " + DEEPEST + " levels");
                }
                start(reader);
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            default -> {}
        }
    }

    private void start(XMLStreamReader reader) throws XMLStreamException {
        switch (reader.getLocalName()) {
            case "key" -> keys.put(attribute(reader, "id"), attribute(reader, "attr.name"));
            case "graph" -> {
                if (++graphs > 1) {
                    throw file.mistake(line(reader), "there is a second graph; one would be right");
                }
            }
            case "node" -> {
                var where = line(reader);
                var id = attribute(reader, "id");
                data(reader);
                file.node(where, id, Map.copyOf(attributes));
            }
            case "edge" -> {
                var where = line(reader);
                var source = attribute(reader, "source");
                var target = attribute(reader, "target");
                data(reader);
                file.edge(where, source, target, Map.copyOf(attributes));
            }
            default -> {}
        }
    }

    /// Reads what stands in a node or an edge, up to its end.
    private void data(XMLStreamReader reader) throws XMLStreamException {
        attributes.clear();
        int inner = 0;
        @Nullable String key = null;
        var value = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (reader.getLocalName().equals("graph") || ++inner + depth > DEEPEST) {
                    throw file.mistake(
                            line(reader), "a graph within a node is not known; one plain graph would be right");
                }
                key = inner == 1 && reader.getLocalName().equals("data") ? attribute(reader, "key") : null;
                value.setLength(0);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (inner-- == 0) {
                    depth--;
                    return;
                }
                if (key != null) {
                    attributes.put(keys.getOrDefault(key, key), value.toString().strip());
                    key = null;
                }
            } else if (reader.isCharacters() && key != null && value.length() < LONGEST) {
                value.append(reader.getText());
            }
        }
    }

    private String attribute(XMLStreamReader reader, String name) {
        var value = reader.getAttributeValue(null, name);
        if (value == null || value.length() > LONGEST) {
            throw file.mistake(line(reader), "<%s> has no %s".formatted(reader.getLocalName(), name));
        }
        return value;
    }

    private static String line(XMLStreamReader reader) {
        return String.valueOf(reader.getLocation().getLineNumber());
    }
}
