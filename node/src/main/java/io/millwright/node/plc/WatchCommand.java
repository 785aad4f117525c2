package io.millwright.node.plc;

import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `mw plc watch`: shows variables as they change.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description =
                "Show variables as they change. Of an instance, a structure or an array everything in it is shown.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc watch levels.Level1 levels.Pump1",
            "  mw plc watch levels --every 1s",
            "  mw plc watch levels.Level1 --count 100 --json"
        })
final class WatchCommand implements Callable<Integer> {
    private static final String DATA = "data: ";

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final NodeArgument node = new NodeArgument();

    @Parameters(arity = "1..*", paramLabel = "VARIABLE", description = "Paths of variables.")
    private List<String> paths = List.of();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "100ms",
            description = "How often at most, such as 100ms, 1s (default ${DEFAULT-VALUE}).")
    private Duration every = Duration.ZERO;

    @Option(names = "--count", paramLabel = "N", description = "End after so many changes.")
    private Optional<Integer> count = Optional.empty();

    @Override
    public Integer call() throws IOException {
        try (var client = node.open()) {
            for (String path : paths) {
                if (client.get("plc/variables?under=" + encoded(path)).isEmpty()) {
                    throw new UsageError(
                            "there is no variable " + path + "; `mw plc watch PROGRAM` shows all of a program");
                }
            }
            String query = paths.stream().map(p -> "under=" + encoded(p)).collect(Collectors.joining("&"));
            try (var events = new BufferedReader(new InputStreamReader(
                    client.stream("plc/stream?every=" + every.toMillis() + "&" + query), StandardCharsets.UTF_8))) {
                show(events);
            }
            return ExitStatus.OK;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void show(BufferedReader events) throws IOException {
        int left = count.orElse(Integer.MAX_VALUE);
        String line = events.readLine();
        while (line != null && left > 0) {
            if (line.startsWith(DATA)) {
                JsonNode change = JsonMapper.shared().readTree(line.substring(DATA.length()));
                Map<String, String> values = new TreeMap<>();
                change.path("values")
                        .properties()
                        .forEach(e -> values.put(e.getKey(), e.getValue().asString()));
                if (!values.isEmpty()) {
                    output.jsonLine(change);
                    output.text("%12.3f  %s".formatted(change.path("millis").asDouble() / 1000, joined(values)));
                    left--;
                }
            }
            line = left > 0 ? events.readLine() : null;
        }
    }

    private static String joined(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining("  "));
    }
}
