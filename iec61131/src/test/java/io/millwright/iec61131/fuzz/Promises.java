package io.millwright.iec61131.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.format.Formatter;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.SourceReader;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.xml.Edition10Writer;
import io.millwright.iec61131.xml.PlcOpen;
import io.millwright.iec61131.xml.PlcOpenWriter;
import java.time.Instant;
import java.util.List;

/// What holds of every input, however wrong: there is a program, which starts, or there is an error; every
/// finding has a place and a message; no exception comes out. A text without mistakes has none after it was
/// laid out anew.
final class Promises {
    private Promises() {}

    static Checked hold(byte[] input) {
        return hold(SourceReader.read("fuzzed", input).source());
    }

    static Checked hold(Source source) {
        Checked checked = compile(source, Dialect.COMMON);
        compile(source, Dialect.STANDARD);
        if (checked.program() != null) {
            new JvmBackend(64).start(checked.program());
        }
        var ignored = new Diagnostics();
        if (!PlcOpen.isXml(source)) {
            laidOut(source);
            SyntaxTree tree = Parser.parse(source, Dialect.COMMON, ignored);
            PlcOpenWriter.write(tree, "fuzzed", Instant.EPOCH, ignored);
            Edition10Writer.write(tree, "fuzzed", Instant.EPOCH, ignored);
        }
        return checked;
    }

    private static Checked compile(Source source, Dialect dialect) {
        Checked checked = Compiler.compile(List.of(source), dialect);
        checked.diagnostics().forEach(d -> told(d, source));
        assertEquals(
                checked.program() == null, checked.diagnostics().stream().anyMatch(Diagnostic::isError), "no program");
        return checked;
    }

    private static void told(Diagnostic diagnostic, Source source) {
        assertFalse(diagnostic.message().isBlank(), diagnostic.code());
        assertTrue(diagnostic.span().toString().startsWith(source.name() + ":"), diagnostic::toString);
        int line = diagnostic.span().line();
        assertTrue(line >= 1 && line <= source.lines(), diagnostic::message);
        assertTrue(diagnostic.span().column() >= 1, diagnostic::message);
        diagnostic.related().forEach(r -> assertFalse(r.span().toString().isEmpty()));
    }

    private static void laidOut(Source source) {
        String formatted = Formatter.format(source);
        if (mistakes(source) == 0) {
            assertEquals(0, mistakes(new Source("formatted", formatted)), formatted);
            assertEquals(formatted, Formatter.format(new Source("formatted", formatted)));
        }
    }

    private static int mistakes(Source source) {
        var found = new Diagnostics();
        Parser.parse(source, Dialect.COMMON, found);
        return (int) found.sorted().stream().filter(Diagnostic::isError).count();
    }
}
