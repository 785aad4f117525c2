package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;

/// A part of a text of tests. SETUP shares its variables with the tests of its file and runs before each of
/// them, TEARDOWN after.
///
/// @param title what stands between the quotes of a TEST, else the empty text
public record TestDeclaration(
        Kind kind, String title, List<VariableBlock> variables, List<Statement> statements, Span span) {
    public TestDeclaration {
        variables = List.copyOf(variables);
        statements = List.copyOf(statements);
    }

    public enum Kind {
        TEST,
        SETUP,
        TEARDOWN
    }
}
