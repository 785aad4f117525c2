package io.millwright.plc;

import io.millwright.iec61131.Session;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compiles a project again and again as it is edited. What an edit left alone is not looked at again, and is
/// the same in the next program, so that its code can be shared. One thread at a time.
public final class ProjectSession {
    private final Session session;
    private final Map<String, String> texts = new HashMap<>();

    public ProjectSession(Dialect dialect) {
        this.session = new Session(dialect);
    }

    /// The program of a project as it is now.
    ///
    /// @throws ProjectError where there are errors: all of them, each with its place
    public Program compile(Project project) throws ProjectError {
        Checked checked = check(project.sources());
        Program program = checked.program();
        if (program == null) {
            List<String> errors = checked.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::toString)
                    .toList();
            throw new ProjectError(String.join("\n", errors));
        }
        return program;
    }

    /// What these texts are, all together, with everything that was found in them.
    public Checked check(List<Source> sources) {
        Set<String> gone = new HashSet<>(session.names());
        for (Source source : sources) {
            gone.remove(source.name());
            if (!source.text().equals(texts.put(source.name(), source.text()))) {
                session.put(source);
            }
        }
        for (String name : gone) {
            session.remove(name);
            texts.remove(name);
        }
        return session.compile();
    }
}
