package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.machine.Stretch;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Expression.BinaryOperator;
import io.millwright.iec61131.syntax.Expression.UnaryOperator;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.ReferenceType.Kind;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Operators: which types they take, and in which type they work (Tables 28 to 34 and 71).
final class Operators {
    private final Context context;
    private final Expressions expressions;

    Operators(Context context, Expressions expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    @Nullable
    Term unary(Expression.Unary unary, @Nullable Type expected) {
        boolean negativeNumber = unary.operator() == UnaryOperator.NEGATE
                && unary.operand() instanceof Expression.Literal(var type, LiteralValue.Whole _, var _)
                && type == null;
        if (negativeNumber) {
            var whole = (LiteralValue.Whole) ((Expression.Literal) unary.operand()).value();
            return expressions
                    .literals()
                    .untyped(new LiteralValue.Whole(whole.value().negate(), whole.radix()), expected, unary.span());
        }
        Term operand = expressions.value(unary.operand(), expected);
        if (operand == null) {
            return null;
        }
        Elementary type = operand.type().elementary();
        return switch (unary.operator()) {
            case PLUS, NEGATE -> sign(unary, operand, type);
            case NOT -> not(unary, operand, type);
        };
    }

    private @Nullable Term sign(Expression.Unary unary, Term operand, @Nullable Elementary type) {
        if (type != null && type.family() == Family.BIT && type != Elementary.BOOL) {
            return signOfBits(unary, operand, type);
        }
        boolean number =
                type != null && (type.isInteger() || type.family() == Family.REAL || type.family() == Family.DURATION);
        if (type == null || !number) {
            return refuse(unary.span(), unary.operator().text(), operand.type());
        }
        return unary.operator() == UnaryOperator.PLUS
                ? operand
                : Folding.fold(new Term.Unary(Term.Unary.UnaryOperator.NEGATE, Conversions.convert(operand, type)));
    }

    /// Common dialects count with bit strings: the result is of the next larger signed type.
    private Term signOfBits(Expression.Unary unary, Term operand, Elementary type) {
        context.beyondStandard(unary.span(), "the sign of a bit string");
        Elementary signed = switch (type) {
            case BYTE -> Elementary.INT;
            case WORD -> Elementary.DINT;
            default -> Elementary.LINT;
        };
        Term number = Conversions.convert(operand, signed);
        return unary.operator() == UnaryOperator.PLUS
                ? number
                : Folding.fold(new Term.Unary(Term.Unary.UnaryOperator.NEGATE, number));
    }

    private @Nullable Term not(Expression.Unary unary, Term operand, @Nullable Elementary type) {
        if (type == null || type.family() != Family.BIT && !type.isInteger()) {
            return refuse(unary.span(), "NOT", operand.type());
        }
        if (type.isInteger()) {
            context.beyondStandard(unary.span(), "NOT of a number");
        }
        return Folding.fold(new Term.Unary(Term.Unary.UnaryOperator.NOT, Conversions.convert(operand, type)));
    }

    @Nullable
    Term binary(Expression.Binary binary, @Nullable Type expected) {
        return new OperatorChain(context, expressions, this).value(binary, expected);
    }

    /// Whether an expression is made of literals without a type alone, so that it takes the type of its
    /// partner.
    static boolean isFlexible(Expression expression) {
        return switch (expression) {
            case Expression.Literal(var type, var value, var _) ->
                type == null && (value instanceof LiteralValue.Whole || value instanceof LiteralValue.Real);
            case Expression.Unary(var _, var operand, var _) -> isFlexible(operand);
            case Expression.Binary(var operator, var left, var right, var _) ->
                !isComparison(operator) && isFlexible(left) && isFlexible(right);
            default -> false;
        };
    }

    static boolean isComparison(BinaryOperator operator) {
        return relation(operator) != null;
    }

    private static Term.@Nullable Relation relation(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> Term.Relation.LESS;
            case LESS_OR_EQUAL -> Term.Relation.LESS_OR_EQUAL;
            case GREATER -> Term.Relation.GREATER;
            case GREATER_OR_EQUAL -> Term.Relation.GREATER_OR_EQUAL;
            case EQUAL -> Term.Relation.EQUAL;
            case NOT_EQUAL -> Term.Relation.NOT_EQUAL;
            default -> null;
        };
    }

    /// An operator between two terms that are already there; function forms (ADD, GT, AND …) come here as well.
    @Nullable
    Term of(BinaryOperator operator, Term left, Term right, Expression.Binary at) {
        Term.Relation relation = relation(operator);
        if (relation != null) {
            return compare(relation, left, right, at);
        }
        return switch (operator) {
            case AND -> bits(Term.BinaryOperator.AND, left, right, at);
            case OR -> bits(Term.BinaryOperator.OR, left, right, at);
            case XOR -> bits(Term.BinaryOperator.XOR, left, right, at);
            case AND_THEN -> shortCircuit(true, left, right, at);
            case OR_ELSE -> shortCircuit(false, left, right, at);
            case POWER -> power(left, right, at);
            default -> arithmetic(operator, left, right, at);
        };
    }

    private @Nullable Term shortCircuit(boolean onlyIf, Term left, Term right, Expression.Binary at) {
        if (!Context.isBool(left.type()) || !Context.isBool(right.type())) {
            return refuse(at, left, right);
        }
        return Folding.fold(new Term.ShortCircuit(onlyIf, left, right));
    }

    private @Nullable Term bits(Term.BinaryOperator operator, Term left, Term right, Expression.Binary at) {
        Elementary a = left.type().elementary();
        Elementary b = right.type().elementary();
        Elementary common = a != null && b != null && isBitsOrWhole(a) && isBitsOrWhole(b) ? commonBits(a, b) : null;
        if (a == null || b == null || common == null) {
            return refuse(at, left, right);
        }
        if (a.isInteger() || b.isInteger()) {
            context.beyondStandard(at.span(), at.operator().text() + " of numbers");
        }
        return Folding.fold(
                new Term.Binary(operator, Conversions.convert(left, common), Conversions.convert(right, common)));
    }

    private static @Nullable Elementary commonBits(Elementary a, Elementary b) {
        if (a == b) {
            return a;
        }
        boolean bool = a == Elementary.BOOL || b == Elementary.BOOL;
        if (bool || a.family() == b.family()) {
            return a.bits() > b.bits() ? a : b;
        }
        if (a.bits() == b.bits()) {
            return a.family() == Family.BIT ? a : b;
        }
        return a.bits() > b.bits() ? a : b;
    }

    private static boolean isBitsOrWhole(Elementary type) {
        return type.family() == Family.BIT || type.isInteger();
    }

    private @Nullable Term compare(Term.Relation relation, Term left, Term right, Expression.Binary at) {
        Type a = left.type().resolved();
        Type b = right.type().resolved();
        boolean equality = relation == Term.Relation.EQUAL || relation == Term.Relation.NOT_EQUAL;
        if (a instanceof TextType x && b instanceof TextType y && x.wide() == y.wide()) {
            return Folding.fold(new Term.Compare(relation, left, right));
        }
        if (a instanceof TextType && right.type().elementary() != null
                || b instanceof TextType && left.type().elementary() != null) {
            return compareTextAndCharacter(relation, left, right, at);
        }
        boolean references = isReference(a, left) && isReference(b, right) && !(isZero(left) && isZero(right));
        if (references && equality) {
            return new Term.Compare(relation, orNull(left, right.type()), orNull(right, left.type()));
        }
        if (isPointer(a) || isPointer(b)) {
            return comparePointers(relation, left, right, at);
        }
        Elementary x = left.type().elementary();
        Elementary y = right.type().elementary();
        if (x == null || y == null) {
            return refuse(at, left, right);
        }
        Elementary common =
                a instanceof EnumerationType && b instanceof EnumerationType && !a.equals(b) ? null : Fit.common(x, y);
        if (common == null) {
            return refuse(at, left, right);
        }
        if (equality && common.family() == Family.REAL) {
            context.warning(
                    "CP8",
                    at.span(),
                    "floating-point numbers are compared for equality; compare their distance instead");
        }
        return Folding.fold(
                new Term.Compare(relation, Conversions.convert(left, common), Conversions.convert(right, common)));
    }

    private static boolean isPointer(Type type) {
        return type instanceof ReferenceType(var kind, var _) && kind == Kind.POINTER_TO;
    }

    private @Nullable Term comparePointers(Term.Relation relation, Term left, Term right, Expression.Binary at) {
        Term a = expressions
                .conversions()
                .adapt(left, Elementary.LWORD, at.left().span());
        Term b = expressions
                .conversions()
                .adapt(right, Elementary.LWORD, at.right().span());
        return a == null || b == null ? null : new Term.Compare(relation, a, b);
    }

    private @Nullable Term compareTextAndCharacter(
            Term.Relation relation, Term left, Term right, Expression.Binary at) {
        Type text = left.type().resolved() instanceof TextType ? left.type() : right.type();
        Term a = expressions.conversions().adapt(left, text, at.left().span());
        Term b = expressions.conversions().adapt(right, text, at.right().span());
        return a == null || b == null ? null : new Term.Compare(relation, a, b);
    }

    /// A 0 that is compared with a reference is the null reference.
    private static Term orNull(Term term, Type other) {
        return isZero(term) ? new Term.Null(other) : term;
    }

    private static boolean isZero(Term term) {
        return term instanceof Term.Constant(var _, Value.Whole(long value)) && value == 0;
    }

    private static boolean isReference(Type type, Term term) {
        return isZero(term)
                || term instanceof Term.Null
                || type instanceof ReferenceType
                || type instanceof InterfaceType;
    }

    private @Nullable Term power(Term base, Term exponent, Expression.Binary at) {
        Elementary a = base.type().elementary();
        Elementary b = exponent.type().elementary();
        boolean numbers = a != null && b != null && isNumber(a) && isNumber(b);
        if (a == null || b == null || !numbers) {
            return refuse(at, base, exponent);
        }
        if (a.isInteger() && b.isInteger()) {
            Term whole = Folding.fold(new Term.Library(
                    "power",
                    List.of(Conversions.convert(base, Elementary.LINT), Conversions.convert(exponent, Elementary.LINT)),
                    Elementary.LINT));
            return Conversions.convert(whole, a);
        }
        Elementary result = a == Elementary.LREAL || b == Elementary.LREAL ? Elementary.LREAL : Elementary.REAL;
        Term real = Folding.fold(new Term.Library(
                "power",
                List.of(Conversions.convert(base, Elementary.LREAL), Conversions.convert(exponent, Elementary.LREAL)),
                Elementary.LREAL));
        return Conversions.convert(real, result);
    }

    private @Nullable Term arithmetic(BinaryOperator operator, Term left, Term right, Expression.Binary at) {
        Elementary a = left.type().elementary();
        Elementary b = right.type().elementary();
        if (left.type().resolved() instanceof ReferenceType(var kind, var _) && kind == Kind.POINTER_TO) {
            return pointer(operator, left, right, at);
        }
        if (a == null || b == null) {
            return refuse(at, left, right);
        }
        Term ofTimes = Times.arithmetic(operator, left, a, right, b);
        if (ofTimes != null) {
            return ofTimes;
        }
        Elementary common = isNumber(a) && isNumber(b) ? Fit.common(a, b) : null;
        if (common == null || operator == BinaryOperator.MODULO && common.family() == Family.REAL) {
            return refuse(at, left, right);
        }
        if (a.family() == Family.BIT || b.family() == Family.BIT) {
            context.beyondStandard(at.span(), "arithmetic on bit strings");
        }
        Term.BinaryOperator plain = switch (operator) {
            case ADD -> Term.BinaryOperator.ADD;
            case SUBTRACT -> Term.BinaryOperator.SUBTRACT;
            case MULTIPLY -> Term.BinaryOperator.MULTIPLY;
            case DIVIDE -> Term.BinaryOperator.DIVIDE;
            default -> Term.BinaryOperator.MODULO;
        };
        boolean divides = plain == Term.BinaryOperator.DIVIDE;
        boolean byZero = divides && right instanceof Term.Constant(var _, Value.Whole(long divisor)) && divisor == 0;
        if (byZero && common.family() != Family.REAL) {
            context.error("E320", at.right().span(), "a whole number cannot be divided by zero");
            return null;
        }
        return Folding.fold(
                new Term.Binary(plain, Conversions.convert(left, common), Conversions.convert(right, common)));
    }

    private @Nullable Term pointer(BinaryOperator operator, Term left, Term right, Expression.Binary at) {
        Elementary step = right.type().elementary();
        boolean steps = step != null && (step.isInteger() || step.family() == Family.BIT && step != Elementary.BOOL);
        if (!steps || operator != BinaryOperator.ADD && operator != BinaryOperator.SUBTRACT) {
            return refuse(at, left, right);
        }
        Term bytes = Conversions.convert(right, Elementary.LINT);
        Term signed = operator == BinaryOperator.ADD
                ? bytes
                : Folding.fold(new Term.Unary(Term.Unary.UnaryOperator.NEGATE, bytes));
        return new Term.Library("advanceBytes", List.of(byteWise(left), signed), left.type());
    }

    /// A pointer to a text counts the bytes of the text.
    private static Term byteWise(Term pointer) {
        boolean text = pointer.type().resolved() instanceof ReferenceType(var _, var target)
                && target.resolved() instanceof TextType;
        Term octet = new Term.Constant(Elementary.DINT, new Value.Whole(Stretch.TYPES.indexOf(Elementary.BYTE)));
        return text ? new Term.Library("viewed", List.of(pointer, octet), pointer.type()) : pointer;
    }

    private static boolean isNumber(Elementary type) {
        boolean bits = type.family() == Family.BIT && type != Elementary.BOOL;
        return type.isInteger() || type.family() == Family.REAL || bits;
    }

    private @Nullable Term refuse(Expression.Binary at, Term left, Term right) {
        context.error(
                "E321",
                at.span(),
                "%s does not go with %s and %s"
                        .formatted(
                                at.operator().text(),
                                left.type().name(),
                                right.type().name()));
        return null;
    }

    private @Nullable Term refuse(Span span, String operator, Type operand) {
        context.error("E321", span, "%s does not go with %s".formatted(operator, operand.name()));
        return null;
    }
}
