package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the steps of a diagram. Where there are jumps (8.1.3.2), the stretches between labels become the choices
/// of a CASE over the number of the stretch that is to run, in a loop.
final class Jumps {
    /// One statement; or a label, or a jump, with the condition of the jump.
    record Step(
            Element from,
            String statement,
            @Nullable String label,
            @Nullable String jump) {}

    private Jumps() {}

    /// @param number a variable of the unit, of type DINT, for the number of the stretch; used only with jumps
    static void write(List<Step> steps, String unit, String number, Writing writing, Diagnostics diagnostics) {
        if (steps.stream().allMatch(s -> s.jump() == null)) {
            steps.forEach(s -> plain(s, unit, writing));
            return;
        }
        List<List<Step>> stretches = new ArrayList<>(List.of(new ArrayList<>()));
        Map<String, Integer> labels = new HashMap<>();
        for (Step step : steps) {
            if (step.label() != null) {
                stretches.add(new ArrayList<>());
                labels.put(Guess.key(step.label()), stretches.size() - 1);
            } else {
                stretches.getLast().add(step);
            }
        }
        writing.line(number + " := 0;").line("WHILE " + number + " < " + stretches.size() + " DO");
        writing.line("CASE " + number + " OF");
        for (int i = 0; i < stretches.size(); i++) {
            writing.line(i + ":").line(number + " := " + (i + 1) + ";");
            for (Step step : stretches.get(i)) {
                if (step.jump() == null) {
                    plain(step, unit, writing);
                    continue;
                }
                Integer target = labels.get(Guess.key(step.jump()));
                String place = place(step, unit);
                if (target == null) {
                    diagnostics.error("E710", writing.place(step.from()), place + ": there is no label " + step.jump());
                } else {
                    writing.at(step.from(), place);
                    writing.line(
                            "IF " + step.statement() + " THEN " + number + " := " + target + "; CONTINUE; END_IF;");
                }
            }
        }
        writing.line("END_CASE;").line("END_WHILE;");
    }

    static boolean needed(List<Step> steps) {
        return steps.stream().anyMatch(s -> s.jump() != null);
    }

    private static String place(Step step, String unit) {
        return "POU " + unit + ", localId " + step.from().attribute("localId");
    }

    private static void plain(Step step, String unit, Writing writing) {
        if (step.label() == null) {
            writing.at(step.from(), place(step, unit)).line(step.statement());
        }
    }
}
