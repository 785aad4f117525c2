package io.millwright.iec61131.syntax;

/// How much beyond the standard is taken without a word.
public enum Dialect {
    /// What the common tools take: the standard, `//` comments, POINTER TO, ADR, REF=, S=, R=, globals outside
    /// configurations, arithmetic on bit strings, conversions that lose nothing a programmer would miss.
    COMMON,
    /// IEC 61131-3 edition 3 to the letter; what goes beyond it is an error.
    STANDARD
}
