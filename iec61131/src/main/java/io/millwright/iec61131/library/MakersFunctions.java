package io.millwright.iec61131.library;

import static io.millwright.iec61131.library.StandardFunction.Parameter.of;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.TextType;
import java.util.List;

/// Functions of LREAL that TwinCAT's libraries `Tc2_Math` and `Tc2_Utilities` brought into common use, as
/// Beckhoff's Information System describes them. They go beyond the standard; a function of the user's of the
/// same name comes first.
public final class MakersFunctions {
    /// 2⁶³: from here on a whole number has no place in LINT.
    private static final double WHOLE_END = 0x1p63;

    /// Ten to the power of this is exact, and so is half of one beside it.
    private static final int PLACES_MAX = 15;

    /// A sign, 19 digits, a point and [#PLACES_MAX] places.
    private static final TextType FORMATTED = new TextType(false, 36);

    private MakersFunctions() {}

    static List<StandardFunction> all() {
        return List.of(
                real("LTRUNC", "truncate", "IN"),
                real("FRAC", "fraction", "IN"),
                real("LMOD", "remainder", "IN1", "IN2"),
                real("MODABS", "modulus", "IN1", "IN2"),
                new StandardFunction(
                        "LREAL_TO_FMTSTR",
                        List.of(
                                of("IN", Elementary.LREAL),
                                of("IPRECISION", Elementary.INT),
                                of("BROUND", Elementary.BOOL)),
                        0,
                        FORMATTED,
                        (a, _) -> new Term.Library("fixedPoint", a, FORMATTED)));
    }

    private static StandardFunction real(String name, String method, String... parameters) {
        var formal =
                List.of(parameters).stream().map(p -> of(p, Elementary.LREAL)).toList();
        return new StandardFunction(
                name, formal, 0, Elementary.LREAL, (a, _) -> new Term.Library(method, a, Elementary.LREAL));
    }

    /// What is left when the whole part is taken away, with the sign of the number; of an infinite one no
    /// number.
    public static double fraction(double value) {
        return Math.copySign(value - Functions.truncate(value), value);
    }

    /// The remainder of a division that is rounded toward zero, exact, with the sign of the dividend (`fmod` of
    /// ISO/IEC 9899, 7.12.10.1); of a division by zero no number.
    public static double remainder(double dividend, double divisor) {
        return dividend % divisor;
    }

    /// The remainder that is not negative: 0 ≤ it < the divisor's amount, up to the rounding of one addition.
    public static double modulus(double dividend, double divisor) {
        double remainder = dividend % divisor;
        return remainder < 0 ? remainder + Math.abs(divisor) : remainder;
    }

    /// A number with so many places, 0 to 15, in fixed point; nothing where there is no number or it does not
    /// fit into LINT.
    ///
    /// @param rounds whether the last place is rounded, halves away from zero, rather than cut off
    public static Text fixedPoint(double value, int places, boolean rounds, Text result) {
        double amount = Math.abs(value);
        if (!(amount < WHOLE_END)) {
            return result;
        }
        int width = Math.clamp(places, 0, PLACES_MAX);
        long unit = 1;
        for (int i = 0; i < width; i++) {
            unit *= 10;
        }
        long whole = (long) amount;
        double scaled = (amount - whole) * unit;
        long part = (long) (rounds ? scaled + 0.5 : scaled);
        long carried = part == unit ? 1 : 0;
        if (value < 0) {
            result.append('-');
        }
        Digits.appendUnsigned(result, whole + carried);
        if (width > 0) {
            result.append('.');
            Digits.append(result, part - carried * unit, width);
        }
        return result;
    }
}
