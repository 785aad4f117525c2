package io.millwright.iec61131.format;

import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.LiteralValue;
import io.millwright.iec61131.syntax.TypeSyntax;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The text of expressions, initial values and types on one line, with the parentheses they need and no more.
final class ExpressionPrinter {
    private ExpressionPrinter() {}

    static String text(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> {
                String value = Literal.text(literal.value());
                yield literal.type() == null ? value : literal.type().text() + "#" + value;
            }
            case Expression.EnumLiteral literal ->
                literal.type() + "#" + literal.value().text();
            case Expression.Identifier identifier -> identifier.name().text();
            case Expression.Member member ->
                target(member.target()) + "." + member.name().text();
            case Expression.Part part ->
                target(part.target()) + (part.size() == Address.Size.X ? ".%X" : ".%" + part.size()) + part.index();
            case Expression.Index index -> target(index.target()) + "[" + list(index.indices()) + "]";
            case Expression.Dereference dereference -> target(dereference.target()) + "^";
            case Expression.Direct direct -> address(direct.address());
            case Expression.Call call -> target(call.callee()) + arguments(call.arguments());
            case Expression.Unary unary -> unary(unary);
            case Expression.Binary binary -> binary(binary);
            case Expression.This _ -> "THIS";
            case Expression.Super _ -> "SUPER";
            case Expression.Broken broken -> broken.span().text();
        };
    }

    static String list(List<Expression> expressions) {
        return expressions.stream().map(ExpressionPrinter::text).collect(Collectors.joining(", "));
    }

    private static String target(Expression target) {
        boolean operation = target instanceof Expression.Binary || target instanceof Expression.Unary;
        return operation ? "(" + text(target) + ")" : text(target);
    }

    private static String unary(Expression.Unary unary) {
        boolean compound = unary.operand() instanceof Expression.Binary;
        String operand = compound ? "(" + text(unary.operand()) + ")" : text(unary.operand());
        return switch (unary.operator()) {
            case NOT -> "NOT " + operand;
            case NEGATE, PLUS -> unary.operator().text() + operand;
        };
    }

    /// A chain of operators leans to the left and may be long: it is written in a loop.
    private static String binary(Expression.Binary binary) {
        Deque<Expression.Binary> chain = new ArrayDeque<>();
        Expression first = binary;
        while (first instanceof Expression.Binary inner) {
            chain.push(inner);
            first = inner.left();
        }
        var text = new StringBuilder(text(first));
        int before = Integer.MAX_VALUE;
        for (Expression.Binary next : chain) {
            int precedence = next.operator().precedence();
            if (before < precedence) {
                text.insert(0, '(').append(')');
            }
            text.append(' ').append(next.operator().text()).append(' ').append(side(next.right(), precedence + 1));
            before = precedence;
        }
        return text.toString();
    }

    private static String side(Expression side, int least) {
        boolean loose =
                side instanceof Expression.Binary inner && inner.operator().precedence() < least;
        return loose ? "(" + text(side) + ")" : text(side);
    }

    static String arguments(List<Expression.Argument> arguments) {
        return arguments.stream().map(ExpressionPrinter::argument).collect(Collectors.joining(", ", "(", ")"));
    }

    static String argument(Expression.Argument argument) {
        return switch (argument) {
            case Expression.Argument.Positional positional -> text(positional.value());
            case Expression.Argument.In in -> in.name().text() + " := " + text(in.value());
            case Expression.Argument.Out out ->
                (out.negated() ? "NOT " : "")
                        + out.name().text()
                        + " =>"
                        + (out.target() == null ? "" : " " + text(out.target()));
        };
    }

    static String address(Address address) {
        String path = address.path().stream().map(String::valueOf).collect(Collectors.joining("."));
        String area = switch (address.area()) {
            case INPUT -> "I";
            case OUTPUT -> "Q";
            case MEMORY -> "M";
            case STRUCTURE -> "";
        };
        return "%" + area + (address.size() == null ? "" : address.size()) + (address.isOpen() ? "*" : path);
    }

    static String text(Initializer initializer) {
        return switch (initializer) {
            case Initializer.Single single -> text(single.value());
            case Initializer.Array array ->
                array.items().stream().map(ExpressionPrinter::item).collect(Collectors.joining(", ", "[", "]"));
            case Initializer.Structure structure ->
                structure.fields().stream()
                        .map(field -> field.name().text() + " := " + text(field.value()))
                        .collect(Collectors.joining(", ", "(", ")"));
        };
    }

    private static String item(Initializer.Array.Item item) {
        String values = item.values().stream().map(ExpressionPrinter::text).collect(Collectors.joining(", "));
        boolean once = item.times() instanceof Expression.Literal literal
                && literal.value() instanceof LiteralValue.Whole whole
                && whole.value().equals(BigInteger.ONE)
                && item.values().size() == 1;
        return once ? values : text(item.times()) + "(" + values + ")";
    }

    /// A type that stands on one line; for a structure only its keyword.
    static String text(TypeSyntax type) {
        return switch (type) {
            case TypeSyntax.Named named -> named.name().toString();
            case TypeSyntax.Text string -> (string.wide() ? "WSTRING" : "STRING") + length(string.length());
            case TypeSyntax.Subrange range ->
                text(range.base()) + "(" + text(range.low()) + ".." + text(range.high()) + ")";
            case TypeSyntax.Array array ->
                array.dimensions().stream()
                        .map(ExpressionPrinter::dimension)
                        .collect(Collectors.joining(", ", "ARRAY[", "] OF " + text(array.element())));
            case TypeSyntax.Enumeration values ->
                (values.base() == null ? "" : text(values.base()) + " ")
                        + values.values().stream()
                                .map(ExpressionPrinter::value)
                                .collect(Collectors.joining(", ", "(", ")"));
            case TypeSyntax.Reference reference ->
                switch (reference.kind()) {
                            case REF_TO -> "REF_TO ";
                            case REFERENCE_TO -> "REFERENCE TO ";
                            case POINTER_TO -> "POINTER TO ";
                        }
                        + text(reference.target());
            case TypeSyntax.Structure structure ->
                (structure.overlap() ? "STRUCT OVERLAP" : "STRUCT")
                        + (structure.base() == null ? "" : " EXTENDS " + structure.base());
            case TypeSyntax.Broken broken -> broken.span().text();
        };
    }

    private static String length(@Nullable Expression length) {
        return length == null ? "" : "[" + text(length) + "]";
    }

    private static String value(TypeSyntax.Enumeration.Value value) {
        return value.name().text() + (value.value() == null ? "" : " := " + text(value.value()));
    }

    private static String dimension(TypeSyntax.Array.Dimension dimension) {
        if (dimension.low() == null || dimension.high() == null) {
            return "*";
        }
        return text(dimension.low()) + ".." + text(dimension.high());
    }
}
