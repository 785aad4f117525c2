package io.millwright.node.plc;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.Output;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Lets the PLC of a running node run or stop.
abstract sealed class ModeCommand implements Callable<Integer> {
    private final String mode;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final NodeArgument node = new NodeArgument();

    private ModeCommand(String mode) {
        this.mode = mode;
    }

    /// `mw plc start`
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Let the PLC run, also after a fault. Variables keep their values.",
            footerHeading = "%nExamples:%n",
            footer = "  mw plc start")
    static final class Start extends ModeCommand {
        Start() {
            super("running");
        }
    }

    /// `mw plc stop`
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Stop the PLC: no more scans, outputs take their safe values.",
            footerHeading = "%nExamples:%n",
            footer = "  mw plc stop")
    static final class Stop extends ModeCommand {
        Stop() {
            super("stopped");
        }
    }

    @Override
    public Integer call() {
        try (var client = node.open()) {
            JsonNode answer = client.put("plc/mode", Map.of("mode", mode));
            output.json(answer);
            output.text(answer.path("mode").asString());
            return ExitStatus.OK;
        }
    }
}
