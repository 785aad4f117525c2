package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnknownType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chain of operators, `a + b - c`. It leans to the left, and is gone along and not into, as it may be long.
record OperatorChain(Context context, Expressions expressions, Operators operators) {

    /// The value of a whole chain.
    ///
    /// @param expected the type that the surroundings ask for, or null
    @Nullable
    Term value(Expression.Binary whole, @Nullable Type expected) {
        List<Expression.Binary> chain = new ArrayList<>();
        Type hint = expected;
        Expression at = whole;
        while (at instanceof Expression.Binary binary && !takesTypeOfRight(binary)) {
            hint = hintWithin(binary, hint);
            chain.add(binary);
            at = binary.left();
        }
        Term term = at instanceof Expression.Binary binary
                ? fromRight(binary, hintWithin(binary, hint))
                : expressions.value(at, hint);
        for (Expression.Binary binary : chain.reversed()) {
            term = withRight(binary, term);
        }
        return term;
    }

    private static @Nullable Type hintWithin(Expression.Binary binary, @Nullable Type expected) {
        return Operators.isComparison(binary.operator()) ? null : expected;
    }

    private static boolean takesTypeOfRight(Expression.Binary binary) {
        return Operators.isFlexible(binary.left()) && !Operators.isFlexible(binary.right());
    }

    private @Nullable Term fromRight(Expression.Binary binary, @Nullable Type hint) {
        Term right = rightOf(binary, hint);
        Term left = expressions.value(binary.left(), right == null ? new UnknownType() : right.type());
        return left == null || right == null ? null : operators.of(binary.operator(), left, right, binary);
    }

    private @Nullable Term withRight(Expression.Binary binary, @Nullable Term left) {
        Term right = rightOf(binary, left == null ? new UnknownType() : hintOf(binary.operator(), left.type()));
        return left == null || right == null ? null : operators.of(binary.operator(), left, right, binary);
    }

    /// The right side of AND_THEN and OR_ELSE, which may not be looked at, holds nothing that is done before
    /// the statement.
    private @Nullable Term rightOf(Expression.Binary binary, @Nullable Type expected) {
        int before = expressions.calls().pending();
        Term right = expressions.value(binary.right(), expected);
        boolean later = binary.operator() == BinaryOperator.AND_THEN || binary.operator() == BinaryOperator.OR_ELSE;
        if (later && expressions.calls().pending() > before) {
            context.error(
                    "E408",
                    binary.right().span(),
                    "a call with EN or ENO does not stand behind %s; make it a statement of its own before"
                            .formatted(binary.operator().text()));
        }
        return right;
    }

    /// What the right side of an operator may hope for, given the left.
    private static @Nullable Type hintOf(BinaryOperator operator, Type left) {
        boolean scales = (operator == BinaryOperator.MULTIPLY || operator == BinaryOperator.DIVIDE)
                && left.elementary() != null
                && left.elementary().family() == Family.DURATION;
        return scales ? null : left;
    }
}
