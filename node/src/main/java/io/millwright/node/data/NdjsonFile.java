package io.millwright.node.data;

import io.millwright.historian.Historian;
import io.millwright.model.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// A file of JSON objects, one sample a line (NDJSON): `{"signal": …, "sourceTime": …, "value": …}` and, if it is to be
/// so, `quality`, `receiveTime` and `type`. Members of other names are passed over.
final class NdjsonFile implements HistoryFile {

    /// Every character of the longest text escaped, and room for the rest.
    private static final int LINE_MAX = Historian.TEXT_MAX * 6 + 10_000;

    private final BufferedReader in;
    private final long receivedNanos;
    private int line;
    private boolean broken;

    NdjsonFile(BufferedReader in, long receivedNanos) {
        this.in = in;
        this.receivedNanos = receivedNanos;
    }

    @Override
    public boolean goesOn() {
        return !broken;
    }

    @Override
    public Optional<List<Sample>> next() throws IOException, Cell.Wrong {
        var text = new StringBuilder();
        boolean more = true;
        while (more && text.isEmpty()) {
            line++;
            more = line(text);
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(List.of(sample(text.toString())));
    }

    /// Reads a line, without the blanks at its beginning.
    ///
    /// @return whether another may follow
    private boolean line(StringBuilder text) throws IOException, Cell.Wrong {
        int c = in.read();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (text.length() >= LINE_MAX) {
                broken = true;
                throw new Cell.Wrong(line, 1, "a line of more than " + LINE_MAX + " characters");
            }
            if (!text.isEmpty() || !Character.isWhitespace(c) && c != '\uFEFF') {
                text.append((char) c);
            }
        }
        return c >= 0;
    }

    private Sample sample(String text) throws Cell.Wrong {
        var members = members(text);
        var none = new Cell("", line, 1);
        for (var name : List.of("signal", "sourceTime", "value")) {
            if (!members.containsKey(name)) {
                throw none.wrong("\"" + name + "\" is missing");
            }
        }
        return SampleText.parse(
                members.getOrDefault("signal", none),
                members.getOrDefault("sourceTime", none),
                members.getOrDefault("value", none),
                members.getOrDefault("quality", none),
                members.getOrDefault("receiveTime", none),
                members.getOrDefault("type", none),
                receivedNanos);
    }

    /// The members of the object, and as `type` what the value looks like, if the object does not tell.
    private Map<String, Cell> members(String text) throws Cell.Wrong {
        var members = new HashMap<String, Cell>();
        try (var json = JsonMapper.shared().createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw here(json, "write one object a line: {\"signal\": \"asset/signal\", …}");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                var token = json.nextToken();
                if (!token.isScalarValue()) {
                    throw here(json, "\"" + name + "\" takes a number, a text, true, false or null");
                }
                int column = json.currentTokenLocation().getColumnNr();
                members.put(name, new Cell(token == JsonToken.VALUE_NULL ? "" : json.getString(), line, column));
                if (name.equals("value")) {
                    members.putIfAbsent("type", new Cell(type(token), line, column));
                }
            }
            if (json.nextToken() != null) {
                throw here(json, "one object a line, please");
            }
        } catch (JacksonException e) {
            throw new Cell.Wrong(line, e.getLocation().getColumnNr(), e.getOriginalMessage());
        }
        return members;
    }

    private Cell.Wrong here(JsonParser json, String why) {
        return new Cell.Wrong(line, Math.max(json.currentTokenLocation().getColumnNr(), 1), why);
    }

    /// A number is guessed from its text: one without fraction is whole, if it fits.
    private static String type(JsonToken token) {
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            case VALUE_STRING -> "text";
            default -> "";
        };
    }
}
