package io.millwright.iec61131;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.util.List;

/// Programs for tests.
public final class Programs {
    private Programs() {}

    /// A program without errors; the first error is the message of an [IllegalArgumentException].
    public static Program compiled(String text) {
        Checked checked = Compiler.compile(List.of(new Source("test.st", text)), Dialect.COMMON);
        Program program = checked.program();
        if (program == null) {
            Diagnostic first = checked.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .findFirst()
                    .orElseThrow();
            int line = first.span().line();
            throw new IllegalArgumentException("%s %s, line %d: %s"
                    .formatted(
                            first.code(),
                            first.message(),
                            line,
                            text.lines().skip(line - 1).findFirst().orElse("").strip()));
        }
        return program;
    }
}
