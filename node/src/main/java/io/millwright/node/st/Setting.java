package io.millwright.node.st;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.node.command.UsageError;
import java.util.List;

/// Reads values that are given on the command line, in the notation of the language: `5`, `16#FF`, `TRUE`,
/// `T#20ms`, `'text'`.
public final class Setting {
    private Setting() {}

    /// @param option under which it was given
    public static Value value(String option, Type type, String text, String name) {
        if (type.resolved() instanceof EnumerationType enumeration) {
            return enumeration.values().entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(text))
                    .<Value>map(e -> new Value.Whole(e.getValue()))
                    .findFirst()
                    .orElseThrow(() -> new UsageError(option + " " + name + ": write one of "
                            + String.join(", ", enumeration.values().keySet())));
        }
        Elementary elementary = type.elementary();
        boolean isText = type.resolved() instanceof TextType;
        if (elementary == null && !isText) {
            throw new UsageError(option + " " + name + ": a value of " + type.name() + " cannot be written here");
        }
        if (isText && !text.startsWith("'") && !text.startsWith("\"")) {
            return new Value.Text(text);
        }
        String written = elementary == null ? type.resolved().name() : elementary.name();
        Checked checked = Compiler.compile(
                List.of(new Source(name, "PROGRAM p VAR x : " + written + " := " + text + "; END_VAR END_PROGRAM")),
                Dialect.COMMON);
        Program program = checked.program();
        if (program == null) {
            Diagnostic first = checked.diagnostics().getFirst();
            // A word is not declared, which is beside the point here.
            String why = text.matches("[A-Za-z_]\\w*") ? "" : ": " + first.message();
            throw new UsageError(option + " " + name + ": " + text + " is no value of " + written + why);
        }
        var unit = (UnitType) program.globals().getFirst().type().resolved();
        return unit.variables().getFirst().initial();
    }
}
