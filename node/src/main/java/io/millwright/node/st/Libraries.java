package io.millwright.node.st;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.node.command.UsageError;
import io.millwright.plc.library.ControlLibrary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The libraries that a command can compile a program with.
final class Libraries {
    private Libraries() {}

    /// The texts of libraries.
    static List<Source> sources(List<String> names) {
        List<Source> sources = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            if (!name.equals(ControlLibrary.NAME)) {
                throw new UsageError("--library: there is no library " + name + "; there is " + ControlLibrary.NAME);
            }
            sources.addAll(ControlLibrary.sources());
        }
        return sources;
    }

    /// What a finding says, and where a name is not declared, the library that has it.
    static String explained(Diagnostic diagnostic) {
        String name = diagnostic.span().text();
        return ControlLibrary.isLacking(diagnostic)
                ? diagnostic.message() + "; the library " + ControlLibrary.NAME + " has " + name + ": add --library "
                        + ControlLibrary.NAME
                : diagnostic.message();
    }
}
