package io.millwright.node.plc;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `mw plc change`: changes the program of a running PLC.
@Command(
        name = "change",
        mixinStandardHelpOptions = true,
        header = "Change the program of a running PLC: variables keep their values, outputs go on.",
        description = {
            "The new program is compared with the one that runs, runs in shadow on the same inputs, and takes its place"
                    + " between two scans; if it fails soon after, the old one comes back.",
            "What would be lost is told and needs consent: --accept. The exit status is 1 if the change was not made."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc change examples/tanks --compare",
            "  mw plc change examples/tanks",
            "  mw plc change examples/tanks --accept levels.Loop1 --shadow 500",
            "  mw plc change --back"
        })
final class ChangeCommand implements Callable<Integer> {
    private static final String MANIFEST = "plant.yaml";

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final NodeArgument node = new NodeArgument();

    @Parameters(arity = "0..1", paramLabel = "PROJECT", description = "The folder or file with the changed texts.")
    private Optional<Path> path = Optional.empty();

    @Option(names = "--compare", description = "Only tell the differences.")
    private boolean compare;

    @Option(
            names = "--accept",
            paramLabel = "SUBJECT",
            description = "Consent to what is said of it; * to all; repeatable.")
    private List<String> accept = new ArrayList<>();

    @Option(names = "--shadow", paramLabel = "N", defaultValue = "100", description = "Scans in shadow (default 100).")
    private int shadow;

    @Option(
            names = "--trial",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Scans in which the old program comes back if the new one fails (default 1000).")
    private int trial;

    @Option(names = "--back", description = "Let the program before the last change run again.")
    private boolean back;

    @Override
    public Integer call() {
        if (back == path.isPresent()) {
            throw new UsageError("name the project with the changed texts, or give --back");
        }
        try (var client = node.open()) {
            JsonNode view = back ? client.delete("plc/change") : client.put("plc/change", request(path.orElseThrow()));
            output.json(view);
            String state = view.path("state").asString();
            view.path("findings").forEach(f -> output.text(line(f)));
            output.text(
                    state.equals("swapped")
                            ? "changed; scans were held up for %.0f us"
                                    .formatted(view.path("pauseMicros").asDouble())
                            : back ? "the program before runs again" : said(state));
            return back || state.equals("swapped") || compare ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private Map<String, Object> request(Path project) {
        Path manifest = Files.isDirectory(project) ? project.resolve(MANIFEST) : project;
        boolean described = manifest.toString().matches(".*\\.ya?ml") && Files.isRegularFile(manifest);
        ControlProject changed = described
                ? ControlProject.of(
                                PlantFiles.read(manifest),
                                Optional.ofNullable(manifest.toAbsolutePath().getParent())
                                        .orElse(project))
                        .orElseThrow(() -> new UsageError(manifest + " has no control logic"))
                : ControlProject.ofTexts(project);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put(
                "sources",
                changed.project().sources().stream()
                        .map(s -> new ControlDesk.SourceView(s.name(), s.text()))
                        .toList());
        request.put("accept", accept);
        request.put("shadow", shadow);
        request.put("trial", trial);
        request.put("compareOnly", compare);
        return request;
    }

    private static String line(JsonNode finding) {
        String need = finding.path("need").asString();
        String message = finding.path("message").asString();
        return switch (need) {
            case "consent" ->
                "  ?  " + message + "; say --accept " + finding.path("subject").asString();
            case "refusal" -> "  x  " + message;
            case "warning" -> "  !  " + message;
            default -> "     " + message;
        };
    }

    private static String said(String state) {
        return switch (state) {
            case "waiting" -> "not changed: it needs consent";
            case "refused" -> "not changed";
            default -> state;
        };
    }
}
