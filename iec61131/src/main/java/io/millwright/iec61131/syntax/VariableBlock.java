package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.List;
import java.util.Set;

/// `VAR … END_VAR` and its sisters (6.5.2).
public record VariableBlock(
        Section section, Set<Qualifier> qualifiers, List<VariableDeclaration> variables, Span span) {
    public VariableBlock {
        qualifiers = Set.copyOf(qualifiers);
        variables = List.copyOf(variables);
    }

    /// Which keyword opens the block.
    public enum Section {
        VAR,
        VAR_INPUT,
        VAR_OUTPUT,
        VAR_IN_OUT,
        VAR_TEMP,
        VAR_EXTERNAL,
        VAR_GLOBAL,
        VAR_ACCESS,
        VAR_CONFIG,
        VAR_STAT,
        VAR_INST
    }

    /// What may stand after it.
    public enum Qualifier {
        CONSTANT,
        RETAIN,
        NON_RETAIN,
        PERSISTENT,
        PUBLIC,
        PROTECTED,
        PRIVATE,
        INTERNAL
    }
}
