package io.millwright.node.plc;

import io.millwright.model.Plant;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// The project that a command is about.
public final class ProjectArgument {
    /// The manifest of a project.
    static final String MANIFEST = "plant.yaml";

    @Parameters(paramLabel = "PROJECT", description = "The folder or file.")
    private Path path = Path.of("");

    /// A project that was read.
    ///
    /// @param folder in which its plant file or text lies
    public record Read(Plant plant, ControlProject control, Path folder) {}

    /// Reads it.
    ///
    /// @throws UsageError if it is wrong; the message says where and why
    public Read read() {
        if (!Files.exists(path)) {
            throw new UsageError("there is no " + path);
        }
        Path manifest = Files.isDirectory(path) ? path.resolve(MANIFEST) : path;
        boolean described = manifest.toString().matches(".*\\.ya?ml") && Files.isRegularFile(manifest);
        Path folder = Optional.ofNullable(manifest.toAbsolutePath().getParent()).orElse(path);
        if (!described) {
            return new Read(alone(ControlTexts.name(path)), ControlProject.ofTexts(path), folder);
        }
        String text = PlantFiles.text(manifest);
        Plant plant = PlantFiles.of(text, manifest.toString());
        ControlProject control = ControlProject.of(plant, folder)
                .map(c -> c.withManifest(text))
                .orElseThrow(() -> new UsageError(manifest + " has no control logic: add an entry beneath `control:`"));
        return new Read(plant, control, folder);
    }

    /// A plant of control logic alone.
    private static Plant alone(String name) {
        return new Plant(name, "local", List.of(), List.of());
    }
}
