package io.millwright.node.plc;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `mw plc force`: lets a variable keep a value.
@Command(
        name = "force",
        mixinStandardHelpOptions = true,
        description = {
            "Let a variable keep a value whatever inputs and program say, until its time is over or it is released.",
            "Who forced it and why is shown to everybody and written down in DATA/plc/audit.jsonl."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc force levels.Pump1 2.5 --reason \"testing pump 1\" --for 10min",
            "  mw plc force %%IX0.3 TRUE",
            "  mw plc unforce levels.Pump1"
        })
final class ForceCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final NodeArgument node = new NodeArgument();

    @Parameters(index = "0", paramLabel = "VARIABLE", description = "Its path, e.g. Program.Variable or %%IW4.")
    private String path = "";

    @Parameters(index = "1", paramLabel = "VALUE", description = "The value as a program has it: 5, TRUE, T#20ms.")
    private String value = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who see it.")
    private String reason = "";

    @Option(names = "--owner", paramLabel = "NAME", description = "Who (default: the user of this machine).")
    private String owner = System.getProperty("user.name", "");

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "1h",
            description = "How long, such as 30s, 10min, 2h (default ${DEFAULT-VALUE}).")
    private Duration life = Duration.ZERO;

    @Override
    public Integer call() {
        try (var client = node.open()) {
            var request = new ControlDesk.ForceRequest(path, value, owner, reason, life.toMillis() / 1000.0);
            JsonNode force = client.put("plc/forces", request);
            output.json(force);
            output.text(line(force));
            return ExitStatus.OK;
        }
    }

    /// A forced variable in one line.
    static String line(JsonNode force) {
        String why = force.path("reason").asString();
        return "%s = %s  by %s%s, %.0f s left"
                .formatted(
                        force.path("path").asString(),
                        force.path("value").asString(),
                        force.path("owner").asString(),
                        why.isEmpty() ? "" : " (" + why + ")",
                        force.path("secondsLeft").asDouble());
    }
}
