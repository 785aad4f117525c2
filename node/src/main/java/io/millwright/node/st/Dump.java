package io.millwright.node.st;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.VariablePath;
import io.millwright.iec61131.library.Conversions;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows the variables of a program.
public final class Dump {
    private Dump() {}

    /// A variable, as `--json` has it.
    ///
    /// @param value a number, a truth value, a text (also for times, dates and values of enumerations), a list
    ///     for an array, a map for a structure or instance, null for a reference
    record Entry(String name, String type, @Nullable Object value) {
        String text() {
            return name + " : " + type + " = " + value;
        }
    }

    /// The variables of an instance, in order of declaration.
    static List<Entry> of(Run run, VariablePath instance) {
        return instance.members().stream()
                .filter(v -> !v.name().startsWith("~"))
                .map(v -> new Entry(v.name(), v.type().name(), shown(v.type(), run.read(instance.then(v)))))
                .toList();
    }

    /// A value as a program's text or `--json` has it; null for a reference.
    public static @Nullable Object shown(Type type, Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth;
            case Value.Real(double real) -> real(type, real);
            case Value.Whole(long whole) -> whole(type, whole);
            case Value.Text(var text) -> text;
            case Value.Elements(var elements) -> {
                Type element = type.resolved() instanceof ArrayType array ? array.element() : type;
                yield elements.stream().map(e -> shown(element, e)).toList();
            }
            case Value.Fields(var fields) -> {
                Map<String, @Nullable Object> shown = new LinkedHashMap<>();
                for (Map.Entry<Variable, Value> field : fields.entrySet()) {
                    shown.put(field.getKey().name(), shown(field.getKey().type(), field.getValue()));
                }
                yield shown;
            }
            case Value.Usual _, Value.ReferenceTo _ -> null;
        };
    }

    private static Object real(Type type, double real) {
        if (!Double.isFinite(real)) {
            return Double.toString(real);
        }
        return type.elementary() == Elementary.REAL ? (Object) (float) real : (Object) real;
    }

    private static Object whole(Type type, long whole) {
        if (type.resolved() instanceof EnumerationType enumeration) {
            for (Map.Entry<String, Long> entry : enumeration.values().entrySet()) {
                if (entry.getValue() == whole) {
                    return entry.getKey();
                }
            }
            return whole;
        }
        Elementary elementary = type.elementary();
        if (elementary == null) {
            return whole;
        }
        boolean number = elementary.isInteger() || elementary.family() == Family.BIT;
        return number
                ? Whole.number(elementary, whole)
                : Conversions.wholeToText(whole, elementary, new Text(80)).toString();
    }
}
