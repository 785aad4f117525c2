package io.millwright.iec61131.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Grouping by precedence (Table 71): parenthesis, call, `^`, sign and NOT, `**`, `* / MOD`, `+ -`, comparison,
/// equality, AND, XOR, OR; operators of one rank from the left.
final class ExpressionTest {
    private static String grouped(Expression expression) {
        return switch (expression) {
            case Expression.Binary(var operator, var left, var right, var _) ->
                "(" + grouped(left) + operator.text() + grouped(right) + ")";
            case Expression.Unary(var operator, var operand, var _) -> "(" + operator.text() + grouped(operand) + ")";
            case Expression.Call call ->
                grouped(call.callee())
                        + call.arguments().stream()
                                .map(ExpressionTest::argument)
                                .collect(Collectors.joining(",", "(", ")"));
            default -> expression.span().text();
        };
    }

    private static String argument(Expression.Argument argument) {
        return switch (argument) {
            case Expression.Argument.Positional(var value) -> grouped(value);
            case Expression.Argument.In in -> in.name() + ":=" + grouped(in.value());
            case Expression.Argument.Out out -> (out.negated() ? "!" : "") + out.name() + "=>" + (out.target() != null);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a + b * c | (a+(b*c))",
                "(a + b) * c | ((a+b)*c)",
                "a - b - c | ((a-b)-c)",
                "a / b MOD c | ((a/b)MODc)",
                "a ** b ** c | ((a**b)**c)",
                "-a ** b | ((-a)**b)",
                "a ** -b | (a**(-b))",
                "NOT a AND b | ((NOTa)ANDb)",
                "a OR b XOR c AND d | (aOR(bXOR(cANDd)))",
                "a & b OR c | ((aANDb)ORc)",
                "a = b < c | (a=(b<c))",
                "a < b = c <> d | (((a<b)=c)<>d)",
                "a + 1 >= b AND c | (((a+1)>=b)ANDc)",
                "a OR_ELSE b AND_THEN c | (aOR_ELSE(bAND_THENc))",
                "F(a, b + 1) | F(a,(b+1))",
                "F(x := -1, NOT q => r, s =>) | F(x:=(-1),!q=>true,s=>false)",
                "AND(a, b) OR c | (AND(a,b)ORc)"
            })
    void operators_group_by_precedence(String text, String expected) {
        assertEquals(expected, grouped(Texts.expression(text)));
    }

    @Test
    void what_stands_behind_a_variable_applies_from_the_left() {
        var part = assertInstanceOf(Expression.Part.class, Texts.expression("THIS^.a[1, i].b^.%W3"));
        assertEquals(Address.Size.W, part.size());
        assertEquals(3, part.index());
        var pointed = assertInstanceOf(Expression.Dereference.class, part.target());
        var member = assertInstanceOf(Expression.Member.class, pointed.target());
        var index = assertInstanceOf(Expression.Index.class, member.target());
        assertEquals(2, index.indices().size());
    }

    @Test
    void a_number_behind_a_point_is_a_bit() {
        var part = assertInstanceOf(Expression.Part.class, Texts.expression("word.15"));
        assertEquals(Address.Size.X, part.size());
        assertEquals(15, part.index());
    }

    @Test
    void enumeration_values_may_be_qualified() {
        var value = assertInstanceOf(Expression.EnumLiteral.class, Texts.expression("Ns.Color#Red"));
        assertEquals("Ns.Color", value.type().toString());
        assertEquals("Red", value.value().text());
    }

    // OSCAT and others use words that edition 3 made keywords.
    @Test
    void words_of_edition_3_are_names_where_names_stand() {
        Texts.tree("""
                FUNCTION step : INT
                VAR_INPUT action, ltime, overlap, public, using, task, set, get, test : INT; END_VAR
                VAR at : INT; method : INT; END_VAR
                step := action + ltime * overlap - public / using;
                method := task; set := get; action := test; at := 1;
                test := method;
                END_FUNCTION
                """);
    }
}
