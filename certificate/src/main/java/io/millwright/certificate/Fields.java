package io.millwright.certificate;

import java.util.ArrayList;
import java.util.List;

/// Whole numbers in the lines of traces.
public final class Fields {

    private static final int MOST_DIGITS = 9;

    private Fields() {}

    /// Reads `4`.
    ///
    /// @throws Malformed for all but a whole number of up to nine digits
    public static int number(String text) throws Malformed {
        if (text.isEmpty() || text.length() > MOST_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Malformed("a place is a whole number, not " + Malformed.shown(text));
        }
        return Integer.parseInt(text);
    }

    /// Reads `0,4,5`; `-` stands for none.
    ///
    /// @throws Malformed for all else
    public static List<Integer> numbers(String text) throws Malformed {
        var list = new ArrayList<Integer>();
        if (!text.equals("-")) {
            for (var part : text.split(",", -1)) {
                list.add(number(part));
            }
        }
        return list;
    }
}
