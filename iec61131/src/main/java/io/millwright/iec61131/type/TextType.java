package io.millwright.iec61131.type;

/// STRING or WSTRING with the most characters a variable of it holds (6.4.2.5).
///
/// @param wide WSTRING: UTF-16 units; else single-byte characters of ISO 8859-1
/// @param capacity 1 to [#MAX]
public record TextType(boolean wide, int capacity) implements Type {
    /// The longest text.
    public static final int MAX = 65_535;

    /// The length where none is written, as the common tools have it.
    public static final int USUAL = 80;

    public TextType {
        if (capacity < 1 || capacity > MAX) {
            throw new IllegalArgumentException("a text holds 1 to " + MAX + " characters, not " + capacity);
        }
    }

    @Override
    public String name() {
        String keyword = wide ? "WSTRING" : "STRING";
        return capacity == USUAL ? keyword : keyword + "[" + capacity + "]";
    }
}
