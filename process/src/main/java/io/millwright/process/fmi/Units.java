package io.millwright.process.fmi;

import io.millwright.model.Unit;
import io.millwright.model.text.NotationException;
import io.millwright.model.unit.Dimension;
import java.util.Map;

/// Turns the units of a model, which are free text with an optional definition in SI base units (FMI 2.0
/// section 2.2.2, FMI 3.0 section 2.4.3), into codes of UCUM.
final class Units {

    private static final String[] BASES = {"kg", "m", "s", "A", "K", "mol", "cd", "rad"};
    private static final double PARTICLES_PER_MOL = 6.02214076e23;
    private static final double ZERO_CELSIUS = 273.15;
    private static final double TOLERANCE = 1e-6;

    private Units() {}

    /// The code for a name that is defined as base units; [Unit#ONE] for no name. A name that is no code, or
    /// one of another meaning than its definition, gives a code from the definition, and where there is none
    /// for that either the name as an annotation, e.g. `{rpm}`.
    ///
    /// @param base the attributes of `BaseUnit`; empty where the model gives none
    static Unit of(String name, Map<String, String> base) {
        if (name.isEmpty()) {
            return Unit.ONE;
        }
        try {
            var unit = new Unit(name);
            if (base.isEmpty() || agrees(unit, base)) {
                return unit;
            }
        } catch (NotationException _) {
            // A name that is no code of UCUM is not wrong: FMI leaves names to the model.
        }
        boolean unscaled = number(base, "factor", 1) == 1;
        double offset = number(base, "offset", 0);
        if (!base.isEmpty() && unscaled && offset == 0) {
            return code(base, name);
        }
        boolean celsius = unscaled && offset == ZERO_CELSIUS && code(base, name).equals(new Unit("K"));
        return celsius ? new Unit("Cel") : annotation(name);
    }

    private static Unit annotation(String name) {
        String plain = name.replaceAll("[^!-~]|[{}]", "_");
        return new Unit("{" + (plain.length() > 40 ? plain.substring(0, 40) : plain) + "}");
    }

    private static Unit code(Map<String, String> base, String name) {
        var code = new StringBuilder();
        for (var unit : BASES) {
            double exponent = number(base, unit, 0);
            if (exponent != Math.rint(exponent) || Math.abs(exponent) > 99) {
                return annotation(name);
            }
            if (exponent != 0) {
                code.append(code.isEmpty() ? "" : ".").append(unit);
                code.append(exponent == 1 ? "" : Integer.toString((int) exponent));
            }
        }
        return code.isEmpty() ? Unit.ONE : new Unit(code.toString());
    }

    private static boolean agrees(Unit unit, Map<String, String> base) {
        int ampere = (int) number(base, "A", 0);
        var dimension = new Dimension(
                (int) number(base, "m", 0),
                (int) number(base, "s", 0) - ampere,
                (int) number(base, "kg", 0),
                (int) number(base, "rad", 0),
                (int) number(base, "K", 0),
                ampere,
                (int) number(base, "cd", 0));
        double inBase = Math.pow(1000, number(base, "kg", 0)) * Math.pow(PARTICLES_PER_MOL, number(base, "mol", 0));
        double factor = number(base, "factor", 1) * inBase;
        double zero = number(base, "offset", 0) * inBase;
        double one = unit.scale().toBase(1);
        return unit.dimension().equals(dimension)
                && near(one, factor + zero)
                && near(unit.scale().toBase(0), zero);
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    }

    /// What is no number counts as left out: a unit is information, and no reason to refuse a model.
    private static double number(Map<String, String> base, String key, double otherwise) {
        try {
            return Double.parseDouble(base.getOrDefault(key, Double.toString(otherwise)));
        } catch (NumberFormatException _) {
            return otherwise;
        }
    }
}
