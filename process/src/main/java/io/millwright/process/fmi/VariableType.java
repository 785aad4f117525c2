package io.millwright.process.fmi;

import java.util.Locale;

/// The types of FMI 3.0 (section 2.4.4). Those of FMI 2.0 are read as the type of the same width: Real as
/// [#FLOAT64], Integer as [#INT32].
public enum VariableType {
    FLOAT32("Float32"),
    FLOAT64("Float64"),
    INT8("Int8"),
    UINT8("UInt8"),
    INT16("Int16"),
    UINT16("UInt16"),
    INT32("Int32"),
    UINT32("UInt32"),
    INT64("Int64"),
    UINT64("UInt64"),
    BOOLEAN("Boolean"),
    STRING("String"),
    BINARY("Binary"),
    ENUMERATION("Enumeration"),
    CLOCK("Clock");

    private final String text;

    VariableType(String text) {
        this.text = text;
    }

    /// Its name in FMI 3.0.
    public String text() {
        return text;
    }

    /// Whether its values are floating-point numbers.
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /// Whether its values can be told as numbers: truth values are 0 and 1, enumerations the value of their
    /// item.
    public boolean isNumeric() {
        return this != STRING && this != BINARY && this != CLOCK;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
