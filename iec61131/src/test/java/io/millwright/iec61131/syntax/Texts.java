package io.millwright.iec61131.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Texts for tests, and trees in a form that can be compared.
public final class Texts {
    private Texts() {}

    /// A text beside the tests: `filter.st` is usual, `everything.st` uses every part of the language.
    public static String resource(String name) {
        try (InputStream stream = Texts.class.getResourceAsStream("/io/millwright/iec61131/" + name)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The tree of a text without mistakes.
    public static SyntaxTree tree(String text) {
        Diagnostics diagnostics = new Diagnostics();
        SyntaxTree tree = Parser.parse(new Source("test.st", text), Dialect.COMMON, diagnostics);
        assertEquals(List.of(), diagnostics.sorted(), text);
        return tree;
    }

    static List<Diagnostic> mistakes(String text, Dialect dialect) {
        Diagnostics diagnostics = new Diagnostics();
        Parser.parse(new Source("test.st", text), dialect, diagnostics);
        return diagnostics.sorted();
    }

    static List<Diagnostic> mistakes(String text) {
        return mistakes(text, Dialect.COMMON);
    }

    static List<Statement> statements(String text) {
        var unit = (Declaration.Unit)
                tree("PROGRAM p\n" + text + "\nEND_PROGRAM").declarations().getFirst();
        return ((Body.StructuredText) unit.body()).statements();
    }

    static Expression expression(String text) {
        return ((Statement.Assign) statements("x := " + text + ";").getFirst()).value();
    }

    /// A tree without its places.
    public static String shape(Object node) {
        StringBuilder out = new StringBuilder();
        shape(node, out);
        return out.toString();
    }

    private static void shape(Object node, StringBuilder out) {
        switch (node) {
            case null -> out.append("null");
            case Span _, Source _ -> {}
            case Set<?> set -> out.append(new TreeSet<>(set));
            case List<?> list -> list.forEach(one -> shape(one, out.append(' ')));
            case Record node2 -> {
                out.append(node2.getClass().getSimpleName()).append('(');
                for (RecordComponent component : node2.getClass().getRecordComponents()) {
                    try {
                        shape(component.getAccessor().invoke(node2), out.append(' '));
                    } catch (ReflectiveOperationException e) {
                        throw new AssertionError(e);
                    }
                }
                out.append(')');
            }
            default -> out.append(node);
        }
    }
}
