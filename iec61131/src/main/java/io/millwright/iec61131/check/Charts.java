package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.syntax.Body;
import java.util.List;

/// Turns sequential function charts (6.7) into instructions.
final class Charts {
    private final Context context;

    Charts(Context context) {
        this.context = context;
    }

    List<Instruction> code(Body.Chart chart) {
        if (!chart.steps().isEmpty()) {
            context.error("E691", chart.steps().getFirst().span(), "charts are not compiled; write Structured Text");
        }
        return List.of();
    }
}
