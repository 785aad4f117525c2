package io.millwright.node.st;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.VariablePath;
import io.millwright.iec61131.library.Conversions;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.machine.Targets;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows the variables of a program.
public final class Dump {
    private Dump() {}

    /// A variable, as `--json` has it.
    ///
    /// @param value a number, a truth value, a text (also for times, dates, values of enumerations, and what a
    ///     reference refers to), a list for an array, a map for a structure or instance, null for a null reference
    record Entry(String name, String type, @Nullable Object value) {
        String text() {
            return name + " : " + type + " = " + Dump.text(value);
        }
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case List<?> list -> list.stream().map(Dump::text).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> e.getKey() + "=" + text(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> visible(value.toString());
        };
    }

    /// Characters that a terminal would not show, as a text of the language writes them: `$N`, `$00`.
    private static String visible(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        var shown = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("$L");
                case '\r' -> shown.append("$R");
                case '\t' -> shown.append("$T");
                default -> shown.append(Character.isISOControl(c) ? "$%02X".formatted(c) : (char) c + "");
            }
        });
        return shown.toString();
    }

    /// The variables of an instance, in order of declaration.
    static List<Entry> of(Run run, VariablePath instance) {
        List<Step> steps = new ArrayList<>();
        instance.steps().forEach(v -> steps.add(new Step.Member(v)));
        var references = new References(run);
        return instance.members().stream()
                .filter(v -> !v.name().startsWith("~"))
                .map(v -> new Entry(v.name(), v.type().name(), references.shown(v, run.read(instance.then(v)), steps)))
                .toList();
    }

    /// A value as a program's text or `--json` has it; null for a reference.
    public static @Nullable Object shown(Type type, Value value) {
        return shown(type, value, List.of(), (_, _) -> null);
    }

    /// Values with what the references among them refer to.
    private static final class References {
        private final Run run;
        private @Nullable Targets targets;

        References(Run run) {
            this.run = run;
        }

        @Nullable
        Object shown(Variable variable, Value value, List<Step> owner) {
            return Dump.shown(variable.type(), value, then(owner, new Step.Member(variable)), this::target);
        }

        private @Nullable Object target(Type type, List<Step> way) {
            Type target = type.resolved() instanceof ReferenceType reference ? reference.target() : type;
            boolean refers = type.resolved() instanceof ReferenceType || type.resolved() instanceof InterfaceType;
            Targets known = targets == null ? run.targets() : targets;
            targets = known;
            return refers ? known.of(way, target) : null;
        }
    }

    private static List<Step> then(List<Step> way, Step step) {
        List<Step> longer = new ArrayList<>(way);
        longer.add(step);
        return longer;
    }

    /// @param way to the variable that has the value
    /// @param references shows what has no value of its own, given its type and the way to it
    private static @Nullable Object shown(
            Type type, Value value, List<Step> way, BiFunction<Type, List<Step>, @Nullable Object> references) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth;
            case Value.Real(double real) -> real(type, real);
            case Value.Whole(long whole) -> whole(type, whole);
            case Value.Text(var text) -> text;
            case Value.Elements(var elements) -> {
                Type element = type.resolved() instanceof ArrayType array ? array.element() : type;
                List<@Nullable Object> shown = new ArrayList<>();
                for (int i = 0; i < elements.size(); i++) {
                    shown.add(shown(element, elements.get(i), then(way, new Step.Element(i)), references));
                }
                yield shown;
            }
            case Value.Fields(var fields) -> {
                Map<String, @Nullable Object> shown = new LinkedHashMap<>();
                fields.forEach((field, held) -> shown.put(
                        field.name(), shown(field.type(), held, then(way, new Step.Member(field)), references)));
                yield shown;
            }
            case Value.Usual _, Value.ReferenceTo _ -> references.apply(type, way);
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
