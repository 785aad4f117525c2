package io.millwright.node.plc;

import io.millwright.model.Plant;
import io.millwright.model.Program;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.node.command.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a changed plant file changes while the plant runs: its control logic and what plans beside it. All else takes
/// effect at the next
/// start, and is said.
///
/// @param plant the running plant with the control logic of the changed file
/// @param atRestart what else the file says otherwise, for people
record PlantChange(Plant plant, List<String> atRestart) {
    private static final int NAMED_MAX = 5;

    /// @throws UsageError if the file is that of another plant, or binds what the running plant does not have
    static PlantChange of(Plant running, Plant wanted) {
        if (!running.name().equals(wanted.name())) {
            throw new UsageError("the plant file is that of " + wanted.name() + ", and this node runs " + running.name()
                    + ": an online change keeps the plant");
        }
        if (wanted.control().isEmpty()) {
            throw new UsageError("the plant file has no control logic any more: to end it, stop the node");
        }
        Map<SignalName, Signal> there = running.signals().collect(Collectors.toMap(Signal::name, Function.identity()));
        for (Program entry : wanted.control()) {
            entry.binds().forEach((variable, signal) -> {
                if (!there.containsKey(signal)) {
                    throw new UsageError("control." + entry.name() + ".binds." + variable + ": the running plant has"
                            + " no signal " + signal + "; a new signal needs a restart of the node");
                }
            });
        }
        return new PlantChange(
                running.withControl(wanted.control(), wanted.predictive()), others(running, wanted, there));
    }

    private static List<String> others(Plant running, Plant wanted, Map<SignalName, Signal> there) {
        List<String> others = new ArrayList<>();
        List<String> signals = wanted.signals()
                .filter(s -> !s.equals(there.get(s.name())))
                .map(s -> s.name().toString())
                .toList();
        if (!signals.isEmpty()) {
            others.add("signals: " + signals.stream().limit(NAMED_MAX).collect(Collectors.joining(", "))
                    + (signals.size() > NAMED_MAX ? " and " + (signals.size() - NAMED_MAX) + " more" : ""));
        } else if (!running.assets().equals(wanted.assets())) {
            others.add("assets");
        }
        part(others, "prefix", running.prefix(), wanted.prefix());
        part(others, "connections", running.connections(), wanted.connections());
        part(others, "recording", running.recording(), wanted.recording());
        part(others, "simulation", running.simulation(), wanted.simulation());
        part(others, "network", running.network(), wanted.network());
        part(others, "compute", running.compute(), wanted.compute());
        part(others, "apps", running.apps(), wanted.apps());
        part(others, "security", running.zones(), wanted.zones());
        return others;
    }

    private static void part(List<String> others, String name, Object before, Object now) {
        if (!before.equals(now)) {
            others.add(name);
        }
    }
}
