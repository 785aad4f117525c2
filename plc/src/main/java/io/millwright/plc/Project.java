package io.millwright.plc;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.Predictive;
import io.millwright.plc.image.Binding;
import java.util.List;

/// What a virtual PLC is to run: texts, tasks, what variables stand for, and what plans beside the programs.
///
/// @param sources Structured Text or PLCopen XML
/// @param tasks where empty, those that the program's CONFIGURATION declares, or else one task for all programs
/// @param bindings variables that stand for signals
/// @param predictive the predictive controllers beside the programs
public record Project(
        String name,
        List<Source> sources,
        Dialect dialect,
        List<TaskSetting> tasks,
        List<Binding> bindings,
        List<Predictive> predictive) {
    public Project {
        sources = List.copyOf(sources);
        tasks = List.copyOf(tasks);
        bindings = List.copyOf(bindings);
        predictive = List.copyOf(predictive);
    }

    /// A project without predictive controllers.
    public Project(
            String name, List<Source> sources, Dialect dialect, List<TaskSetting> tasks, List<Binding> bindings) {
        this(name, sources, dialect, tasks, bindings, List.of());
    }

    /// This project with other texts.
    public Project with(List<Source> otherSources) {
        return new Project(name, otherSources, dialect, tasks, bindings, predictive);
    }
}
