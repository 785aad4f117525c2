package io.millwright.plc;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.plc.image.Binding;
import java.util.List;

/// What a virtual PLC is to run: texts, tasks, and what variables stand for.
///
/// @param sources Structured Text or PLCopen XML
/// @param tasks where empty, those that the program's CONFIGURATION declares, or else one task for all programs
/// @param bindings variables that stand for signals
public record Project(
        String name, List<Source> sources, Dialect dialect, List<TaskSetting> tasks, List<Binding> bindings) {
    public Project {
        sources = List.copyOf(sources);
        tasks = List.copyOf(tasks);
        bindings = List.copyOf(bindings);
    }

    /// This project with other texts.
    public Project with(List<Source> otherSources) {
        return new Project(name, otherSources, dialect, tasks, bindings);
    }
}
