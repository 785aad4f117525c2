package io.millwright.node.plc;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.NodeClient;
import io.millwright.node.command.Output;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
            "  mw plc change examples/tanks --propose --reason \"a slower loop\"",
            "  mw plc change --approve --accept outputs",
            "  mw plc change --back --reason \"level swings\""
        })
final class ChangeCommand implements Callable<Integer> {
    private static final long LOOK_NANOS = 100_000_000;

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

    @Option(
            names = "--difference",
            paramLabel = "X",
            description = "How far an output may be from what the old program would tell, in shadow and on trial"
                    + " (default: any, after consent).")
    private @Nullable Double difference;

    @Option(names = "--propose", description = "Only compare, and keep it for somebody to review and approve.")
    private boolean propose;

    @Option(names = "--approve", description = "Make the change that was proposed.")
    private boolean approve;

    @Option(names = "--back", description = "Withdraw what was proposed; let the program before run again.")
    private boolean back;

    @Option(names = "--owner", paramLabel = "NAME", description = "Who (default: the user of this machine).")
    private String owner = System.getProperty("user.name", "");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who review it and for the audit.")
    private String reason = "";

    @Override
    public Integer call() {
        if (Stream.of(back, approve, path.isPresent()).filter(given -> given).count() != 1) {
            throw new UsageError("name the project with the changed texts, or give --approve or --back");
        }
        try (var client = node.open()) {
            JsonNode view = asked(client);
            output.json(view);
            String state = view.path("state").asString();
            view.path("findings").forEach(f -> output.text(line(f)));
            view.path("atRestart")
                    .forEach(r -> output.text("  !  at the next start of the node, not before: " + r.asString()));
            boolean made = state.equals("swapped") || state.equals("settled");
            output.text(
                    made
                            ? "changed; scans were held up for %.0f us"
                                    .formatted(view.path("pauseMicros").asDouble())
                            : compare ? "compared; nothing is changed" : said(state));
            long skipped = view.path("skipped").asLong();
            if (skipped > 0) {
                output.text(
                        "%d scans were skipped meanwhile; of a large program fewer are where the Java virtual machine"
                                        .formatted(skipped)
                                + " has more memory: docs/how-to/change-a-running-program.md, Large programs");
            }
            return back || made || compare || propose ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private JsonNode asked(NodeClient client) {
        if (back) {
            return client.delete("plc/change?owner=" + encoded(owner) + "&reason=" + encoded(reason));
        }
        if (!approve) {
            return client.put("plc/change", request(path.orElseThrow()));
        }
        JsonNode view = client.put("plc/change/approval", new ChangeDesk.Approval(accept, owner, reason, null));
        while (view.path("state").asString().equals("shadowing")) {
            LockSupport.parkNanos(LOOK_NANOS);
            view = client.get("plc/change");
        }
        return view;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Map<String, Object> request(Path project) {
        Path manifest = Files.isDirectory(project) ? project.resolve(ProjectArgument.MANIFEST) : project;
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
        request.put("difference", difference);
        request.put("compareOnly", compare || propose);
        request.put("keep", !compare);
        request.put("owner", owner);
        request.put("reason", reason);
        if (described) {
            request.put("manifest", PlantFiles.text(manifest));
        }
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
            case "compared" -> "proposed: nothing is changed before somebody says --approve";
            case "withdrawn" -> "withdrawn; nothing was changed";
            case "rolled-back" -> "the program before runs again";
            default -> state;
        };
    }
}
