package io.millwright.plc.change;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.util.Map;

/// Values as findings show them.
final class Shown {
    private static final int LONGEST = 40;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private Shown() {}

    static String present(Slot slot) {
        return value(slot.type(), slot.value());
    }

    static String value(Type type, Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth ? "TRUE" : "FALSE";
            case Value.Real(double real) -> String.valueOf(real);
            case Value.Text(String text) ->
                "'" + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…") + "'";
            case Value.Whole(long whole) -> whole(type, whole);
            case Value.Usual _ -> type.elementary() == null ? "NULL" : value(type, Defaults.of(type));
            default -> "the first values of " + type.name();
        };
    }

    private static String whole(Type type, long whole) {
        Elementary elementary = type.elementary();
        if (type.resolved() instanceof EnumerationType enumeration) {
            return enumeration.values().entrySet().stream()
                    .filter(e -> e.getValue() == whole)
                    .findFirst()
                    .map(Map.Entry::getKey)
                    .orElse(String.valueOf(whole));
        }
        if (elementary != null && elementary.family() == Elementary.Family.DURATION) {
            return "T#" + whole / (double) NANOS_PER_MILLI + "ms";
        }
        return elementary == null
                ? String.valueOf(whole)
                : Whole.number(elementary, whole).toString();
    }
}
