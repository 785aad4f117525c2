package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads bodies in whichever textual language they are written.
final class BodyParser {
    private final Cursor cursor;
    private final StatementParser statements;
    private final ChartParser charts;
    private final InstructionParser instructions;

    BodyParser(Cursor cursor, Blocks blocks, ExpressionParser expressions, StatementParser statements) {
        this.cursor = cursor;
        this.statements = statements;
        this.instructions = new InstructionParser(cursor, expressions);
        this.charts = new ChartParser(cursor, blocks, expressions, instructions, this);
    }

    /// A body, or what follows a part of one.
    ///
    /// @param end the keyword that closes what the body belongs to
    /// @param before what was read of the body so far, or null
    /// @param actions where the actions of a chart go
    Body body(Kind end, @Nullable Body before, List<Declaration.Action> actions) {
        if (charts.begins()) {
            return charts.chart(before, actions);
        }
        if (before == null && instructions.begins()) {
            int start = cursor.position();
            List<Body.InstructionList.Instruction> all = instructions.instructions();
            return new Body.InstructionList(all, List.of(cursor.around(start)));
        }
        List<Statement> all = new ArrayList<>();
        List<Span> written = new ArrayList<>();
        if (before instanceof Body.StructuredText(var first, var stretches)) {
            all.addAll(first);
            written.addAll(stretches);
        }
        int start = cursor.position();
        all.addAll(statements.body(end));
        if (before instanceof Body.Chart || before instanceof Body.InstructionList) {
            if (cursor.position() > start) {
                cursor.missing(end.text());
                cursor.found();
            }
            return before;
        }
        written.add(cursor.around(start));
        return new Body.StructuredText(all, written);
    }

    /// A body that is in one piece.
    Body body(Kind end) {
        return body(end, null, new ArrayList<>());
    }
}
