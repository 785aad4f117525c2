package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the checker found out.
///
/// @param program ready for a back end; null where there was an error
/// @param diagnostics everything that is to be said, by file and place
/// @param scope the names of the outermost level
/// @param usages where names are used, for editors
/// @param tests in the order in which they stand
public record Checked(
        @Nullable Program program, List<Diagnostic> diagnostics, Scope scope, Usages usages, List<Test> tests) {
    public Checked {
        diagnostics = List.copyOf(diagnostics);
        tests = List.copyOf(tests);
    }

    /// A TEST, which the checker makes a program of.
    ///
    /// @param title what stands between its quotes
    /// @param instance the name of its instance among the globals
    public record Test(String title, String instance, Span span) {
        /// The variable of the instance that lets a scan run TEARDOWN instead of the test.
        public static final String TEARDOWN = TestUnits.TEARDOWN;
    }
}
