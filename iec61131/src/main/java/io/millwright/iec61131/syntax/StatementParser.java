package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the statements of Structured Text (7.3.3, Table 72).
final class StatementParser {
    private final Cursor cursor;
    private final Blocks blocks;
    private final ExpressionParser expressions;
    private final StatementStarts starts;

    StatementParser(Cursor cursor, Blocks blocks, ExpressionParser expressions) {
        this.cursor = cursor;
        this.blocks = blocks;
        this.expressions = expressions;
        this.starts = new StatementStarts(cursor, blocks);
    }

    /// The statements of a body, past whatever closes nothing, up to `end` or the begin of another part of the
    /// text.
    List<Statement> body(Kind end) {
        List<Statement> all = new ArrayList<>();
        statements(all, false);
        while (blocks.closesNothing(end)) {
            blocks.stray();
            statements(all, false);
        }
        return all;
    }

    /// The statements of a block, past whatever nothing that is open can claim.
    private List<Statement> block() {
        List<Statement> all = new ArrayList<>();
        block(all, false);
        return all;
    }

    private void block(List<Statement> all, boolean inCase) {
        statements(all, inCase);
        while (blocks.isUnclaimed()) {
            blocks.stray();
            statements(all, inCase);
        }
    }

    private void statements(List<Statement> all, boolean inCase) {
        while (true) {
            starts.correctSpelling();
            if (Parts.endsStatements(cursor) || inCase && starts.atLabel()) {
                return;
            }
            int start = cursor.position();
            all.add(statement());
            if (cursor.position() == start) {
                cursor.next();
            }
        }
    }

    private Statement statement() {
        int start = cursor.position();
        cursor.mark(Tokens.Mark.STARTS);
        if (!cursor.enter()) {
            cursor.leave();
            return broken(start);
        }
        Statement statement = switch (cursor.kind()) {
            case IF -> conditional();
            case CASE -> choice();
            case FOR -> counting();
            case WHILE -> whileLoop();
            case REPEAT -> repeat();
            case SEMICOLON -> {
                cursor.next();
                yield new Statement.Empty(cursor.since(start));
            }
            default -> simple(start);
        };
        cursor.leave();
        return statement;
    }

    private Statement broken(int start) {
        blocks.skipStatement(start);
        return new Statement.Broken(cursor.since(start));
    }

    private Statement simple(int start) {
        if (starts.atJumpLabel()) {
            Name name = cursor.name("a label");
            cursor.extension(name.span(), "a label");
            blocks.tightColon();
            return new Statement.Label(name, cursor.since(start));
        }
        if (blocks.misplaced() || starts.label(start)) {
            return new Statement.Broken(cursor.since(start));
        }
        boolean word = !continuesVariable(cursor.kind(1));
        Statement statement = switch (cursor.kind()) {
            case EXIT -> single(new Statement.Exit(cursor.span()));
            case RETURN -> leave();
            case CONTINUE -> word ? single(new Statement.Continue(cursor.span())) : assignmentOrCall(start);
            case MOCK -> word ? mock(start) : assignmentOrCall(start);
            case MOCK_FUNCTION -> word ? mockFunction(start) : assignmentOrCall(start);
            case ADDRESS, LEFT_PARENTHESIS -> assignmentOrCall(start);
            default -> !cursor.atName() ? null : starts.atJump() ? jump(start) : assignmentOrCall(start);
        };
        if (statement == null) {
            cursor.missing("a statement");
            return broken(start);
        }
        endOfStatement(start);
        return statement;
    }

    /// Whether a variable or a call goes on with a token of this kind.
    static boolean continuesVariable(Kind kind) {
        return switch (kind) {
            case ASSIGN, ATTEMPT, EQUAL, LEFT_PARENTHESIS, LEFT_BRACKET, POINT, CARET -> true;
            default -> false;
        };
    }

    private Statement jump(int start) {
        cursor.extension(cursor.span(), "JMP");
        cursor.next();
        Name label = cursor.name("a label");
        return new Statement.Jump(label, cursor.since(start));
    }

    /// RETURN, also with the value that other languages put behind it.
    private Statement leave() {
        Statement statement = single(new Statement.Return(cursor.span()));
        boolean value = switch (cursor.kind()) {
            case NUMBER, TRUE, FALSE, MINUS, NOT, LEFT_PARENTHESIS -> true;
            default -> cursor.atName() && cursor.kind(1) == Kind.SEMICOLON;
        };
        if (value && !cursor.isFirstOnLine(0)) {
            cursor.report(Diagnostic.error(
                    "E010",
                    cursor.span(),
                    "RETURN takes no value; a function's is assigned to its name before: name := value; RETURN;"));
            expressions.expression();
            cursor.found();
        }
        return statement;
    }

    private Statement single(Statement statement) {
        cursor.next();
        return statement;
    }

    private void endOfStatement(int start) {
        if (cursor.accept(Kind.SEMICOLON)) {
            cursor.found();
            return;
        }
        boolean lost = cursor.isLost();
        if (!lost) {
            cursor.report(cursor.missing(Kind.SEMICOLON).relatedTo(cursor.since(start), "behind this statement"));
        }
        if (lost || !(Parts.endsStatements(cursor) || cursor.atName() || Cursor.isAnchor(cursor.kind()))) {
            blocks.skipStatement(start);
        }
        cursor.found();
    }

    private Statement assignmentOrCall(int start) {
        Expression target = expressions.variable();
        Statement.Assign.Operator operator = operator();
        if (operator != null) {
            Expression value = expressions.expression();
            return operator == Statement.Assign.Operator.ASSIGN && cursor.at(Kind.ASSIGN)
                    ? chain(target, value, start)
                    : new Statement.Assign(target, operator, value, cursor.since(start));
        }
        if (target instanceof Expression.Broken || cursor.isLost()) {
            return new Statement.Broken(cursor.since(start));
        }
        Statement foreign = new ForeignAssignments(cursor, expressions).read(target, start);
        if (foreign != null) {
            return foreign;
        }
        if (target instanceof Expression.Call) {
            return new Statement.CallStatement(target, cursor.since(start));
        }
        Span span = cursor.since(start);
        if (cursor.at(Kind.SEMICOLON)) {
            cursor.extension(span, "a call without parentheses");
            return new Statement.CallStatement(new Expression.Call(target, List.of(), span), span);
        }
        if (cursor.at(Kind.NOT_EQUAL) && cursor.text().equals("!=")) {
            // The lexer has reported it.
            cursor.lose();
        }
        cursor.missing("\":=\" or \"(\"");
        return new Statement.Broken(span);
    }

    private Statement chain(Expression first, Expression second, int start) {
        cursor.extension(cursor.span(), "an assignment of an assignment");
        List<Expression> targets = new ArrayList<>(List.of(first));
        Expression value = second;
        while (cursor.accept(Kind.ASSIGN)) {
            targets.add(value);
            value = expressions.expression();
        }
        return new Statement.Chain(targets, value, cursor.since(start));
    }

    private Statement.Assign.@Nullable Operator operator() {
        Kind kind = cursor.kind();
        if (cursor.accept(Kind.ASSIGN)) {
            return Statement.Assign.Operator.ASSIGN;
        }
        if (cursor.accept(Kind.ATTEMPT)) {
            return Statement.Assign.Operator.ATTEMPT;
        }
        if (kind == Kind.EQUAL && !cursor.isLost()) {
            cursor.report(Diagnostic.error("E010", cursor.span(), "an assignment is written \":=\"; \"=\" compares")
                    .suggesting(":="));
            cursor.found();
            cursor.next();
            return Statement.Assign.Operator.ASSIGN;
        }
        if (kind == Kind.NAME && cursor.kind(1) == Kind.EQUAL && cursor.touchesPrevious(1)) {
            Statement.Assign.Operator operator = switch (Name.key(cursor.text())) {
                case "S" -> Statement.Assign.Operator.SET;
                case "R" -> Statement.Assign.Operator.RESET;
                case "REF" -> Statement.Assign.Operator.REFERENCE;
                default -> null;
            };
            if (operator != null) {
                cursor.extension(cursor.span(), operator.text());
                cursor.next();
                cursor.mark(Tokens.Mark.TIGHT);
                cursor.next();
            }
            return operator;
        }
        return null;
    }

    private Statement mock(int start) {
        cursor.next();
        Expression target = expressions.variable();
        return new Statement.Mock(target, null, cursor.since(start));
    }

    private Statement mockFunction(int start) {
        cursor.next();
        Expression target = expressions.variable();
        cursor.expectWord(Kind.RETURNS, " with the value");
        Expression result = expressions.expression();
        return new Statement.Mock(target, result, cursor.since(start));
    }

    /// The end of a compound statement, and its `;`, which common dialects let one leave out.
    private void close() {
        blocks.close();
        if (!cursor.accept(Kind.SEMICOLON)) {
            cursor.extension(cursor.gap(), "a statement without \";\" at its end");
        }
    }

    /// The statements behind ELSE, also behind one too many.
    private List<Statement> lastBlock() {
        List<Statement> all = block();
        while ((cursor.at(Kind.ELSE) || cursor.at(Kind.ELSIF)) && !blocks.isElseAwaited()) {
            blocks.stray();
            block(all, false);
        }
        return all;
    }

    private Statement conditional() {
        int start = cursor.position();
        blocks.open(Kind.END_IF, cursor.span());
        List<Statement.If.Branch> branches = new ArrayList<>();
        do {
            int branch = cursor.position();
            cursor.next();
            Expression condition = expressions.expression();
            blocks.head(Kind.THEN, "this condition");
            List<Statement> body = block();
            branches.add(new Statement.If.Branch(condition, body, cursor.since(branch)));
        } while (cursor.at(Kind.ELSIF));
        List<Statement> otherwise = cursor.accept(Kind.ELSE) ? lastBlock() : List.of();
        close();
        return new Statement.If(branches, otherwise, cursor.since(start));
    }

    private Statement choice() {
        int start = cursor.position();
        blocks.open(Kind.END_CASE, cursor.span());
        cursor.next();
        Expression selector = expressions.expression();
        blocks.head(Kind.OF, "CASE");
        List<Statement.Case.Alternative> alternatives = new ArrayList<>();
        starts.correctSpelling();
        while (!Parts.endsStatements(cursor)) {
            int before = cursor.position();
            alternatives.add(alternative());
            if (cursor.position() == before) {
                cursor.next();
            }
        }
        List<Statement> otherwise = cursor.accept(Kind.ELSE) ? lastBlock() : null;
        close();
        return new Statement.Case(selector, alternatives, otherwise, cursor.since(start));
    }

    private Statement.Case.Alternative alternative() {
        int start = cursor.position();
        cursor.mark(Tokens.Mark.LABELS);
        List<Statement.Case.Label> labels = new ArrayList<>();
        do {
            int label = cursor.position();
            Expression first = expressions.expression();
            Expression last = cursor.accept(Kind.RANGE) ? expressions.expression() : null;
            labels.add(new Statement.Case.Label(first, last, cursor.since(label)));
        } while (cursor.accept(Kind.COMMA));
        if (!blocks.tightColon()) {
            if (!cursor.isLost()) {
                cursor.missing("\":\" behind the label");
            }
            if (!cursor.atName() && !Parts.endsStatements(cursor)) {
                blocks.skipStatement(start);
            }
        }
        cursor.found();
        List<Statement> body = new ArrayList<>();
        block(body, true);
        return new Statement.Case.Alternative(labels, body, cursor.since(start));
    }

    private Statement counting() {
        int start = cursor.position();
        blocks.open(Kind.END_FOR, cursor.span());
        cursor.next();
        Expression variable = expressions.variable();
        cursor.expect(Kind.ASSIGN);
        Expression from = expressions.expression();
        cursor.expectWord(Kind.TO, " of FOR");
        Expression to = expressions.expression();
        Expression by = cursor.accept(Kind.BY) ? expressions.expression() : null;
        blocks.head(Kind.DO, "FOR");
        List<Statement> body = block();
        close();
        return new Statement.For(variable, from, to, by, body, cursor.since(start));
    }

    private Statement whileLoop() {
        int start = cursor.position();
        blocks.open(Kind.END_WHILE, cursor.span());
        cursor.next();
        Expression condition = expressions.expression();
        blocks.head(Kind.DO, "WHILE");
        List<Statement> body = block();
        close();
        return new Statement.While(condition, body, cursor.since(start));
    }

    private Statement repeat() {
        int start = cursor.position();
        blocks.open(Kind.END_REPEAT, cursor.span());
        cursor.next();
        List<Statement> body = block();
        Expression until;
        if (cursor.expectWord(Kind.UNTIL, " of REPEAT")) {
            until = expressions.expression();
            cursor.accept(Kind.SEMICOLON);
        } else {
            until = new Expression.Broken(cursor.gap());
            if (!cursor.at(Kind.END_REPEAT)) {
                blocks.forgive(Kind.END_REPEAT);
            }
        }
        close();
        return new Statement.Repeat(body, until, cursor.since(start));
    }
}
