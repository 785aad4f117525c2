package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the checker found out.
///
/// @param program ready for a back end; null where there was an error
/// @param diagnostics everything that is to be said, by file and place
/// @param scope the names of the outermost level
/// @param usages where names are used, for editors
public record Checked(@Nullable Program program, List<Diagnostic> diagnostics, Scope scope, Usages usages) {
    public Checked {
        diagnostics = List.copyOf(diagnostics);
    }
}
