package io.millwright.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import java.util.function.BooleanSupplier;

/// A breakpoint of a replay: a variable, compared with a value at the end of each scan.
///
/// @param path of the variable
/// @param value of the variable's type; texts are only equal or not
public record Condition(String path, Operator operator, Value value) {
    /// How it is compared.
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /// As the language writes it.
        public String sign() {
            return sign;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }

    /// The condition on what a replay does. It looks the variable up each time, as the program may be changed
    /// in the recording; where it is missing the condition does not hold.
    public BooleanSupplier in(Replay replay) {
        return () -> replay.loaded().run().slot(path).map(this::holds).orElse(false);
    }

    private boolean holds(Slot slot) {
        Value now = slot.value();
        return switch (value) {
            case Value.Truth(boolean truth) ->
                now instanceof Value.Truth(boolean is) && operator.holds(Boolean.compare(is, truth));
            case Value.Whole(long whole) ->
                switch (now) {
                    case Value.Whole(long is) -> operator.holds(compare(slot, is, whole));
                    case Value.Real(double is) -> compare(is, (double) whole);
                    default -> false;
                };
            case Value.Real(double real) ->
                switch (now) {
                    case Value.Whole(long is) -> compare((double) is, real);
                    case Value.Real(double is) -> compare(is, real);
                    default -> false;
                };
            case Value.Text(String text) -> now instanceof Value.Text(String is) && operator.holds(is.compareTo(text));
            default -> false;
        };
    }

    private static int compare(Slot slot, long a, long b) {
        Elementary type = slot.type().elementary();
        return type != null && type.isUnsigned() ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    }

    /// What is no number is only unequal (IEC 60559).
    private boolean compare(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b)
                ? operator == Operator.NOT_EQUAL
                : operator.holds(a == b ? 0 : Double.compare(a, b));
    }
}
