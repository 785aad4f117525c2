package io.millwright.model.text;

import java.math.BigDecimal;
import java.util.Map;

/// Amounts of data as people write them: a number and `B`, `kB`, `MB`, `GB`, `TB` (powers of 1000) or `KiB`, `MiB`,
/// `GiB`, `TiB` (powers of 1024, IEC 80000-13).
public final class DataSizes {

    /// What an amount of data looks like.
    public static final String PATTERN = "^[0-9]+(\\.[0-9]+)? ?(B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)$";

    private static final Magnitude FORM = new Magnitude(
            "amount of data",
            Map.of(
                    "B",
                    BigDecimal.ONE,
                    "kB",
                    new BigDecimal("1e3"),
                    "MB",
                    new BigDecimal("1e6"),
                    "GB",
                    new BigDecimal("1e9"),
                    "TB",
                    new BigDecimal("1e12"),
                    "KiB",
                    BigDecimal.valueOf(1L << 10),
                    "MiB",
                    BigDecimal.valueOf(1L << 20),
                    "GiB",
                    BigDecimal.valueOf(1L << 30),
                    "TiB",
                    BigDecimal.valueOf(1L << 40)),
            "8GiB");

    private DataSizes() {}

    /// Reads an amount of data, e.g. `8GiB`.
    ///
    /// @return whole bytes
    /// @throws IllegalArgumentException if it is none; the message says what would be right
    public static long parse(String text) {
        return FORM.parse(text);
    }
}
