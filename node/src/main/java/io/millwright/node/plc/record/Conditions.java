package io.millwright.node.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.node.command.UsageError;
import io.millwright.node.st.Setting;
import io.millwright.plc.Loaded;
import io.millwright.plc.record.Condition;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads conditions as people write them: `levels.Level1 > 12.5`, `p.State = DONE`, `p.Ready`, `NOT p.Ready`.
final class Conditions {
    private static final Pattern COMPARISON = Pattern.compile("\\s*([^<>=]+?)\\s*(<=|>=|<>|<|>|=)\\s*(.+?)\\s*");

    private Conditions() {}

    /// A condition on what a replay does, as each program of the recording has its variable: with the names of
    /// its enumeration, say. It does not hold in a program that it does not fit.
    ///
    /// @throws UsageError if it fits none of them; the message says what would be right
    static BooleanSupplier in(Replay replay, String text) throws RecordingError {
        Map<String, BooleanSupplier> known = new HashMap<>();
        known.put(replay.program(), first(replay, text));
        return () -> known.computeIfAbsent(
                        replay.program(),
                        _ -> ifFits(text, replay.loaded())
                                .map(c -> c.in(replay))
                                .orElse(() -> false))
                .getAsBoolean();
    }

    /// The condition in the present program. Another one is asked only if it does not fit this one.
    private static BooleanSupplier first(Replay replay, String text) throws RecordingError {
        try {
            return read(text, replay.loaded()).in(replay);
        } catch (UsageError e) {
            if (replay.programs().stream().allMatch(p -> ifFits(text, p).isEmpty())) {
                throw e;
            }
            return () -> false;
        }
    }

    private static Optional<Condition> ifFits(String text, Loaded program) {
        try {
            return Optional.of(read(text, program));
        } catch (UsageError _) {
            return Optional.empty();
        }
    }

    /// @throws UsageError if it is none; the message says what would be right
    static Condition read(String text, Loaded program) {
        Matcher comparison = COMPARISON.matcher(text);
        if (!comparison.matches()) {
            String upper = text.strip().toUpperCase(Locale.ROOT);
            boolean not = upper.startsWith("NOT ");
            Slot slot = slot(text, not ? text.strip().substring("NOT ".length()) : text, program);
            if (slot.type().elementary() != Elementary.BOOL) {
                throw new UsageError("\"" + text + "\" is no condition: " + slot.name() + " is a "
                        + slot.type().name() + ", so write e.g. " + slot.name() + " > 3");
            }
            return new Condition(
                    slot.name(),
                    Condition.Operator.EQUAL,
                    Setting.value("value of", slot.type(), not ? "FALSE" : "TRUE", slot.name()));
        }
        Slot slot = slot(text, comparison.group(1), program);
        Condition.Operator operator = operator(comparison.group(2));
        return new Condition(
                slot.name(), operator, Setting.value("value of", slot.type(), comparison.group(3), slot.name()));
    }

    private static Condition.Operator operator(String sign) {
        for (Condition.Operator operator : Condition.Operator.values()) {
            if (operator.sign().equals(sign)) {
                return operator;
            }
        }
        throw new IllegalArgumentException("there is no operator " + sign);
    }

    private static Slot slot(String text, String path, Loaded program) {
        return program.run()
                .slot(path.strip())
                .orElseThrow(() -> new UsageError("\"" + text + "\" is no condition: the program has no variable "
                        + path.strip() + "; write e.g. levels.Level1 > 12.5"));
    }
}
