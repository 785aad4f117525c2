package io.millwright.node.plc;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.Output;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `mw plc status`: what the PLC of a running node is doing.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Show what the PLC is doing, how punctual its tasks are, its inputs and outputs, and what is forced. "
                        + "The exit status is 1 if it is in a fault.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw plc status", "  mw plc status --json --at http://127.0.0.1:8420"})
final class StatusCommand implements Callable<Integer> {
    /// How many of what happened are shown.
    private static final int EVENTS = 5;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final NodeArgument node = new NodeArgument();

    @Override
    public Integer call() {
        try (var client = node.open()) {
            JsonNode status = client.get("plc");
            output.json(status);
            show(status);
            return status.path("mode").asString().equals("fault") ? ExitStatus.FAILED : ExitStatus.OK;
        }
    }

    private void show(JsonNode status) {
        boolean follows = status.path("standby").isObject()
                && !status.path("standby").path("role").asString().equals("master");
        String mode = status.path("mode").asString();
        output.text(status.path("project").asString() + ": " + (follows ? "stands by" : mode));
        if (!status.path("simulated").asString().isEmpty()) {
            output.text("  simulated: " + status.path("simulated").asString());
        }
        output.text("  " + status.path("realTime").asString());
        if (!status.path("retained").asString().isEmpty()) {
            output.text("  " + status.path("retained").asString());
        }
        output.text("  " + recording(status.path("recording")));
        if (!status.path("forced").asString().isEmpty()) {
            output.text("  " + status.path("forced").asString());
        }
        standby(status.path("standby"));
        JsonNode fault = status.path("fault");
        if (fault.isObject()) {
            output.text("  stopped in scan " + fault.path("scan").asLong() + " of task "
                    + fault.path("task").asString() + ": "
                    + fault.path("message").asString());
            fault.path("stack").forEach(line -> output.text("    " + line.asString()));
        }
        output.text("%n%-16s %9s %10s %8s %26s %26s"
                .formatted("task", "every ms", "scans", "skipped", "late us p50/p99/max", "takes us p50/p99/max"));
        for (JsonNode task : status.path("tasks")) {
            output.text("%-16s %9.3f %10d %8d %26s %26s"
                    .formatted(
                            task.path("name").asString(),
                            task.path("everyMillis").asDouble(),
                            task.path("scans").asLong(),
                            task.path("skipped").asLong(),
                            figures(task.path("lateness")),
                            figures(task.path("execution"))));
        }
        sections(status, follows);
    }

    private void sections(JsonNode status, boolean follows) {
        section(
                "inputs",
                status.path("inputs"),
                n -> "%-28s %-28s %s"
                        .formatted(
                                n.path("variable").asString(),
                                n.path("signal").asString(),
                                n.path("quality").asString()));
        section(
                "outputs",
                status.path("outputs"),
                n -> "%-28s %s"
                        .formatted(
                                n.path("signal").asString(),
                                follows
                                        ? "not written by this PLC"
                                        : n.path("failure").asString().isEmpty()
                                                ? "written"
                                                : n.path("failure").asString()));
        section(
                "predictive",
                status.path("predictive"),
                n -> "%-28s %s"
                        .formatted(
                                n.path("name").asString(),
                                n.path("problem").asString().isEmpty()
                                        ? plans(n)
                                        : n.path("problem").asString()));
        section("forced", status.path("forces"), ForceCommand::line);
    }

    private static String plans(JsonNode controller) {
        String now = switch (controller.path("outcome").asString()) {
            case "best" -> "follows the best plan";
            case "shifted" -> "follows the plan before";
            case "held" -> "has no plan: the inputs stay";
            case "no-number" -> "waits: a set point, input or measurement is no number";
            default -> "off";
        };
        return "%s; %d plans, every %.0f ms, the longest took %.1f ms"
                .formatted(
                        now,
                        controller.path("plans").asLong(),
                        controller.path("everyMillis").asDouble(),
                        controller.path("longestMillis").asDouble());
    }

    private static String recording(JsonNode recording) {
        String figures = "%d scans in %.1f MB, %d lost"
                .formatted(
                        recording.path("scans").asLong(),
                        recording.path("bytes").asLong() / 1e6,
                        recording.path("lost").asLong());
        return switch (recording.path("state").asString()) {
            case "recording" -> "recorded: " + figures;
            case "failing" ->
                "not recorded now: " + recording.path("reason").asString() + " (" + figures + "); the scans go on";
            default -> "not recorded";
        };
    }

    private void standby(JsonNode pair) {
        if (!pair.isObject()) {
            return;
        }
        String partner = pair.path("partner").asString();
        boolean ready = pair.path("ready").asBoolean();
        output.text(
                switch (pair.path("role").asString()) {
                    case "master" ->
                        "  writes the outputs, in epoch " + pair.path("epoch").asLong()
                                + (ready ? "; " + partner + " is ready to take over" : "; no standby is ready");
                    case "standby" ->
                        "  stands by for " + partner
                                + (ready ? ", ready to take over" : ", not yet ready to take over");
                    default ->
                        "  waits for " + partner + ": " + pair.path("problem").asString();
                });
        output.text("  both after scan %d; %d behind; the states %s"
                .formatted(
                        pair.path("scan").asLong(),
                        pair.path("lagScans").asLong(),
                        pair.path("agrees").asBoolean() ? "agree" : "DIFFER"));
        pair.path("events")
                .valueStream()
                .limit(EVENTS)
                .forEach(event -> output.text("  %s %s: %s"
                        .formatted(
                                Instant.ofEpochMilli(event.path("epochMillis").asLong()),
                                event.path("kind").asString(),
                                event.path("message").asString())));
    }

    private void section(String title, JsonNode all, java.util.function.Function<JsonNode, String> line) {
        if (!all.isEmpty()) {
            output.text("\n" + title);
            all.forEach(one -> output.text("  " + line.apply(one)));
        }
    }

    private static String figures(JsonNode figures) {
        JsonNode all = figures.path("sinceStart");
        return "%.1f / %.1f / %.1f"
                .formatted(
                        all.path("p50").asDouble(),
                        all.path("p99").asDouble(),
                        all.path("max").asDouble());
    }
}
