package io.millwright.node.st.lsp;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.jspecify.annotations.Nullable;

/// What an editor can fold: blocks up to their END_…, and comments of several lines.
final class Folds {
    private Folds() {}

    static List<FoldingRange> of(Source source) {
        Tokens tokens = Parser.tokens(source, Dialect.COMMON, new Diagnostics());
        List<FoldingRange> folds = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.count(); i++) {
            Kind kind = tokens.kind(i);
            if (tokens.is(i, Tokens.Mark.OPENS)) {
                open.push(source.line(tokens.start(i)));
            } else if (kind.isEnd() && !open.isEmpty()) {
                add(folds, open.pop(), source.line(tokens.start(i)), null);
            } else if (kind == Kind.COMMENT) {
                add(
                        folds,
                        source.line(tokens.start(i)),
                        source.line(Math.max(tokens.start(i), tokens.end(i) - 1)),
                        FoldingRangeKind.Comment);
            }
        }
        return folds;
    }

    private static void add(List<FoldingRange> folds, int first, int last, @Nullable String kind) {
        if (last > first) {
            var fold = new FoldingRange(first - 1, last - 1);
            fold.setKind(kind);
            folds.add(fold);
        }
    }
}
