package io.millwright.model;

import io.millwright.model.text.NotationException;
import io.millwright.model.unit.Dimension;
import io.millwright.model.unit.Meaning;
import io.millwright.model.unit.Scale;
import io.millwright.model.unit.Ucum;

/// A unit of measure as a code of UCUM (The Unified Code for Units of Measure 2.2, case-sensitive form), e.g. `m3/h`,
/// `%`, `Cel`.
///
/// Two units are equal when their codes are; whether values convert is told by [#isCommensurableWith].
public final class Unit {

    /// The unit of plain numbers.
    public static final Unit ONE = new Unit("1");

    private final String code;
    private final Meaning meaning;

    /// A unit by its code; the same as [#parse].
    ///
    /// @param code the UCUM code; `1` is the unit of plain numbers
    /// @throws NotationException if the text is no code; the message names the code that was probably meant
    public Unit(String code) {
        this.code = code;
        this.meaning = Ucum.parse(code);
    }

    /// Reads a UCUM code, e.g. `m3/h`, `kW.h`, `[degF]`, `{rev}/min`.
    ///
    /// @throws NotationException if the text is no code; the message names the code that was probably meant
    public static Unit parse(String code) {
        return code.equals("1") ? ONE : new Unit(code);
    }

    /// The UCUM code.
    public String code() {
        return code;
    }

    /// What it measures.
    public Dimension dimension() {
        return meaning.dimension();
    }

    /// How its values turn into the base units of its dimension.
    public Scale scale() {
        return meaning.scale();
    }

    /// Whether both measure the same, so that values convert.
    public boolean isCommensurableWith(Unit other) {
        return dimension().equals(other.dimension());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Unit unit && code.equals(unit.code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    @Override
    public String toString() {
        return code;
    }
}
