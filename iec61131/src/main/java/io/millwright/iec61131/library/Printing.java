package io.millwright.iec61131.library;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Term.BinaryOperator;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.List;

/// `printf(format, values…)` with the formats of C (ISO/IEC 9899, 7.23.6.1), an extension of this product for
/// trying programs out. It writes to [Machine#print] and gives the number of characters.
///
/// A call becomes one call for the text before the first conversion, and one for each value with the text
/// behind it.
public final class Printing {
    private static final TextType TEXT = new TextType(false, 255);

    private Printing() {}

    static StandardFunction function() {
        return new StandardFunction(
                "PRINTF",
                List.of(new StandardFunction.Parameter("FORMAT", GenericType.ANY_ELEMENTARY, false)),
                1,
                Elementary.DINT,
                (arguments, _) -> printed(arguments));
    }

    private static Term printed(List<Term> arguments) {
        Term format = passed(arguments.getFirst());
        boolean plain = format instanceof Term.Constant || format instanceof Term.Load;
        if (plain) {
            return all(format, arguments);
        }
        Variable once = Lets.variable(TEXT);
        return new Term.Let(once, Terms.convert(format, TEXT), all(Lets.load(once), arguments));
    }

    private static Term all(Term format, List<Term> arguments) {
        Term sum = new Term.Library("printText", List.of(format), Elementary.DINT);
        for (int i = 1; i < arguments.size(); i++) {
            Term number = new Term.Constant(Elementary.DINT, new Value.Whole(i));
            Term one =
                    new Term.Library("printValue", List.of(format, number, passed(arguments.get(i))), Elementary.DINT);
            sum = new Term.Binary(BinaryOperator.ADD, sum, one);
        }
        Term last = new Term.Constant(Elementary.DINT, new Value.Whole(arguments.size() - 1));
        Term rest = new Term.Library("printRest", List.of(format, last), Elementary.DINT);
        return new Term.Binary(BinaryOperator.ADD, sum, rest);
    }

    /// What C would pass: whole numbers as `int` or `long`, REAL as `double`; times and dates as texts.
    private static Term passed(Term value) {
        Type type = value.type();
        Elementary elementary = type.elementary();
        if (elementary == null) {
            boolean narrow = type.resolved() instanceof TextType text && !text.wide();
            return narrow ? value : Terms.convert(value, TEXT);
        }
        if (elementary.family() == Family.REAL) {
            return Terms.convert(value, Elementary.LREAL);
        }
        boolean number = elementary == Elementary.BOOL || elementary.isInteger() || elementary.family() == Family.BIT;
        if (number) {
            boolean isLong = elementary.bits() == 64;
            boolean asIs = elementary.bits() == 32;
            Elementary wide = isLong ? Elementary.LINT : Elementary.DINT;
            return asIs ? new Term.Convert(value, Elementary.DINT) : Terms.convert(value, wide);
        }
        return Terms.convert(value, TEXT);
    }

    /// Writes what stands before the first conversion.
    public static int printText(Machine machine, Text format) {
        return printed(machine, PrintFormat.of(format.toString()).before(0));
    }

    /// Writes a value as its conversion says, and what stands behind it up to the next.
    ///
    /// @param number which conversion, from 1
    public static int printValue(Machine machine, Text format, int number, int value) {
        PrintFormat all = PrintFormat.of(format.toString());
        return printed(machine, all.whole(number, value, 32) + all.before(number));
    }

    public static int printValue(Machine machine, Text format, int number, long value) {
        PrintFormat all = PrintFormat.of(format.toString());
        return printed(machine, all.whole(number, value, 64) + all.before(number));
    }

    public static int printValue(Machine machine, Text format, int number, double value) {
        PrintFormat all = PrintFormat.of(format.toString());
        return printed(machine, all.real(number, value) + all.before(number));
    }

    public static int printValue(Machine machine, Text format, int number, Text value) {
        PrintFormat all = PrintFormat.of(format.toString());
        return printed(machine, all.text(number, value.toString()) + all.before(number));
    }

    /// Writes the conversions that have no value, as they are written.
    ///
    /// @param values how many values there are
    public static int printRest(Machine machine, Text format, int values) {
        return printed(machine, PrintFormat.of(format.toString()).rest(values));
    }

    private static int printed(Machine machine, String text) {
        if (!text.isEmpty()) {
            machine.print(text);
        }
        return text.length();
    }
}
