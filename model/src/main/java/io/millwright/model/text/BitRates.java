package io.millwright.model.text;

import java.math.BigDecimal;
import java.util.Map;

/// Bit rates as people write them: a number and `bps`, `kbps`, `Mbps`, `Gbps` or `Tbps`, all powers of 1000.
public final class BitRates {

    /// What a bit rate looks like.
    public static final String PATTERN = "^[0-9]+(\\.[0-9]+)? ?(bps|kbps|Mbps|Gbps|Tbps)$";

    private static final Magnitude FORM = new Magnitude(
            "bit rate",
            Map.of(
                    "bps", BigDecimal.ONE,
                    "kbps", new BigDecimal("1e3"),
                    "Mbps", new BigDecimal("1e6"),
                    "Gbps", new BigDecimal("1e9"),
                    "Tbps", new BigDecimal("1e12")),
            "1Gbps");

    private BitRates() {}

    /// Reads a bit rate, e.g. `100Mbps`.
    ///
    /// @return whole bits per second
    /// @throws IllegalArgumentException if it is none; the message says what would be right
    public static long parse(String text) {
        return FORM.parse(text);
    }

    /// Writes whole bits per second in the largest unit that leaves a whole number, e.g. `100Mbps`.
    public static String format(long bitsPerSecond) {
        String[] units = {"bps", "kbps", "Mbps", "Gbps", "Tbps"};
        int unit = 0;
        long rest = bitsPerSecond;
        while (unit + 1 < units.length && rest != 0 && rest % 1000 == 0) {
            rest /= 1000;
            unit++;
        }
        return rest + units[unit];
    }
}
