package io.millwright.node.st.lsp;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.Tokens;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What is being written at a place, as the tokens before it tell. Where an expression ends that it belongs to
/// is told as an offset.
sealed interface Writing {
    /// A member or a value of what ends before a dot or `#`.
    record Member(int end) implements Writing {}

    /// A value that what ends there is given, or compared with.
    record Beside(int end) implements Writing {}

    /// A label of the CASE whose selector ends there, or a statement behind the last one.
    record Label(int end) implements Writing {}

    /// An argument of a call of what ends there.
    ///
    /// @param number how many are before it
    /// @param name its own one, in capitals, or the empty text
    /// @param given the names of those before it that have one, in capitals
    /// @param before where the argument before it ends
    record Argument(int end, int number, String name, Set<String> given, int before) implements Writing {}

    /// What a test mocks: a function, or an instance.
    record Mocked(boolean function) implements Writing {}

    /// Anything else.
    record Other() implements Writing {}

    /// @param start where the word begins that is being written
    static Writing at(Source source, int start) {
        var before = new Source(source.name(), source.text().substring(0, start));
        return new Before(Parser.tokens(before, Dialect.COMMON, new Diagnostics())).writing();
    }

    /// The argument that a place lies in, of whatever it is a part; else `Other`.
    static Writing argument(Source source, int offset) {
        var before = new Source(source.name(), source.text().substring(0, offset));
        var tokens = new Before(Parser.tokens(before, Dialect.COMMON, new Diagnostics()));
        return tokens.argument(tokens.last());
    }

    /// The tokens before the place; comments are passed by.
    final class Before {
        private final Tokens tokens;

        private Before(Tokens tokens) {
            this.tokens = tokens;
        }

        private int last() {
            return previous(tokens.count() - 1);
        }

        /// The token before one, or -1.
        private int previous(int index) {
            int at = index - 1;
            while (at >= 0 && (tokens.kind(at) == Kind.COMMENT || tokens.kind(at) == Kind.PRAGMA)) {
                at--;
            }
            return at;
        }

        private Kind kind(int index) {
            return index < 0 ? Kind.END_OF_TEXT : tokens.kind(index);
        }

        private int endBefore(int index) {
            int before = previous(index);
            return before < 0 ? 0 : tokens.end(before);
        }

        private Writing writing() {
            int last = last();
            return switch (kind(last)) {
                case POINT, HASH -> new Member(tokens.start(last));
                case TYPE_PREFIX -> new Member(tokens.end(last) - 1);
                case ASSIGN, EQUAL, NOT_EQUAL, RETURNS -> new Beside(endBefore(last));
                case MOCK -> new Mocked(false);
                case MOCK_FUNCTION -> new Mocked(true);
                case LEFT_PARENTHESIS -> argument(last);
                case COMMA -> argument(last) instanceof Argument argument ? argument : label(last);
                case OF, SEMICOLON, RANGE -> label(last);
                default -> kind(last).isEnd() ? label(last) : new Other();
            };
        }

        private Writing argument(int last) {
            Set<String> given = new HashSet<>();
            String name = "";
            int number = 0;
            int before = 0;
            int depth = 0;
            for (int at = last; at >= 0; at = previous(at)) {
                switch (kind(at)) {
                    case RIGHT_PARENTHESIS, RIGHT_BRACKET -> depth++;
                    case LEFT_PARENTHESIS, LEFT_BRACKET -> {
                        if (depth-- == 0) {
                            boolean call = kind(at) == Kind.LEFT_PARENTHESIS && isCallable(previous(at));
                            return call ? new Argument(endBefore(at), number, name, given, before) : new Other();
                        }
                    }
                    case COMMA -> {
                        before = depth == 0 && number == 0 ? endBefore(at) : before;
                        number += depth == 0 ? 1 : 0;
                    }
                    case ASSIGN, OUTPUT -> {
                        String named = tokens.text(Math.max(0, previous(at))).toUpperCase(Locale.ROOT);
                        if (depth == 0 && number == 0) {
                            name = named;
                        } else if (depth == 0) {
                            given.add(named);
                        }
                    }
                    case SEMICOLON, THEN, DO, OF, END_VAR -> {
                        return new Other();
                    }
                    default -> {}
                }
            }
            return new Other();
        }

        private boolean isCallable(int at) {
            return at >= 0
                    && (Character.isLetterOrDigit(tokens.text(at).charAt(0))
                            || kind(at) == Kind.NAME
                            || kind(at) == Kind.CARET
                            || kind(at) == Kind.RIGHT_BRACKET);
        }

        /// The CASE around, if no other statement lies between.
        private Writing label(int last) {
            int depth = 0;
            int of = -1;
            for (int at = last; at >= 0; at = previous(at)) {
                switch (kind(at)) {
                    case END_IF, END_FOR, END_WHILE, END_REPEAT, END_CASE -> depth++;
                    case OF -> of = depth == 0 ? at : of;
                    case CASE -> {
                        if (depth-- == 0) {
                            return of < 0 ? new Other() : new Label(endBefore(of));
                        }
                    }
                    case IF, FOR, WHILE, REPEAT -> {
                        if (depth-- == 0) {
                            return new Other();
                        }
                    }
                    case ELSE, VAR, END_VAR, PROGRAM, FUNCTION, FUNCTION_BLOCK -> {
                        if (depth == 0) {
                            return new Other();
                        }
                    }
                    default -> {}
                }
            }
            return new Other();
        }
    }
}
