package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads sequential function charts in their textual form (6.7, Tables 54 to 59), and actions.
final class ChartParser {
    private final Cursor cursor;
    private final Blocks blocks;
    private final ExpressionParser expressions;
    private final InstructionParser instructions;
    private final BodyParser bodies;

    ChartParser(
            Cursor cursor,
            Blocks blocks,
            ExpressionParser expressions,
            InstructionParser instructions,
            BodyParser bodies) {
        this.instructions = instructions;
        this.cursor = cursor;
        this.blocks = blocks;
        this.expressions = expressions;
        this.bodies = bodies;
    }

    boolean begins() {
        return switch (cursor.kind()) {
            case STEP, INITIAL_STEP, TRANSITION -> Parts.beginsPart(cursor);
            default -> false;
        };
    }

    Body chart(@Nullable Body before, List<Declaration.Action> actions) {
        List<Body.Chart.Step> steps = new ArrayList<>();
        List<Body.Chart.Transition> transitions = new ArrayList<>();
        if (before instanceof Body.Chart(var earlier, var passed)) {
            steps.addAll(earlier);
            transitions.addAll(passed);
        }
        while (begins() || cursor.at(Kind.ACTION) && Parts.beginsPart(cursor)) {
            switch (cursor.kind()) {
                case TRANSITION -> transitions.add(transition());
                case ACTION -> actions.add(action());
                default -> steps.add(step());
            }
        }
        return new Body.Chart(steps, transitions);
    }

    private Body.Chart.Step step() {
        int start = cursor.position();
        boolean initial = cursor.at(Kind.INITIAL_STEP);
        cursor.next();
        Name name = cursor.name("the name of a step");
        blocks.open(Kind.END_STEP, cursor.since(start));
        if (!blocks.tightColon()) {
            cursor.missing(Kind.COLON.described());
        }
        cursor.found();
        List<Body.Chart.Association> associations = new ArrayList<>();
        while (cursor.atName() && !Parts.beginsPart(cursor)) {
            associations.add(association());
        }
        close();
        return new Body.Chart.Step(name, initial, associations, cursor.since(start));
    }

    /// `action(L, T#5s, indicator);`
    private Body.Chart.Association association() {
        int start = cursor.position();
        cursor.mark(Tokens.Mark.STARTS);
        Expression action = actionName();
        String qualifier = "N";
        Expression time = null;
        Expression indicator = null;
        Span open = cursor.span();
        if (cursor.accept(Kind.LEFT_PARENTHESIS)) {
            if (cursor.atName()) {
                qualifier = qualifier();
                if (qualifier.length() == 2 && !qualifier.startsWith("P") || "LD".contains(qualifier)) {
                    cursor.expect(Kind.COMMA);
                    time = expressions.expression();
                }
                if (cursor.accept(Kind.COMMA)) {
                    indicator = expressions.expression();
                }
            }
            expressions.close(Kind.RIGHT_PARENTHESIS, open);
        }
        Span span = cursor.since(start);
        endOfLine(start);
        return new Body.Chart.Association(action, qualifier, time, indicator, span);
    }

    /// The name of an action, or a BOOL variable by its path.
    private Expression actionName() {
        Span start = cursor.span();
        Expression action = new Expression.Identifier(cursor.name("the name of an action"));
        for (int i = 0;
                i < ExpressionParser.MEMBERS_MAX && (cursor.at(Kind.POINT) || cursor.at(Kind.LEFT_BRACKET));
                i++) {
            action = cursor.at(Kind.POINT) ? expressions.member(action, start) : expressions.index(action, start);
        }
        if (!(action instanceof Expression.Identifier)) {
            cursor.extension(action.span(), "a variable by its path as an action");
        }
        return action;
    }

    private String qualifier() {
        String text = Name.key(cursor.text());
        if (Body.Chart.QUALIFIERS.contains(text)) {
            cursor.next();
            return text;
        }
        cursor.report(Diagnostic.error(
                "E010", cursor.span(), "an action's qualifier is one of N, S, R, L, D, P, P0, P1, SD, DS and SL"));
        return "N";
    }

    private Body.Chart.Transition transition() {
        int start = cursor.position();
        cursor.next();
        Name name = cursor.at(Kind.FROM) && cursor.kind(1) != Kind.FROM || !cursor.atName()
                ? null
                : cursor.name("the name of a transition");
        blocks.open(Kind.END_TRANSITION, cursor.since(start));
        int priority = 0;
        Span open = cursor.span();
        if (cursor.accept(Kind.LEFT_PARENTHESIS)) {
            cursor.expectWord(Kind.PRIORITY, " of a transition");
            cursor.expect(Kind.ASSIGN);
            priority = priority();
            expressions.close(Kind.RIGHT_PARENTHESIS, open);
        }
        cursor.expectWord(Kind.FROM, " with the steps before");
        List<Name> from = steps();
        cursor.expectWord(Kind.TO, " with the steps behind");
        List<Name> to = steps();
        Expression condition = new Expression.Broken(cursor.gap());
        if (cursor.accept(Kind.COLON)) {
            int list = cursor.position();
            List<Body.InstructionList.Instruction> all = instructions.instructions();
            condition = new ListCondition(cursor).of(all, cursor.since(list));
        } else {
            if (cursor.expect(Kind.ASSIGN)) {
                condition = expressions.expression();
            }
            endOfLine(start);
        }
        while (!cursor.kind().isEnd() && !Cursor.isAnchor(cursor.kind()) && !Parts.beginsPart(cursor)) {
            cursor.next();
        }
        close();
        return new Body.Chart.Transition(name, from, to, priority, condition, cursor.since(start));
    }

    private int priority() {
        String text = cursor.text();
        if (cursor.at(Kind.NUMBER) && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            cursor.next();
            return Integer.parseInt(text);
        }
        cursor.missing("a whole number");
        return 0;
    }

    private List<Name> steps() {
        List<Name> names = new ArrayList<>();
        Span open = cursor.span();
        if (!cursor.accept(Kind.LEFT_PARENTHESIS)) {
            names.add(cursor.name("the name of a step"));
            return names;
        }
        do {
            names.add(cursor.name("the name of a step"));
        } while (cursor.accept(Kind.COMMA));
        expressions.close(Kind.RIGHT_PARENTHESIS, open);
        return names;
    }

    private void endOfLine(int start) {
        if (!cursor.expect(Kind.SEMICOLON)) {
            if (cursor.kind().isEnd() || cursor.atName() && cursor.isFirstOnLine(0)) {
                cursor.found();
            } else {
                blocks.skipStatement(start);
            }
        }
        cursor.found();
    }

    private void close() {
        blocks.close();
        cursor.accept(Kind.SEMICOLON);
    }

    /// `ACTION name : … END_ACTION`; the colon may be missing, as some tools write it.
    Declaration.Action action() {
        int start = cursor.position();
        cursor.next();
        Name name = cursor.name("the name of an action");
        blocks.open(Kind.END_ACTION, cursor.since(start));
        blocks.tightColon();
        cursor.found();
        Body body = bodies.body(Kind.END_ACTION);
        close();
        return new Declaration.Action(name, body, cursor.since(start));
    }
}
