package io.millwright.iec61131.library;

import static io.millwright.iec61131.library.StandardFunction.Parameter.of;
import static io.millwright.iec61131.library.StandardFunction.Parameter.shared;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conversions, whose names say from what to what (Tables 22 to 27), and what goes with them.
final class ConversionFunctions {
    private ConversionFunctions() {}

    /// The conversion of a name: `INT_TO_REAL`, `TO_REAL`, `REAL_TRUNC_INT`, `TRUNC_INT`, `WORD_BCD_TO_UINT`,
    /// `BCD_TO_UINT`, `UINT_TO_BCD_WORD`, `TO_BCD_WORD`, `UINT_TO_BCD`; null for any other.
    static @Nullable StandardFunction find(String name) {
        StandardFunction found = truncation(name);
        found = found == null ? fromBcd(name) : found;
        found = found == null ? toBcd(name) : found;
        return found == null ? plain(name) : found;
    }

    /// Those that are found by their whole name.
    static List<StandardFunction> all() {
        List<StandardFunction> all = new ArrayList<>();
        all.add(new StandardFunction(
                "TRUNC",
                List.of(of("IN", GenericType.ANY_REAL)),
                0,
                GenericType.ANY_INT,
                (a, asked) -> truncated(a.getFirst(), asked.elementary())));
        all.add(new StandardFunction(
                "IS_VALID_BCD",
                List.of(of("IN", GenericType.ANY_BIT)),
                0,
                Elementary.BOOL,
                (a, type) -> new Term.Library("isBcd", List.of(Terms.convert(a.getFirst(), Elementary.LWORD)), type)));
        // Table 37 has both names of the way back.
        for (String name : List.of("TO_BIG_ENDIAN", "FROM_BIG_ENDIAN", "BIG_ENDIAN_TO")) {
            all.add(new StandardFunction(
                    name,
                    List.of(shared("IN", GenericType.ANY_ELEMENTARY)),
                    0,
                    null,
                    (a, type) -> reversed(a.getFirst(), type)));
        }
        for (String name : List.of("TO_LITTLE_ENDIAN", "FROM_LITTLE_ENDIAN", "LITTLE_ENDIAN_TO")) {
            all.add(new StandardFunction(
                    name, List.of(shared("IN", GenericType.ANY_ELEMENTARY)), 0, null, (a, _) -> a.getFirst()));
        }
        units(all, "TIME_TO_NS", 1);
        units(all, "TIME_TO_US", 1_000);
        units(all, "TIME_TO_MS", 1_000_000);
        all.add(new StandardFunction(
                "TIME_TO_S",
                List.of(of("IN", Elementary.LTIME)),
                0,
                Elementary.LREAL,
                (a, type) -> new Term.Binary(
                        Term.BinaryOperator.DIVIDE,
                        Terms.convert(a.getFirst(), type),
                        new Term.Constant(type, new Value.Real(1e9)))));
        return all;
    }

    /// A duration as a number of units; the rest is left away.
    private static void units(List<StandardFunction> all, String name, long nanos) {
        all.add(new StandardFunction(
                name,
                List.of(of("IN", Elementary.LTIME)),
                0,
                Elementary.LINT,
                (a, type) -> new Term.Binary(
                        Term.BinaryOperator.DIVIDE,
                        Terms.convert(a.getFirst(), type),
                        new Term.Constant(type, new Value.Whole(nanos)))));
    }

    private static @Nullable StandardFunction truncation(String name) {
        int mark = name.indexOf("_TRUNC_");
        boolean overloaded = name.startsWith("TRUNC_");
        if (mark < 0 && !overloaded) {
            return null;
        }
        Elementary from = overloaded ? null : Elementary.of(name.substring(0, mark));
        Elementary to = Elementary.of(name.substring(overloaded ? 6 : mark + 7));
        boolean sound = to != null && to.isInteger() && (overloaded || GenericType.ANY_REAL.contains(orBool(from)));
        return sound
                ? new StandardFunction(
                        name,
                        List.of(of("IN", overloaded ? GenericType.ANY_REAL : orBool(from))),
                        0,
                        to,
                        (a, type) -> truncated(a.getFirst(), type.elementary()))
                : null;
    }

    private static Elementary orBool(@Nullable Elementary type) {
        return type == null ? Elementary.BOOL : type;
    }

    private static Term truncated(Term value, @Nullable Elementary asked) {
        Elementary to = asked != null
                ? asked
                : value.type().elementary() == Elementary.LREAL ? Elementary.LINT : Elementary.DINT;
        Term whole = new Term.Library("truncate", List.of(Terms.convert(value, Elementary.LREAL)), Elementary.LREAL);
        return Terms.convert(whole, to);
    }

    private static @Nullable StandardFunction fromBcd(String name) {
        int mark = name.indexOf("_BCD_TO_");
        boolean overloaded = name.startsWith("BCD_TO_");
        if (mark < 0 && !overloaded) {
            return null;
        }
        Elementary from = overloaded ? Elementary.LWORD : Elementary.of(name.substring(0, mark));
        Elementary to = Elementary.of(name.substring(overloaded ? 7 : mark + 8));
        boolean sound = from != null && isBits(from) && to != null && to.isInteger();
        if (!sound || from == null) {
            return null;
        }
        return new StandardFunction(
                name, List.of(of("IN", overloaded ? GenericType.ANY_BIT : from)), 0, to, (a, type) -> {
                    Term bits = Terms.convert(a.getFirst(), Elementary.LWORD);
                    return Terms.convert(new Term.Library("fromBcd", List.of(bits), Elementary.ULINT), type);
                });
    }

    private static @Nullable StandardFunction toBcd(String name) {
        boolean overloaded = name.startsWith("TO_BCD_");
        int mark = name.indexOf("_TO_BCD");
        if (mark < 0 && !overloaded) {
            return null;
        }
        Elementary from = overloaded ? null : Elementary.of(name.substring(0, mark));
        String rest = name.substring(overloaded ? 6 : mark + 7);
        Elementary to = rest.startsWith("_") ? Elementary.of(rest.substring(1)) : null;
        boolean sound =
                (overloaded || from != null && from.isInteger()) && (rest.isEmpty() || to != null && isBits(to));
        // UINT_TO_BCD takes what it is given as it comes, and gives as many bits back.
        Type constraint = overloaded || rest.isEmpty() || from == null ? GenericType.ANY_INT : from;
        return sound
                ? new StandardFunction(name, List.of(of("IN", constraint)), 0, to, (a, type) -> {
                    Term number = a.getFirst();
                    Elementary asked = type.elementary();
                    int width = asked == null ? Terms.elementary(number.type()).bits() : asked.bits();
                    return toBcd(number, Terms.bits(width));
                })
                : null;
    }

    private static Term toBcd(Term number, Elementary to) {
        boolean signed = Terms.elementary(number.type()).family() == Family.SIGNED;
        Term wide = Terms.convert(number, signed ? Elementary.LINT : Elementary.ULINT);
        Term digits = new Term.Constant(Elementary.DINT, new Value.Whole(to.bits() / 4));
        Term bcd = new Term.Library(signed ? "toBcd" : "toBcdUnsigned", List.of(wide, digits), Elementary.LWORD);
        return Terms.convert(bcd, to);
    }

    private static boolean isBits(Elementary type) {
        return type.family() == Family.BIT && type != Elementary.BOOL;
    }

    private static @Nullable StandardFunction plain(String name) {
        boolean overloaded = name.startsWith("TO_");
        int mark = name.indexOf("_TO_");
        if (mark < 0 && !overloaded) {
            return null;
        }
        Type from = overloaded ? GenericType.ANY_ELEMENTARY : type(name.substring(0, mark));
        Type to = type(name.substring(overloaded ? 3 : mark + 4));
        if (from == null || to == null || !overloaded && !goes(from.elementary(), to.elementary())) {
            return null;
        }
        return new StandardFunction(
                name, List.of(of("IN", from)), 0, to, (a, type) -> converted(Terms.unwrapped(a.getFirst()), type));
    }

    private static @Nullable Type type(String keyword) {
        return switch (keyword) {
            case "STRING" -> new TextType(false, TextType.USUAL);
            case "WSTRING" -> new TextType(true, TextType.USUAL);
            default -> Elementary.of(keyword);
        };
    }

    /// Dates do not become durations, nor times of day dates.
    private static boolean goes(@Nullable Elementary from, @Nullable Elementary to) {
        if (from == null || to == null || !Conversions.isTime(from) || !Conversions.isTime(to)) {
            return true;
        }
        Family a = from.family();
        Family b = to.family();
        return a == b
                || a == Family.DATE_AND_TIME && b != Family.DURATION
                || a == Family.DATE && b == Family.DATE_AND_TIME
                || a == Family.DURATION && b == Family.TIME_OF_DAY
                || a == Family.TIME_OF_DAY && b == Family.DURATION;
    }

    private static Term converted(Term value, Type to) {
        if (value.type().resolved() instanceof TextType given && to instanceof TextType asked) {
            var result = new TextType(asked.wide(), given.capacity());
            return given.wide() && !asked.wide()
                    ? new Term.Library("narrow", List.of(value), result)
                    : Terms.convert(value, result);
        }
        if (value.type().elementary() == Elementary.WCHAR && to instanceof TextType asked && !asked.wide()) {
            return Terms.convert(converted(value, Elementary.CHAR), to);
        }
        if (value.type().elementary() == Elementary.WCHAR && to == Elementary.CHAR) {
            return new Term.Library("narrow", List.of(value), to);
        }
        return Terms.convert(value, to);
    }

    /// Between a bit string and a real of the same width Table 25 carries the bits over; the common tools
    /// convert the number instead.
    static Term carried(Term made) {
        if (!(made instanceof Term.Convert(var operand, var to))) {
            return made;
        }
        Elementary from = operand.type().elementary();
        boolean single =
                from == Elementary.DWORD && to == Elementary.REAL || from == Elementary.REAL && to == Elementary.DWORD;
        boolean wide = from == Elementary.LWORD && to == Elementary.LREAL
                || from == Elementary.LREAL && to == Elementary.LWORD;
        return single || wide ? new Term.Library("carryBits", List.of(operand), to) : made;
    }

    /// With its bytes the other way round: the machine itself counts as one that puts the lowest byte first.
    private static Term reversed(Term value, Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null || elementary.bits() <= 8) {
            return value;
        }
        if (elementary.family() == Family.REAL || elementary.isLong()) {
            return new Term.Library("reverseBytes", List.of(value), type);
        }
        Elementary bits = Terms.bits(elementary.bits());
        Term width = new Term.Constant(Elementary.DINT, new Value.Whole(bits.bits()));
        return Terms.convert(
                new Term.Library("reverseBytes", List.of(Terms.convert(value, bits), width), bits), elementary);
    }
}
