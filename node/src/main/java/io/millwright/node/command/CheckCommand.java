package io.millwright.node.command;

import io.millwright.model.Plant;
import io.millwright.model.plantfile.Excerpt;
import io.millwright.model.plantfile.PlantFile;
import io.millwright.model.plantfile.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mw check`: tells every mistake of a plant file.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check a plant file: every mistake with its place and what would be right.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw check plant.yaml", "  mw check plant.yaml --json"})
public final class CheckCommand implements Callable<Integer> {

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "PLANT", description = "The plant file.")
    private Path file = Path.of("plant.yaml");

    /// The report for `--json`.
    record Report(boolean valid, List<Mistake> problems) {}

    record Mistake(
            String file,
            int line,
            int column,
            String message,
            @org.jspecify.annotations.Nullable String suggestion) {
        static Mistake of(Problem problem) {
            return new Mistake(
                    problem.file(),
                    problem.line(),
                    problem.column(),
                    problem.message(),
                    problem.suggestion().orElse(null));
        }
    }

    @Override
    public Integer call() {
        var text = PlantFiles.text(file);
        return switch (PlantFile.read(text, file.toString(), PlantFiles.RULES)) {
            case PlantFile.Right(var plant) -> right(plant);
            case PlantFile.Wrong(var problems) -> wrong(problems, text);
        };
    }

    private int right(Plant plant) {
        output.text("%s is right: plant %s with %d assets, %d signals, %d connections."
                .formatted(
                        file,
                        plant.name(),
                        plant.assets().size(),
                        plant.signals().count(),
                        plant.connections().size()));
        output.json(new Report(true, List.of()));
        return ExitStatus.OK;
    }

    private int wrong(List<Problem> problems, String text) {
        output.text(Excerpt.of(problems, text, output.colour())
                + "%d %s.".formatted(problems.size(), problems.size() == 1 ? "mistake" : "mistakes"));
        output.json(new Report(false, problems.stream().map(Mistake::of).toList()));
        return ExitStatus.FAILED;
    }
}
