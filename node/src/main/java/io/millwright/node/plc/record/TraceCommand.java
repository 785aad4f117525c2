package io.millwright.node.plc.record;

import io.millwright.model.text.Durations;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.NodeClient;
import io.millwright.node.command.Output;
import io.millwright.node.command.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `mw plc trace`: variables after every scan, with a trigger.
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        header = "Take variables of a running PLC after every scan of their task, like an oscilloscope.",
        description = {
            "The trigger is a comparison (X > 1, State = DONE), X rises 1, X falls 1 or X changes; of a truth value"
                    + " also X, NOT X, X rises and X falls. Without one the trace begins at once.",
            "Where the PLC stops or pauses meanwhile, it has what was taken so far.",
            "The exit status is 1 if the trigger did not fire within --within."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc trace levels.Level1 levels.Pump1 --for 5s --csv > pump.csv",
            "  mw plc trace levels.Level1 --trigger 'levels.Level1 rises 15' --pre 100 --for 2s",
            "  mw plc trace levels --for 100ms --json"
        })
public final class TraceCommand implements Callable<Integer> {
    /// Who waits for longer is told so.
    private static final long WORD_NANOS = 2_000_000_000;
    private static final long LOOK_MILLIS = 50;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final NodeArgument node = new NodeArgument();

    @Parameters(arity = "1..*", paramLabel = "VAR", description = "Paths of numbers and truth values.")
    private List<String> paths = List.of();

    @Option(names = "--trigger", paramLabel = "CONDITION", description = "When it begins.")
    private String trigger = "";

    @Option(
            names = "--pre",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many scans before the trigger are shown as well (default ${DEFAULT-VALUE}).")
    private int pre;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "1s",
            description = "How long from the trigger on, such as 500ms, 2s, 1min (default ${DEFAULT-VALUE}).")
    private Duration life = Duration.ZERO;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "1h",
            description = "How long to wait for the trigger (default ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ZERO;

    @Option(names = "--csv", description = "Write CSV: scan, milliseconds since the PLC was started, values.")
    private boolean csv;

    @Override
    public Integer call() throws InterruptedException {
        try (var client = node.open()) {
            var request = new TraceDesk.TraceRequest(paths, trigger, pre, life.toNanos() / 1e9);
            JsonNode view = client.post("plc/traces", request);
            String place = "plc/traces/" + view.path("id").asString();
            try {
                show(taken(client, place));
                return ExitStatus.OK;
            } finally {
                client.delete(place);
            }
        }
    }

    private JsonNode taken(NodeClient client, String place) throws InterruptedException {
        long waited = System.nanoTime();
        boolean told = trigger.isEmpty();
        while (true) {
            JsonNode view = client.get(place);
            if (!told && System.nanoTime() - waited > WORD_NANOS) {
                told = true;
                output.progress("waiting for %s, at most %s (--within); Ctrl-C gives up"
                        .formatted(trigger, Durations.format(patience)));
            }
            switch (view.path("state").asString()) {
                case "ready" -> {
                    return view;
                }
                case "waiting" -> {
                    if (System.nanoTime() - waited > patience.toNanos() + life.toNanos()) {
                        throw new FailedError(
                                trigger.isEmpty()
                                        ? "there are no scans: is the PLC running? `mw plc status` tells"
                                        : "the trigger did not fire: " + trigger);
                    }
                }
                default -> {}
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void show(JsonNode view) {
        output.json(view);
        JsonNode trace = view.path("trace");
        List<String> names = new ArrayList<>(trace.path("values").propertyNames());
        int length = trace.path("scans").size();
        int fired = trace.path("trigger").asInt();
        output.text(
                csv
                        ? "scan,millis,"
                                + names.stream().map(TraceCommand::quoted).collect(Collectors.joining(","))
                        : "%12s %14s  ".formatted("scan", "ms") + String.join("  ", names));
        for (int i = 0; i < length; i++) {
            long scan = trace.path("scans").get(i).asLong();
            double millis = trace.path("millis").get(i).asDouble();
            int place = i;
            List<String> values = names.stream()
                    .map(n -> trace.path("values").path(n).get(place))
                    .map(v -> v.isNull() ? "" : number(v.asDouble()))
                    .toList();
            if (csv) {
                output.text(scan + "," + millis + "," + String.join(",", values));
            } else {
                String mark = i == fired && !trigger.isEmpty() ? ">" : " ";
                output.text("%s%11d %14.3f  ".formatted(mark, scan, millis) + columns(names, values));
            }
        }
    }

    /// As RFC 4180 has it: the paths of elements such as `grid[1,2]` have commas.
    private static String quoted(String name) {
        return name.indexOf(',') < 0 ? name : '"' + name + '"';
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String columns(List<String> names, List<String> values) {
        var line = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            line.append(("%-" + (names.get(i).length() + 2) + "s").formatted(values.get(i)));
        }
        return line.toString().stripTrailing();
    }
}
