package io.millwright.iec61131.format;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Body.Chart;
import io.millwright.iec61131.syntax.Body.InstructionList.Instruction;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes bodies.
final class StatementPrinter {
    private static final Pattern COMMENT = Pattern.compile("//|\\(\\*|/\\*|\\{");

    private final Lines lines;

    StatementPrinter(Lines lines) {
        this.lines = lines;
    }

    void body(Body body) {
        switch (body) {
            case Body.StructuredText(var _, var written) when isCommented(written) -> written(written);
            case Body.InstructionList(var _, var written) when isCommented(written) -> written(written);
            case Body.StructuredText(var statements, var _) -> statements(statements);
            case Body.InstructionList(var instructions, var _) -> instructions.forEach(this::instruction);
            case Chart chart -> {
                chart.steps().forEach(this::step);
                chart.transitions().forEach(this::transition);
            }
        }
    }

    /// Whether there may be a comment or a pragma, of which a tree knows nothing.
    private static boolean isCommented(List<Span> written) {
        return written.stream().anyMatch(s -> COMMENT.matcher(s.text()).find());
    }

    private void written(List<Span> written) {
        written.forEach(s -> lines.line(s.text().stripIndent().strip()));
    }

    void statements(List<Statement> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Assign assign ->
                lines.line(text(assign.target()) + " " + assign.operator().text() + " " + text(assign.value()) + ";");
            case Statement.Chain chain ->
                lines.line(chain.targets().stream().map(t -> text(t) + " := ").collect(Collectors.joining())
                        + text(chain.value()) + ";");
            case Statement.Jump jump -> lines.line("JMP " + jump.label() + ";");
            case Statement.Label label -> lines.line(label.name() + ":");
            case Statement.CallStatement call -> lines.line(text(call.call()) + ";");
            case Statement.If choice -> conditional(choice);
            case Statement.Case choice -> choice(choice);
            case Statement.For loop -> {
                String by = loop.by() == null ? "" : " BY " + text(loop.by());
                lines.line("FOR " + text(loop.variable()) + " := " + text(loop.from()) + " TO " + text(loop.to()) + by
                        + " DO");
                statements(loop.body());
                lines.line("END_FOR;");
            }
            case Statement.While loop -> {
                lines.line("WHILE " + text(loop.condition()) + " DO");
                statements(loop.body());
                lines.line("END_WHILE;");
            }
            case Statement.Repeat loop -> {
                lines.line("REPEAT");
                statements(loop.body());
                lines.line("UNTIL " + text(loop.until()));
                lines.line("END_REPEAT;");
            }
            case Statement.Exit _ -> lines.line("EXIT;");
            case Statement.Continue _ -> lines.line("CONTINUE;");
            case Statement.Return _ -> lines.line("RETURN;");
            case Statement.Empty _ -> lines.line(";");
            case Statement.Mock mock ->
                lines.line(
                        mock.result() == null
                                ? "MOCK " + text(mock.target()) + ";"
                                : "MOCK_FUNCTION " + text(mock.target()) + " RETURNS " + text(mock.result()) + ";");
            case Statement.Broken broken ->
                broken.span().text().lines().map(String::strip).forEach(lines::line);
        }
    }

    private static String text(Expression expression) {
        return ExpressionPrinter.text(expression);
    }

    private void conditional(Statement.If choice) {
        String keyword = "IF ";
        for (Statement.If.Branch branch : choice.branches()) {
            lines.line(keyword + text(branch.condition()) + " THEN");
            statements(branch.body());
            keyword = "ELSIF ";
        }
        if (!choice.otherwise().isEmpty()) {
            lines.line("ELSE");
            statements(choice.otherwise());
        }
        lines.line("END_IF;");
    }

    private void choice(Statement.Case choice) {
        lines.line("CASE " + text(choice.selector()) + " OF");
        for (Statement.Case.Alternative alternative : choice.alternatives()) {
            lines.line(alternative.labels().stream()
                    .map(label -> text(label.first()) + (label.last() == null ? "" : ".." + text(label.last())))
                    .collect(Collectors.joining(", ", "", ":")));
            statements(alternative.body());
        }
        if (choice.otherwise() != null) {
            lines.line("ELSE");
            statements(choice.otherwise());
        }
        lines.line("END_CASE;");
    }

    private void instruction(Instruction instruction) {
        StringBuilder line = new StringBuilder();
        if (instruction.label() != null) {
            line.append(instruction.label().text()).append(": ");
        }
        if (instruction.operator() != null) {
            line.append(instruction.operator().text());
        }
        String operand = instruction.operand() == null ? "" : text(instruction.operand());
        if (instruction.nested() != null) {
            lines.line(line + "(" + (operand.isEmpty() ? "" : " " + operand));
            instruction.nested().forEach(this::instruction);
            lines.line(")");
            return;
        }
        line.append(operand.isEmpty() ? "" : " " + operand);
        if (!instruction.arguments().isEmpty()) {
            boolean list = !operand.isEmpty()
                    && instruction.arguments().stream().allMatch(Expression.Argument.Positional.class::isInstance)
                    && instruction.operator() != null
                    && !instruction.operator().key().startsWith("CAL");
            line.append(
                    list
                            ? instruction.arguments().stream()
                                    .map(ExpressionPrinter::argument)
                                    .collect(Collectors.joining(", ", ", ", ""))
                            : ExpressionPrinter.arguments(instruction.arguments()));
        }
        lines.line(line.toString().strip());
    }

    private void step(Chart.Step step) {
        lines.line((step.initial() ? "INITIAL_STEP " : "STEP ") + step.name() + ":");
        for (Chart.Association association : step.associations()) {
            String time = association.time() == null ? "" : ", " + text(association.time());
            String indicator = association.indicator() == null ? "" : ", " + text(association.indicator());
            lines.line(text(association.action()) + "(" + association.qualifier() + time + indicator + ");");
        }
        lines.line("END_STEP");
    }

    private void transition(Chart.Transition transition) {
        String name = transition.name() == null ? "" : " " + transition.name();
        String priority = transition.priority() == 0 ? "" : " (PRIORITY := " + transition.priority() + ")";
        lines.line("TRANSITION" + name + priority + " FROM " + steps(transition.from()) + " TO "
                + steps(transition.to()) + " := " + text(transition.condition()) + ";");
        lines.line("END_TRANSITION");
    }

    private static String steps(List<Name> names) {
        return names.size() == 1
                ? names.getFirst().text()
                : names.stream().map(Name::text).collect(Collectors.joining(", ", "(", ")"));
    }
}
