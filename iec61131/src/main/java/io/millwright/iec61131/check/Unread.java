package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.Tokens;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a text may declare that could not be read in whole (decision 90).
final class Unread {
    private final Tokens tokens;
    private final List<Statements> statements;

    /// @param statements all that the text has
    Unread(Tokens tokens, List<Statements> statements) {
        this.tokens = tokens;
        this.statements = statements;
    }

    /// The statements of a routine.
    ///
    /// @param first their first token
    /// @param behind the first token behind them and the keyword that ends them
    /// @param end that keyword
    record Statements(int first, int behind, Kind end) {}

    /// The names of a text that stand where names are declared: before `:`, `,` or AT, or behind the keyword of
    /// a unit.
    static Set<String> maybeDeclared(Tokens tokens) {
        Set<String> names = new HashSet<>();
        int before = -1;
        for (int i = 0; i < tokens.count(); i++) {
            if (tokens.kind(i).isTrivia()) {
                continue;
            }
            boolean behind = declaresBefore(tokens.kind(i)) || before > 0 && opensUnit(tokens, before - 1);
            if (behind && before >= 0 && Words.isWord(tokens, before)) {
                names.add(Name.key(tokens.text(before)));
            }
            before = i;
        }
        return names;
    }

    /// Whether the heads were read whole, since all that is wrong lies among statements, where no declaration is
    /// meant.
    boolean sparesHeads(List<Diagnostic> errors) {
        if (errors.isEmpty() || tokens.isTruncated()) {
            return errors.isEmpty();
        }
        BitSet plain = new BitSet();
        statements.stream().filter(this::isPlain).forEach(s -> plain.set(s.first(), s.behind()));
        return errors.stream().map(Diagnostic::span).allMatch(wrong -> {
            int at = wrong.source() == tokens.source() ? Words.token(tokens, wrong.start() + 1) - 1 : -1;
            return at >= 0 && plain.get(at) && !declaresBefore(tokens.kind(behind(at)));
        });
    }

    /// The next token that is no comment; the last one is the end of the text.
    private int behind(int index) {
        int next = Math.min(index + 1, tokens.count() - 1);
        while (tokens.kind(next).isTrivia()) {
            next++;
        }
        return next;
    }

    /// Whether statements hold no keyword that belongs to declarations.
    private boolean isPlain(Statements of) {
        for (int i = of.first(); i < of.behind(); i++) {
            Kind kind = tokens.kind(i);
            if (kind != of.end() && (kind.isSection() || opensUnit(kind) || belongsToDeclarations(kind))) {
                return false;
            }
        }
        return true;
    }

    private static boolean belongsToDeclarations(Kind kind) {
        return switch (kind) {
            case END_IF, END_CASE, END_FOR, END_WHILE, END_REPEAT -> false;
            case TYPE, CONFIGURATION, RESOURCE, STEP, INITIAL_STEP, TRANSITION -> true;
            default -> kind.isEnd();
        };
    }

    private static boolean opensUnit(Tokens tokens, int last) {
        int index = last;
        while (index > 0 && tokens.kind(index).isTrivia()) {
            index--;
        }
        return opensUnit(tokens.kind(index));
    }

    private static boolean opensUnit(Kind kind) {
        return switch (kind) {
            case FUNCTION, FUNCTION_BLOCK, PROGRAM, CLASS, INTERFACE, METHOD, PROPERTY, ACTION, NAMESPACE -> true;
            default -> false;
        };
    }

    private static boolean declaresBefore(Kind next) {
        return next == Kind.COLON || next == Kind.COMMA || next == Kind.AT;
    }
}
