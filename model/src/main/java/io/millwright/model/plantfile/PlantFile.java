package io.millwright.model.plantfile;

import io.millwright.model.Plant;
import java.util.List;

/// Reads plant files.
public final class PlantFile {

    private PlantFile() {}

    /// What reading leads to: a plant, or everything that is wrong with the file.
    public sealed interface Result {}

    /// A file without mistakes.
    ///
    /// @param plant what it describes
    public record Right(Plant plant) implements Result {}

    /// A file with mistakes.
    ///
    /// @param problems all of them up to a thousand, in the order of the file, at least one; where the text is no
    ///     YAML, the first place where it is none
    public record Wrong(List<Problem> problems) implements Result {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /// Reads a plant file.
    ///
    /// @param text what it holds; at most 64 Mi characters
    /// @param fileName its name in the problems
    /// @param rules what the protocols accept
    public static Result read(String text, String fileName, ProtocolRules rules) {
        String yaml = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return switch (YamlTree.compose(yaml, fileName)) {
            case YamlTree.Result.Malformed(Problem problem) -> new Wrong(List.of(problem));
            case YamlTree.Result.Composed(var root) -> {
                var reader = new PlantReader(fileName, rules);
                Plant plant = PlantShape.PLANT.read(root, root, reader);
                new CrossCheck(reader).run();
                List<Problem> problems = reader.problems();
                yield plant != null && problems.isEmpty() ? new Right(plant) : wrong(problems, fileName);
            }
        };
    }

    private static Wrong wrong(List<Problem> problems, String fileName) {
        if (problems.isEmpty()) {
            throw new IllegalStateException(fileName + " gave neither a plant nor a problem");
        }
        return new Wrong(problems);
    }
}
