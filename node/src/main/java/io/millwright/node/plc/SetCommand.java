package io.millwright.node.plc;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `mw plc set`: changes a variable once.
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Change a variable once, between two scans; the program may change it again.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw plc set levels.SetPoint1 14.5", "  mw plc set timer.PT T#2s"})
final class SetCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final NodeArgument node = new NodeArgument();

    @Parameters(index = "0", paramLabel = "VARIABLE", description = "Its path, e.g. Program.Variable.")
    private String path = "";

    @Parameters(index = "1", paramLabel = "VALUE", description = "The value as a program has it: 5, TRUE, T#20ms.")
    private String value = "";

    @Override
    public Integer call() {
        try (var client = node.open()) {
            JsonNode held = client.put("plc/variables", new ControlDesk.WriteRequest(path, value));
            output.json(held);
            output.text(
                    held.path("path").asString() + " = " + held.path("value").asString());
            return ExitStatus.OK;
        }
    }
}
