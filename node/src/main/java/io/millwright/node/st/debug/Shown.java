package io.millwright.node.st.debug;

import io.millwright.iec61131.interpret.Slot;
import io.millwright.iec61131.library.Conversions;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as a program would write them.
///
/// @param hexadecimal whether whole numbers are written with base 16
record Shown(boolean hexadecimal) {
    /// How many parts of an aggregate are shown on its own line.
    private static final int PREVIEW = 6;

    /// The value of a slot, an aggregate with its first parts.
    String text(Slot slot) {
        return text(slot, 2);
    }

    private String text(Slot slot, int depth) {
        return switch (slot.content()) {
            case NOTHING -> "NULL";
            case VALUE -> plain(slot.type(), slot.value());
            case REFERENCE -> "^ " + (depth == 0 ? "…" : text(slot.parts(0, 1).getFirst(), depth - 1));
            case ARRAY -> depth == 0 ? "[…]" : preview(slot, depth, "[", "]");
            case FIELDS -> depth == 0 ? "(…)" : preview(slot, depth, "(", ")");
        };
    }

    private String preview(Slot slot, int depth, String open, String close) {
        boolean named = slot.content() == Slot.Content.FIELDS;
        List<Slot> first = slot.parts(0, PREVIEW);
        String more = slot.size() > first.size() ? ", …" : "";
        return first.stream()
                .map(s -> (named ? s.name() + " := " : "") + text(s, depth - 1))
                .collect(Collectors.joining(", ", open, more + close));
    }

    private String plain(Type type, Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth ? "TRUE" : "FALSE";
            case Value.Whole(long whole) -> whole(type, whole);
            case Value.Real(double real) -> real(type, real);
            case Value.Text(var text) -> quoted(text);
            default -> "";
        };
    }

    private String whole(Type type, long whole) {
        if (type.resolved() instanceof EnumerationType enumeration) {
            for (Map.Entry<String, Long> entry : enumeration.values().entrySet()) {
                if (entry.getValue() == whole) {
                    return entry.getKey();
                }
            }
        }
        Elementary elementary = type.elementary();
        if (elementary == null) {
            return Long.toString(whole);
        }
        if (!elementary.isInteger() && elementary.family() != Elementary.Family.BIT) {
            return Conversions.wholeToText(whole, elementary, new Text(80)).toString();
        }
        BigInteger number = Whole.number(elementary, whole);
        if (hexadecimal || elementary.family() == Elementary.Family.BIT) {
            BigInteger bits = number.signum() < 0 ? number.add(BigInteger.TWO.pow(elementary.bits())) : number;
            return "16#" + bits.toString(16).toUpperCase(Locale.ROOT);
        }
        return number.toString();
    }

    private static String real(Type type, double real) {
        return type.elementary() == Elementary.REAL ? Float.toString((float) real) : Double.toString(real);
    }

    /// A text in quotes; what cannot be seen is written with `$` (6.3.3, Table 7).
    private static String quoted(String text) {
        var out = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '$', '\'' -> out.append('$').append(c);
                case '\n' -> out.append("$L");
                case '\r' -> out.append("$R");
                case '\t' -> out.append("$T");
                default -> out.append(c < ' ' ? "$%02X".formatted((int) c) : c);
            }
        }
        return out.append('\'').toString();
    }
}
