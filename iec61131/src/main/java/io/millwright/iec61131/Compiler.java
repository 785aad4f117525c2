package io.millwright.iec61131;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.xml.PlcOpen;
import java.util.List;

/// Turns texts into a program.
///
/// ```java
/// Checked checked = Compiler.compile(List.of(new Source("tank.st", text)), Dialect.COMMON);
/// Machine machine = new JvmBackend().start(checked.program());
/// ```
public final class Compiler {
    private Compiler() {}

    /// Parses and checks all texts of a program together.
    public static Checked compile(List<Source> sources, Dialect dialect) {
        var session = new Session(dialect);
        sources.forEach(session::put);
        return session.compile();
    }

    /// The tree of a text: Structured Text and its sister languages, or a project in XML.
    public static SyntaxTree parse(Source source, Dialect dialect, Diagnostics diagnostics) {
        return PlcOpen.isXml(source)
                ? PlcOpen.parse(source, dialect, diagnostics)
                : Parser.parse(source, dialect, diagnostics);
    }
}
