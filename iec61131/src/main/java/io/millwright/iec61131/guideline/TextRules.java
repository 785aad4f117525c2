package io.millwright.iec61131.guideline;

import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.Tokens;
import java.util.List;

/// Rules that the text alone decides: N1, C3, CP2, CP9, CP14, CP16, L10, L12, L17.
final class TextRules {
    /// The most ways through a routine, counted as McCabe (1976) does.
    private static final int WAYS_MAX = 15;

    private final Found found;

    TextRules(Found found) {
        this.found = found;
    }

    void check(SyntaxTree tree, Tokens tokens) {
        comments(tokens);
        tree.declarations().forEach(this::tasks);
        for (Declaration.Unit unit : Written.units(tree.declarations())) {
            for (Written.Code code : Written.code(unit)) {
                code(code);
            }
        }
    }

    private void comments(Tokens tokens) {
        for (int i = 0; i < tokens.count(); i++) {
            String text = tokens.kind(i) == Kind.COMMENT ? tokens.text(i) : "";
            if (text.startsWith("(*") && text.indexOf("(*", 2) >= 0) {
                found.add(Rule.C3, tokens.source().span(tokens.start(i), tokens.end(i)), "a comment within a comment");
            }
        }
    }

    private void tasks(Declaration declaration) {
        if (declaration instanceof Declaration.Configuration configuration) {
            configuration.resources().stream()
                    .flatMap(r -> r.instances().stream())
                    .filter(i -> !i.blockTasks().isEmpty())
                    .forEach(i -> found.add(
                            Rule.CP16, i.span(), "a task runs a function block of " + i.name() + "; it runs programs"));
        }
    }

    private void code(Written.Code code) {
        int[] ways = {1};
        boolean[] single = {true};
        Statement last = code.statements().getLast();
        unreachable(code.statements());
        Written.statements(code.statements(), statement -> {
            ways[0] += decisions(statement);
            Written.within(statement).forEach(this::unreachable);
            Written.expressions(statement).forEach(e -> Written.deep(e, this::address));
            switch (statement) {
                case Statement.If(var _, var otherwise, var span)
                when otherwise.isEmpty() -> found.add(Rule.L17, span, "IF without ELSE");
                case Statement.Exit(var span) -> found.add(Rule.L10, span, "EXIT; say in the condition when it ends");
                case Statement.Continue(var span) -> found.add(Rule.L10, span, "CONTINUE; write IF around the rest");
                case Statement.Return(var span)
                when !statement.equals(last) && single[0] -> {
                    single[0] = false;
                    found.add(Rule.CP14, span, code.name() + " is left before its end; it has one way out");
                }
                case Statement.For loop -> counted(loop);
                default -> {}
            }
        });
        if (ways[0] > WAYS_MAX) {
            found.add(
                    Rule.CP9,
                    code.name().span(),
                    "%s has %d ways through it; more than %d are split up".formatted(code.name(), ways[0], WAYS_MAX));
        }
    }

    private void address(Expression expression) {
        if (expression instanceof Expression.Direct(var _, var span)) {
            found.add(Rule.N1, span, span.text() + " is an address; declare a variable AT it");
        }
    }

    private static int decisions(Statement statement) {
        return switch (statement) {
            case Statement.If branches -> branches.branches().size();
            case Statement.Case choice -> choice.alternatives().size();
            case Statement.For _, Statement.While _, Statement.Repeat _ -> 1;
            default -> 0;
        };
    }

    private void unreachable(List<Statement> list) {
        for (int i = 0; i + 1 < list.size(); i++) {
            boolean leaves = list.get(i) instanceof Statement.Return
                    || list.get(i) instanceof Statement.Exit
                    || list.get(i) instanceof Statement.Continue;
            if (leaves && !(list.get(i + 1) instanceof Statement.Empty)) {
                found.add(Rule.CP2, list.get(i + 1).span(), "this is never reached");
                return;
            }
        }
    }

    private void counted(Statement.For loop) {
        if (!(loop.variable() instanceof Expression.Identifier(var counter))) {
            return;
        }
        Written.statements(loop.body(), statement -> {
            Expression changed = switch (statement) {
                case Statement.Assign assign -> assign.target();
                case Statement.For inner -> inner.variable();
                default -> null;
            };
            if (changed instanceof Expression.Identifier(var name) && name.key().equals(counter.key())) {
                found.add(Rule.L12, changed.span(), "the loop counts with " + name + "; nothing else changes it");
            }
        });
    }
}
