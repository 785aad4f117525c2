package io.millwright.iec61131.syntax;

/// How much beyond the standard a text may use.
public enum Dialect {
    /// IEC 61131-3 edition 3 and what the common tools have added to it: pointers, properties, global variables
    /// outside a configuration, `S=`, names with `__`, and so on.
    COMMON,
    /// IEC 61131-3 edition 3 alone: everything else is reported, and read as in [#COMMON].
    STANDARD
}
