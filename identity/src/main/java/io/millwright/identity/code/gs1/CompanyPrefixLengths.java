package io.millwright.identity.code.gs1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How many digits GS1 Company Prefixes have, as far as somebody said so: no key tells it.
///
/// GS1 publishes the lengths as a table, `GCPPrefixFormatList`, in JSON and XML
/// (https://www.gs1.org/standards/bc-epc-interop); of several of its entries that a key starts with, the longest
/// counts.
public final class CompanyPrefixLengths {

    private static final long LARGEST_FILE = 64L << 20;
    private static final String LIST = "GCPPrefixFormatList";
    private static final int MAX_LENGTH = 12;

    private final Map<String, Integer> lengths;

    private CompanyPrefixLengths(Map<String, Integer> lengths) {
        this.lengths = Map.copyOf(lengths);
    }

    /// Nobody said anything.
    public static CompanyPrefixLengths unknown() {
        return new CompanyPrefixLengths(Map.of());
    }

    /// All have the same length.
    public static CompanyPrefixLengths of(int length) {
        return new CompanyPrefixLengths(Map.of("", length));
    }

    /// Reads GS1's table, in JSON or XML.
    ///
    /// @throws IOException if the file cannot be read or is no such table; the message says why
    public static CompanyPrefixLengths read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("has more than " + (LARGEST_FILE >> 20) + " MiB; GS1's table has about 2");
        }
        var lengths = new HashMap<String, Integer>();
        try (var in = Files.newInputStream(file)) {
            if (isXml(file)) {
                readXml(in, lengths);
            } else {
                readJson(in, lengths);
            }
        } catch (JacksonException e) {
            throw new IOException("is no JSON: " + e.getOriginalMessage(), e);
        } catch (XMLStreamException e) {
            throw new IOException("is no XML: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "), e);
        }
        if (lengths.isEmpty()) {
            throw new IOException("has no entries with prefix and gcpLength in " + LIST + ", as GS1's table has");
        }
        return new CompanyPrefixLengths(lengths);
    }

    private static boolean isXml(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            int c = in.read();
            while (Character.isWhitespace(c) || c >= 0x80) {
                c = in.read();
            }
            return c == '<';
        }
    }

    private static void readJson(InputStream in, Map<String, Integer> lengths) throws IOException {
        for (JsonNode entry : JsonMapper.shared().readTree(in).path(LIST).path("entry")) {
            add(entry.path("prefix").asString(""), entry.path("gcpLength").asString(""), lengths);
        }
    }

    private static void readXml(InputStream in, Map<String, Integer> lengths) throws IOException, XMLStreamException {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var reader = factory.createXMLStreamReader(in);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("entry")) {
                add(attribute(reader, "prefix"), attribute(reader, "gcpLength"), lengths);
            }
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        var value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private static void add(String prefix, String length, Map<String, Integer> lengths) throws IOException {
        if (!prefix.matches("[0-9]{1,14}") || !length.matches("[0-9]|1[0-2]")) {
            throw new IOException(
                    "has an entry that is none of GS1's: prefix \"" + prefix + "\", gcpLength \"" + length + "\"");
        }
        lengths.put(prefix, Integer.parseInt(length));
    }

    /// How many digits the company prefix has that a key starts with.
    ///
    /// @param key from its company prefix on
    /// @return nothing if nobody said; 0 where GS1's table says that there is no company prefix
    public OptionalInt of(String key) {
        for (int length = Math.min(key.length(), MAX_LENGTH + 2); length >= 0; length--) {
            var found = lengths.get(key.substring(0, length));
            if (found != null) {
                return OptionalInt.of(found);
            }
        }
        return OptionalInt.empty();
    }
}
