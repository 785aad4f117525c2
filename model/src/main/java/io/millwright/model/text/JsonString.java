package io.millwright.model.text;

/// JSON strings (RFC 8259, section 7), for those who write JSON without a library.
public final class JsonString {

    private JsonString() {}

    /// Appends a text as a JSON string. Surrogates are escaped, so that one without its other half survives as well.
    ///
    /// @return what it was appended to
    public static StringBuilder append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
