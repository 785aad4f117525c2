package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.syntax.Body;
import java.util.List;

/// Turns instruction lists (7.2) into instructions.
final class InstructionLists {
    private final Context context;

    InstructionLists(Context context) {
        this.context = context;
    }

    List<Instruction> code(Body.InstructionList list) {
        if (!list.instructions().isEmpty()) {
            context.error(
                    "E690",
                    list.instructions().getFirst().span(),
                    "instruction lists are not compiled; write Structured Text");
        }
        return List.of();
    }
}
