package io.millwright.node.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import io.millwright.node.command.UsageError;
import io.millwright.node.st.Setting;
import io.millwright.plc.Loaded;
import io.millwright.plc.trace.Trigger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads triggers as people write them: a comparison (`X > 1`, `State = DONE`), `X rises 1`, `X falls 1`,
/// `X changes`; of a truth value `X`, `NOT X`, `X rises`, `X falls`.
final class Triggers {
    private static final Pattern COMPARED = Pattern.compile("([^<>=]+?)\\s*(<=|>=|<>|<|>|=)\\s*(.+)");
    private static final Pattern CROSSED =
            Pattern.compile("(.+?)\\s+(rises|falls)(?:\\s+(.+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHANGED = Pattern.compile("(.+?)\\s+changes", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT = Pattern.compile("NOT\\s+(.+)", Pattern.CASE_INSENSITIVE);

    private Triggers() {}

    /// @param paths what is traced; what the trigger looks at is traced as well
    /// @throws IllegalArgumentException if it is none; the message says what would be right
    static Trigger read(Loaded program, @Nullable String given, List<String> paths) {
        String text = given == null ? "" : given.strip();
        if (text.isEmpty()) {
            return new Trigger(0, Trigger.Kind.ALWAYS, 0);
        }
        Matcher compared = COMPARED.matcher(text);
        if (compared.matches()) {
            Slot slot = slot(program, text, compared.group(1));
            return new Trigger(channel(slot, paths), kind(compared.group(2)), level(slot, compared.group(3)));
        }
        Matcher changed = CHANGED.matcher(text);
        if (changed.matches()) {
            return new Trigger(channel(slot(program, text, changed.group(1)), paths), Trigger.Kind.CHANGE, 0);
        }
        Matcher crossed = CROSSED.matcher(text);
        if (crossed.matches()) {
            boolean rises = crossed.group(2).equalsIgnoreCase("rises");
            Slot slot = slot(program, text, crossed.group(1));
            String level = crossed.group(3) == null ? truth(slot, text, rises ? "FALSE" : "TRUE") : crossed.group(3);
            return new Trigger(
                    channel(slot, paths), rises ? Trigger.Kind.RISING : Trigger.Kind.FALLING, level(slot, level));
        }
        Matcher not = NOT.matcher(text);
        Slot slot = slot(program, text, not.matches() ? not.group(1) : text);
        return new Trigger(
                channel(slot, paths),
                Trigger.Kind.EQUAL,
                level(slot, truth(slot, text, not.matches() ? "FALSE" : "TRUE")));
    }

    private static Trigger.Kind kind(String sign) {
        return switch (sign) {
            case ">" -> Trigger.Kind.ABOVE;
            case "<" -> Trigger.Kind.BELOW;
            case ">=" -> Trigger.Kind.AT_LEAST;
            case "<=" -> Trigger.Kind.AT_MOST;
            case "<>" -> Trigger.Kind.OTHER;
            default -> Trigger.Kind.EQUAL;
        };
    }

    /// The value that is meant where none is written, which only truth values have.
    private static String truth(Slot slot, String text, String value) {
        if (slot.type().elementary() != Elementary.BOOL) {
            throw new IllegalArgumentException("\"" + text + "\" is no trigger: " + slot.name() + " is a "
                    + slot.type().name() + ", so write e.g. " + slot.name() + " > 3 or " + slot.name() + " rises 3");
        }
        return value;
    }

    private static Slot slot(Loaded program, String text, String path) {
        return program.run()
                .slot(path)
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + text + "\" is no trigger: the program has no variable "
                                + path + "; write e.g. X > 1, X rises 1, X changes, or X alone for a truth value"));
    }

    private static int channel(Slot slot, List<String> paths) {
        String name = numeric(slot);
        if (!paths.contains(name)) {
            paths.add(name);
        }
        return paths.indexOf(name);
    }

    /// The name of a variable that can be traced.
    static String numeric(Slot slot) {
        if (slot.isText()) {
            throw new IllegalArgumentException(slot.name() + " is a text; a trace has numbers and truth values");
        }
        return slot.name();
    }

    private static double level(Slot slot, String written) {
        if (written.toUpperCase(Locale.ROOT).matches("[-+]?\\d+(\\.\\d+)?(E[-+]?\\d+)?")) {
            return Double.parseDouble(written);
        }
        try {
            return switch (Setting.value("value of", slot.type(), written, slot.name())) {
                case Value.Whole(long whole) -> whole;
                case Value.Real(double real) -> real;
                case Value.Truth(boolean truth) -> truth ? 1 : 0;
                default -> throw new IllegalArgumentException(slot.name() + " is compared with a number");
            };
        } catch (UsageError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
