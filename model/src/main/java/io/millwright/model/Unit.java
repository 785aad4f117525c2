package io.millwright.model;

/// A unit of measure as a code of UCUM (The Unified Code for Units of Measure, case-sensitive form), e.g. `m3/h`,
/// `%`, `Cel`.
///
/// @param code the UCUM code; `1` is the unit of plain numbers
public record Unit(String code) {

    /// The unit of plain numbers.
    public static final Unit ONE = new Unit("1");

    @Override
    public String toString() {
        return code;
    }
}
