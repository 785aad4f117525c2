package io.millwright.identity.code;

/// A GS1 element: an application identifier and its value (GS1 General Specifications, section 3).
///
/// @param ai the application identifier, two to four digits
/// @param value its value, decoded
/// @param at where the application identifier stands in the text that was read
/// @param valueAt where the value starts
/// @param written the value as it stands there: with percent escapes in a Digital Link, empty in a compressed one
public record Element(String ai, String value, int at, int valueAt, String written) {

    /// An element that was not read from a text.
    public static Element of(String ai, String value) {
        return new Element(ai, value, 0, 0, "");
    }

    /// Where the character at `index` of the value stands in the text that was read.
    public int place(int index) {
        if (written.equals(value)) {
            return valueAt + index;
        }
        int place = 0;
        for (int i = 0; i < index && place < written.length(); i++) {
            place += written.charAt(place) == '%' ? 3 : 1;
        }
        return valueAt + Math.min(place, written.length());
    }
}
