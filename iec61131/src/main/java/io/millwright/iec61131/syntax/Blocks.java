package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is open at a place, and what is said when a closing keyword is missing or one too many.
///
/// Where an END_IF is missing the text goes wrong only much later: the keyword that comes instead belongs to an
/// outer block. The report is at the IF. Which IF of several lacks its end is guessed by indentation: an END_IF
/// that closed an inner IF but stands below the outer one belongs to that.
final class Blocks {
    private final Cursor cursor;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Suspect> suspects = new ArrayList<>();
    private final Map<Kind, Integer> forgiven = new EnumMap<>(Kind.class);

    Blocks(Cursor cursor) {
        this.cursor = cursor;
    }

    private record Open(Kind end, Span head) {}

    /// A block whose end stood in another column than its head.
    private record Suspect(Kind end, Span head, int column) {}

    void open(Kind end, Span head) {
        cursor.markOpen(head);
        open.push(new Open(end, head));
    }

    boolean isOpen(Kind end) {
        return open.stream().anyMatch(block -> block.end == end);
    }

    /// The closing keywords that could come next, the innermost first.
    Kind[] ends() {
        return open.stream().limit(16).map(Open::end).distinct().toArray(Kind[]::new);
    }

    /// Closes the innermost block.
    void close() {
        Open block = open.pop();
        if (cursor.at(Kind.NAME) && Spelling.isNear(cursor.text(), block.end.text())) {
            cursor.correct(block.end);
        }
        Kind kind = cursor.kind();
        if (kind == block.end) {
            if (cursor.isFirstOnLine(0) && cursor.span().ownColumn() != block.head.ownColumn()) {
                suspects.add(new Suspect(kind, block.head, cursor.span().ownColumn()));
            }
            cursor.next();
        } else if (kind.isEnd() && !isOpen(kind)) {
            cursor.report(Diagnostic.error(
                            "E011",
                            cursor.span(),
                            "%s is expected here, not %s".formatted(block.end.text(), kind.text()))
                    .suggesting(block.end.text())
                    .relatedTo(block.head, "for what begins here"));
            forgive(block.end);
            cursor.next();
        } else {
            missing(block);
        }
        cursor.found();
    }

    private void missing(Open block) {
        Suspect suspect = suspect(block);
        Span head = suspect == null ? block.head : suspect.head;
        cursor.report(
                Diagnostic.error("E012", head, "%s is missing for this %s".formatted(block.end.text(), word(head)))
                        .relatedTo(cursor.span(), "it is missed here at the latest"));
        if (cursor.kind().isEnd()) {
            forgive(cursor.kind());
        }
    }

    private @Nullable Suspect suspect(Open block) {
        int column = block.head.ownColumn();
        for (Suspect suspect : suspects.reversed()) {
            if (suspect.head.start() < block.head.start()) {
                return null;
            }
            if (suspect.end == block.end && suspect.column == column) {
                return suspect;
            }
        }
        return null;
    }

    private static String word(Span head) {
        String text = head.text();
        int end = 0;
        while (end < text.length() && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return text.substring(0, end).toUpperCase(java.util.Locale.ROOT);
    }

    /// Whether the current keyword closes nothing and does not end the body either.
    boolean closesNothing(Kind end) {
        Kind kind = cursor.kind();
        return switch (kind) {
            case ELSE, ELSIF, UNTIL -> true;
            default -> kind.isEnd() && kind != end && !isOpen(kind) && !Parts.isUnitEnd(kind);
        };
    }

    /// Whether nothing that is open can claim the current keyword, so that it does not end a block.
    boolean isUnclaimed() {
        Kind kind = cursor.kind();
        return switch (kind) {
            case ELSE, ELSIF -> !isOpen(Kind.END_IF) && !isOpen(Kind.END_CASE);
            case UNTIL -> !isOpen(Kind.END_REPEAT);
            default -> kind.isEnd() && !isOpen(kind) && isForgiven(kind) && !Parts.isUnitEnd(kind);
        };
    }

    /// Whether a block outside the innermost could go on with ELSE.
    boolean isElseAwaited() {
        return open.stream().skip(1).anyMatch(block -> block.end == Kind.END_IF || block.end == Kind.END_CASE);
    }

    boolean isForgiven(Kind end) {
        return forgiven.getOrDefault(end, 0) > 0;
    }

    /// Whether a name before a token of this kind is declared.
    static boolean declares(Kind next) {
        return next == Kind.COLON || next == Kind.AT || next == Kind.COMMA;
    }

    /// Passes over declarations of variables that stand where statements do, because their VAR is missing.
    boolean misplaced() {
        if (!cursor.atName() || !declares(cursor.kind(1)) || isOpen(Kind.END_CASE)) {
            return false;
        }
        cursor.report(Diagnostic.error(
                "E012", cursor.span(), "a variable is declared between VAR and END_VAR, before the statements"));
        int start = cursor.position();
        do {
            cursor.next();
        } while (!Cursor.isAnchor(cursor.kind()) && !Parts.beginsPart(cursor) && !beginsStatement());
        if (!cursor.accept(Kind.END_VAR) && cursor.position() == start) {
            cursor.next();
        }
        cursor.found();
        return true;
    }

    /// Lets one superfluous closing keyword pass without a word, because what makes it superfluous was
    /// reported.
    void forgive(Kind end) {
        forgiven.merge(end, 1, Integer::sum);
    }

    /// Forgets what was forgiven and suspected, at the end of a unit.
    void forget() {
        forgiven.clear();
        suspects.clear();
    }

    /// Passes over a keyword that closes or continues nothing.
    void stray() {
        Kind kind = cursor.kind();
        Kind end = switch (kind) {
            case ELSE, ELSIF -> Kind.END_IF;
            case UNTIL -> Kind.END_REPEAT;
            default -> kind;
        };
        int times = forgiven.getOrDefault(end, 0);
        boolean continued = end != kind && isForgiven(Kind.END_CASE);
        if (times == 0 && !continued) {
            cursor.report(Diagnostic.error(
                    "E012",
                    cursor.span(),
                    "%s stands here without the %s it belongs to".formatted(kind.text(), opener(end))));
            if (end != kind) {
                forgive(end);
            }
        } else if (end == kind) {
            forgiven.put(end, Math.max(0, times - 1));
        }
        cursor.next();
        if (kind == Kind.ELSIF || kind == Kind.UNTIL) {
            while (!cursor.at(Kind.THEN) && !cursor.at(Kind.SEMICOLON) && !Cursor.isAnchor(cursor.kind())) {
                cursor.next();
            }
            cursor.accept(Kind.THEN);
        }
        cursor.accept(Kind.SEMICOLON);
        cursor.found();
    }

    private static String opener(Kind end) {
        return end.text().startsWith("END_") ? end.text().substring(4) : end.text();
    }

    /// After a mistake in the statement that began at `start`: goes behind its `;`, or to where it must be
    /// over.
    void skipStatement(int start) {
        int here = cursor.position();
        int depth = 0;
        for (cursor.back(start); cursor.position() < here; cursor.next()) {
            depth += step();
        }
        while (!cursor.at(Kind.SEMICOLON) && !Cursor.isAnchor(cursor.kind())) {
            if (cursor.position() > start && depth <= 0 && beginsStatement()) {
                cursor.found();
                return;
            }
            Kind kind = cursor.kind();
            depth += step();
            cursor.next();
            if (kind == Kind.THEN || kind == Kind.DO || kind == Kind.OF) {
                if (kind == Kind.DO) {
                    forgive(Kind.END_FOR);
                    forgive(Kind.END_WHILE);
                } else {
                    forgive(kind == Kind.THEN ? Kind.END_IF : Kind.END_CASE);
                }
                cursor.found();
                return;
            }
        }
        cursor.accept(Kind.SEMICOLON);
        cursor.found();
    }

    private int step() {
        return switch (cursor.kind()) {
            case LEFT_PARENTHESIS, LEFT_BRACKET -> 1;
            case RIGHT_PARENTHESIS, RIGHT_BRACKET -> -1;
            default -> 0;
        };
    }

    /// Whether a line begins here that looks like an assignment or a call.
    boolean beginsStatement() {
        return cursor.atName()
                && cursor.isFirstOnLine(0)
                && switch (cursor.kind(1)) {
                    case ASSIGN, LEFT_PARENTHESIS, POINT, LEFT_BRACKET, CARET -> true;
                    default -> false;
                };
    }

    /// THEN, DO or OF behind a condition.
    void head(Kind kind, String owner) {
        boolean lost = cursor.isLost();
        boolean there = lost ? cursor.accept(kind) : cursor.expectWord(kind, " of " + owner);
        if (!there) {
            int here = cursor.position();
            while (!cursor.at(kind)
                    && !cursor.at(Kind.SEMICOLON)
                    && !Cursor.isAnchor(cursor.kind())
                    && !(cursor.position() > here && beginsStatement())) {
                cursor.next();
            }
            if (!cursor.accept(kind)) {
                if (lost || !cursor.atName() && cursor.position() > here && !beginsAt(here)) {
                    cursor.accept(Kind.SEMICOLON);
                } else {
                    cursor.back(here);
                }
            }
        }
        cursor.found();
    }

    private boolean beginsAt(int position) {
        int here = cursor.position();
        cursor.back(position);
        boolean begins = cursor.atName() || Cursor.isAnchor(cursor.kind());
        cursor.back(here);
        return begins;
    }

    /// The colon behind a label or the name of a step.
    boolean tightColon() {
        if (cursor.at(Kind.COLON)) {
            cursor.mark(Tokens.Mark.TIGHT);
        }
        return cursor.accept(Kind.COLON);
    }
}
