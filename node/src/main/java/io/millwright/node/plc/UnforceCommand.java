package io.millwright.node.plc;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `mw plc unforce`: lets the program change variables again.
@Command(
        name = "unforce",
        mixinStandardHelpOptions = true,
        description = "Release forced variables. The exit status is 1 if one of them was not forced.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw plc unforce levels.Pump1", "  mw plc unforce --all"})
final class UnforceCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final NodeArgument node = new NodeArgument();

    @Parameters(arity = "0..*", paramLabel = "VARIABLE", description = "Which.")
    private List<String> paths = List.of();

    @Option(names = "--all", description = "Everything that is forced.")
    private boolean all;

    @Option(names = "--owner", paramLabel = "NAME", description = "Who (default: the user of this machine).")
    private String owner = System.getProperty("user.name", "");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private String reason = "";

    @Override
    public Integer call() {
        if (all == !paths.isEmpty()) {
            throw new UsageError("name the variables to release, or give --all");
        }
        try (var client = node.open()) {
            List<String> wanted = new ArrayList<>(paths);
            if (all) {
                client.get("plc/forces").forEach(f -> wanted.add(f.path("path").asString()));
            }
            boolean each = true;
            for (String path : wanted) {
                JsonNode answer = client.delete(
                        "plc/forces/" + encoded(path) + "?owner=" + encoded(owner) + "&reason=" + encoded(reason));
                boolean released = answer.path("released").asBoolean();
                output.jsonLine(answer);
                output.text(path + (released ? " released" : " was not forced"));
                each &= released;
            }
            return each ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
