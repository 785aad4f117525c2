package io.millwright.node.st.lsp;

import io.millwright.iec61131.check.Access;
import io.millwright.iec61131.check.Scope;
import io.millwright.iec61131.check.Symbol;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A text in which something is being written, as it would be with a name there, so that what stands before it
/// is looked at.
///
/// @param start where the name begins
record Unfinished(Analysis analysis, Source source, int start) {
    /// What may be missing behind the name: the end of a statement, nothing as in a call that goes on, the end of
    /// a call, or what makes a label of it.
    private static final List<String> ENDS = List.of("x;", "x", "x);", "x: ;", "x THEN END_IF");

    /// What is first found in the text with one end or another, or null.
    static <T> @Nullable T find(
            Workspace workspace, Source source, int start, int offset, Function<Unfinished, @Nullable T> wanted) {
        String text = source.text();
        for (String end : ENDS) {
            var whole = new Source(source.name(), text.substring(0, start) + end + text.substring(offset));
            T found = wanted.apply(new Unfinished(workspace.analysisWith(Map.of(whole.name(), whole)), whole, start));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// The type of the expression, or the type itself, that ends at a place; null where that is not known.
    @Nullable
    Type typeEnding(int place) {
        int end = blanksBefore(place);
        Type type = switch (end == 0 ? ' ' : source.text().charAt(end - 1)) {
            case '^' -> typeEnding(end - 1);
            case ']' -> typeEnding(opening(end, '[', ']'));
            case ')' -> typeEnding(opening(end, '(', ')'));
            default -> typeOf(ending(end));
        };
        return switch (type == null ? null : type.resolved()) {
            case ReferenceType(var _, var target) when source.text().charAt(end - 1) == '^' -> target;
            case ArrayType array when source.text().charAt(end - 1) == ']' -> array.element();
            case null, default -> type;
        };
    }

    private static @Nullable Type typeOf(@Nullable Object named) {
        return switch (named) {
            case Variable variable -> variable.type();
            case Signature signature
            when signature.result() != null -> signature.result().type();
            case EnumerationType.Named value -> value.type();
            case Type type -> type;
            case null, default -> null;
        };
    }

    /// What the name that ends at a place stands for, or null.
    @Nullable
    Object ending(int place) {
        int end = blanksBefore(place);
        Object found = analysis.endingAt(source.name(), end);
        if (found != null) {
            return found;
        }
        String name = source.text().substring(Completions.wordStart(source.text(), end), end);
        UnitType self = access().self();
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "THIS" -> self;
            case "SUPER" -> self == null ? null : self.base();
            default -> analysis.checked().scope().find(name) instanceof Symbol.OfType(var type, var _) ? type : null;
        };
    }

    private int blanksBefore(int place) {
        int end = place;
        while (end > 0 && Character.isWhitespace(source.text().charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /// Where the bracket opens that closes before `end`.
    private int opening(int end, char open, char close) {
        int at = end;
        int depth = 0;
        do {
            char c = source.text().charAt(--at);
            depth += c == close ? 1 : c == open ? -1 : 0;
        } while (at > 0 && depth > 0);
        return at;
    }

    /// What may be used at the name.
    Access access() {
        return access(analysis, source.name(), start);
    }

    /// What may be used at a place.
    static Access access(Analysis analysis, String source, int offset) {
        Scope scope = analysis.checked().scope();
        boolean inTest = false;
        UnitType self = null;
        for (SyntaxTree tree : analysis.trees(source)) {
            inTest |= tree.tests().stream().anyMatch(t -> contains(t.span(), offset));
            List<Declaration> around = tree.declarations();
            while (!around.isEmpty()) {
                Declaration inside = around.stream()
                        .filter(d -> contains(d.span(), offset))
                        .findFirst()
                        .orElse(null);
                around = List.of();
                if (inside instanceof Declaration.Unit unit
                        && scope.find(unit.name().text()) instanceof Symbol.OfType(UnitType type, var _)) {
                    self = type;
                } else if (inside instanceof Declaration.Namespace namespace) {
                    scope = within(scope, namespace);
                    around = namespace.declarations();
                }
            }
        }
        return new Access(self, scope, inTest);
    }

    private static Scope within(Scope scope, Declaration.Namespace namespace) {
        Scope within = scope;
        for (Name part : namespace.name().parts()) {
            within = within.find(part.text()) instanceof Symbol.OfScope(var _, var inner, var _) ? inner : within;
        }
        return within;
    }

    static boolean contains(Span place, int offset) {
        Span span = place.known();
        return span.start() <= offset && offset <= span.end();
    }
}
