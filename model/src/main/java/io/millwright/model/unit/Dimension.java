package io.millwright.model.unit;

/// What a unit measures: its exponents over the seven base units of UCUM (section 4.2, table 2). Units of the same
/// dimension convert into each other.
///
/// UCUM takes the radian and the coulomb as base where SI takes none and the ampere, and counts the mole as a number.
///
/// @param length exponent of m
/// @param time exponent of s
/// @param mass exponent of g
/// @param angle exponent of rad
/// @param temperature exponent of K
/// @param charge exponent of C
/// @param luminosity exponent of cd
public record Dimension(int length, int time, int mass, int angle, int temperature, int charge, int luminosity) {

    /// The dimension of plain numbers.
    public static final Dimension NONE = new Dimension(0, 0, 0, 0, 0, 0, 0);

    Dimension plus(Dimension other, int times) {
        return new Dimension(
                length + times * other.length,
                time + times * other.time,
                mass + times * other.mass,
                angle + times * other.angle,
                temperature + times * other.temperature,
                charge + times * other.charge,
                luminosity + times * other.luminosity);
    }

    /// The dimension in base units, e.g. `m3.s-1`; `1` for plain numbers.
    @Override
    public String toString() {
        var text = new StringBuilder();
        append(text, "m", length);
        append(text, "s", time);
        append(text, "g", mass);
        append(text, "rad", angle);
        append(text, "K", temperature);
        append(text, "C", charge);
        append(text, "cd", luminosity);
        return text.isEmpty() ? "1" : text.toString();
    }

    private static void append(StringBuilder text, String unit, int exponent) {
        if (exponent == 0) {
            return;
        }
        text.append(text.isEmpty() ? "" : ".").append(unit);
        if (exponent != 1) {
            text.append(exponent);
        }
    }
}
