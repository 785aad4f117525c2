package io.millwright.process.fmi;

import java.util.List;
import java.util.Optional;

/// What an FMU's modelDescription.xml says.
///
/// @param version the generation of the standard
/// @param versionText the version as written, e.g. `2.0`, `3.0`
/// @param token what the binary is to recognise its description by: `guid` of FMI 2, `instantiationToken` of
///     FMI 3
/// @param coSimulation empty where it has no co-simulation
/// @param interfaces the interfaces it has, as the standard calls them
/// @param variables in the file's order
public record ModelDescription(
        FmiVersion version,
        String versionText,
        String modelName,
        String description,
        String generationTool,
        String token,
        Optional<Capabilities> coSimulation,
        List<String> interfaces,
        Experiment experiment,
        List<Variable> variables) {

    /// The variable of this name.
    public Optional<Variable> variable(String name) {
        return variables.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    /// The variables of this causality, in the file's order.
    public List<Variable> of(Causality causality) {
        return variables.stream().filter(v -> v.causality() == causality).toList();
    }
}
