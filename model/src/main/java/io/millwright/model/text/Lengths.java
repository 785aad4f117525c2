package io.millwright.model.text;

import java.math.BigDecimal;
import java.util.Map;

/// Lengths of cables as people write them: a number and `cm`, `m` or `km`.
public final class Lengths {

    /// What a length looks like.
    public static final String PATTERN = "^[0-9]+(\\.[0-9]+)? ?(cm|m|km)$";

    private static final Magnitude FORM = new Magnitude(
            "length",
            Map.of("cm", new BigDecimal("10"), "m", new BigDecimal("1e3"), "km", new BigDecimal("1e6")),
            "20m");

    private Lengths() {}

    /// Reads a length, e.g. `20m`.
    ///
    /// @return whole millimetres
    /// @throws IllegalArgumentException if it is none; the message says what would be right
    public static long parse(String text) {
        return FORM.parse(text);
    }
}
