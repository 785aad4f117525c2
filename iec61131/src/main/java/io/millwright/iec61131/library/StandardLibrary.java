package io.millwright.iec61131.library;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The standard function blocks (6.6.3.5, Tables 43 to 46), and functions with several outputs, which are
/// written in Structured Text themselves.
public final class StandardLibrary {
    private static final String NAME = "standard.st";
    private static final SyntaxTree TREE = parsed();

    private StandardLibrary() {}

    /// Their text, parsed once.
    public static SyntaxTree tree() {
        return TREE;
    }

    /// Whether a place is in it.
    public static boolean contains(Span span) {
        return span.source() == TREE.source();
    }

    private static SyntaxTree parsed() {
        try (InputStream in = StandardLibrary.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + NAME + " is missing");
            }
            var source = new Source(NAME, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            var diagnostics = new Diagnostics();
            SyntaxTree tree = Parser.parse(source, Dialect.COMMON, diagnostics);
            if (diagnostics.hasErrors()) {
                throw new IllegalStateException(
                        NAME + ": " + diagnostics.sorted().getFirst());
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
