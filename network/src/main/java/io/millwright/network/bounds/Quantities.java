package io.millwright.network.bounds;

import io.millwright.network.number.Rational;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the numbers of one file with their units, and sees to it that all have units or none.
public final class Quantities {

    private static final Pattern QUANTITY = Pattern.compile("([-+0-9./]+(?:[eE][-+]?[0-9]+)?) *([A-Za-zµμ/]*)");

    private static final Map<String, Rational> RATES = units(
            Map.of("bps", "1", "kbps", "1e3", "Mbps", "1e6", "Gbps", "1e9"),
            Map.of(
                    "bit/s", "1", "kbit/s", "1e3", "Mbit/s", "1e6", "Gbit/s", "1e9", "B/s", "8", "kB/s", "8e3", "MB/s",
                    "8e6"));
    private static final Map<String, Rational> AMOUNTS = units(
            Map.of("bit", "1", "kbit", "1e3", "Mbit", "1e6"),
            Map.of("B", "8", "kB", "8e3", "MB", "8e6", "KiB", "8192"));
    private static final Map<String, Rational> TIMES =
            units(Map.of("s", "1", "ms", "1e-3", "us", "1e-6"), Map.of("µs", "1e-6", "μs", "1e-6", "ns", "1e-9"));

    /// A fraction with fewer binary places is taken as it stands.
    private static final int BINARY_PLACES = 40;

    private static final int DOUBLE_BITS = 53;
    private static final int DOUBLE_RANGE = 1000;
    private static final MathContext SHORT = new MathContext(12);

    private boolean decimal;
    private @Nullable String firstWith;
    private @Nullable String firstWithout;
    private @Nullable String timeUnit;
    private final List<String> notes = new ArrayList<>();

    private static Map<String, Rational> units(Map<String, String> some, Map<String, String> more) {
        var units = new TreeMap<String, Rational>();
        some.forEach((name, factor) -> units.put(name, Rational.parse(factor)));
        more.forEach((name, factor) -> units.put(name, Rational.parse(factor)));
        return units;
    }

    /// A rate: in bits per second where it has a unit.
    public Rational rate(String text, String where) {
        return quantity(text, where, "rate", RATES);
    }

    /// An amount of data: in bits where it has a unit.
    public Rational data(String text, String where) {
        return quantity(text, where, "amount of data", AMOUNTS);
    }

    /// A time: in seconds where it has a unit.
    public Rational time(String text, String where) {
        return quantity(text, where, "time", TIMES);
    }

    /// What was read otherwise than it stands there.
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /// A fraction that is a floating-point number with all its binary places was a short decimal before a
    /// program wrote it so: 0.1 becomes 3602879701896397/36028797018963968, and three times that, rounded
    /// twice, 1351079888211149/4503599627370496. The decimal is what was meant.
    private Rational meant(Rational number, String where) {
        boolean binary =
                number.denominator().bitCount() == 1 && number.denominator().bitLength() > BINARY_PLACES;
        if (!binary
                || number.numerator().bitLength() > DOUBLE_BITS
                || number.denominator().bitLength() > DOUBLE_RANGE) {
            return number;
        }
        double value = number.numerator().doubleValue() / number.denominator().doubleValue();
        var meant = Rational.parse(new BigDecimal(value).round(SHORT).toString());
        if (Math.abs(meant.toDouble() - value) > 2 * Math.ulp(value)) {
            return number;
        }
        notes.add("%s: %s is a floating-point number next to %s, and read as that".formatted(where, number, meant));
        return meant;
    }

    /// Whether numbers with units were read.
    public boolean haveUnits() {
        return firstWith != null;
    }

    /// How the file writes its numbers, as far as it was read.
    public Notation notation() {
        var unit = timeUnit == null ? "" : timeUnit;
        return new Notation(decimal, unit, unit.isEmpty() ? Rational.ONE : TIMES.getOrDefault(unit, Rational.ONE));
    }

    private Rational quantity(String text, String where, String kind, Map<String, Rational> units) {
        var matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            throw new Mistake(
                    "%s is no number: \"%s\". Right are 12, 0.5, 1/3 and numbers with a unit".formatted(where, text));
        }
        Rational number;
        try {
            number = Rational.parse(matcher.group(1));
        } catch (NumberFormatException _) {
            throw new Mistake(
                    "%s is no number: \"%s\". Right are 12, 0.5, 1/3 and numbers with a unit".formatted(where, text));
        }
        number = meant(number, where);
        decimal |= matcher.group(1).indexOf('.') >= 0 || matcher.group(1).matches(".*[eE].*");
        var unit = matcher.group(2);
        var shown = "%s \"%s\"".formatted(where, text);
        if (unit.isEmpty()) {
            firstWithout = firstWithout == null && number.upperSign() != 0 ? shown : firstWithout;
        } else {
            firstWith = firstWith == null ? shown : firstWith;
        }
        if (firstWith != null && firstWithout != null) {
            throw new Mistake("units are mixed up: %s has a unit, %s has none. Give all numbers units, or none"
                    .formatted(firstWith, firstWithout));
        }
        if (unit.isEmpty()) {
            return number;
        }
        var factor = units.get(unit);
        if (factor == null) {
            throw new Mistake("%s \"%s\": %s is no unit of a %s. Right are %s"
                    .formatted(where, text, unit, kind, String.join(", ", units.keySet())));
        }
        if (kind.equals("time") && timeUnit == null) {
            timeUnit = unit;
        }
        return number.times(factor);
    }
}
