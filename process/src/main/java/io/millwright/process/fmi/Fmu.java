package io.millwright.process.fmi;

import java.nio.file.Path;
import java.util.List;

/// A functional mock-up unit: a model of a machine or process that another tool exported. The file is read and
/// checked; nothing of it runs before [#instantiate].
///
/// @param file where it lies
/// @param description what it says of itself
/// @param platforms for which machines it has binaries, as its folders are called, e.g. `linux64`
public record Fmu(Path file, ModelDescription description, List<String> platforms) {

    private static final String BINARIES = "binaries/";

    /// Reads a file. It may come from anywhere: sizes and depths are bounded, names that lead out of the
    /// archive and document type definitions are refused.
    ///
    /// @throws FmuError if it is no FMU of version 2.0 or 3.0; the message says where and why
    public static Fmu open(Path file) {
        var archive = Archive.open(file);
        String place = file.getFileName() + ": modelDescription.xml";
        var description = DescriptionReader.read(place, archive.description());
        var platforms = archive.names().stream()
                .filter(n -> n.startsWith(BINARIES) && n.indexOf('/', BINARIES.length()) > 0)
                .map(n -> n.substring(BINARIES.length(), n.indexOf('/', BINARIES.length())))
                .distinct()
                .toList();
        return new Fmu(file, description, platforms);
    }

    /// What messages begin with.
    String name() {
        return String.valueOf(file.getFileName());
    }

    /// Loads the unit's binary for this machine and makes an instance of it. This runs native code of whoever
    /// made the file, with all rights of this process.
    ///
    /// @throws FmuError if it has no co-simulation or no binary for this machine, or cannot be loaded
    public CoSimulation instantiate(InstanceSettings settings) {
        var can = description
                .coSimulation()
                .orElseThrow(() -> new FmuError(name() + ": has no co-simulation, only "
                        + String.join(" and ", description.interfaces()) + "; export it for co-simulation"));
        if (can.needsExecutionTool()) {
            throw new FmuError(name() + ": only drives a tool that must be installed (needsExecutionTool); export it"
                    + " with its solver");
        }
        if (description.variables().stream()
                .anyMatch(v -> v.type() == VariableType.CLOCK && v.causality() == Causality.INPUT)) {
            throw new FmuError(name() + ": has input clocks, which are not driven");
        }
        return CoSimulation.start(this, can, settings);
    }

    /// Unpacks what runs.
    ///
    /// @return the binary
    Path unpack(Path folder) {
        var platform = Platform.here();
        String library = description
                .coSimulation()
                .map(Capabilities::modelIdentifier)
                .map(i -> i + platform.suffix())
                .orElse("");
        var archive = Archive.open(file);
        for (var binaries : platform.folders(description.version())) {
            String name = BINARIES + binaries + "/" + library;
            if (archive.names().contains(name)) {
                archive.unpack(BINARIES + binaries, folder);
                return folder.resolve(name);
            }
        }
        boolean sources = archive.names().stream().anyMatch(n -> n.startsWith("sources/"));
        throw new FmuError("%s: has no binary for %s (binaries/%s/%s); it has %s%s"
                .formatted(
                        name(),
                        platform.name(),
                        platform.folders(description.version()).getFirst(),
                        library,
                        platforms.isEmpty() ? "none" : "binaries for " + String.join(", ", platforms),
                        sources ? ", and sources, which are not compiled here: ask for a binary FMU" : ""));
    }
}
