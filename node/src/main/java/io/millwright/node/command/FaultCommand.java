package io.millwright.node.command;

import io.millwright.model.Connection;
import io.millwright.model.Value;
import io.millwright.process.plant.Fault;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw fault`: lets something go wrong in the demonstration plant. Each fault is a node of its OPC UA server; setting
/// one is a write.
@Command(
        name = "fault",
        mixinStandardHelpOptions = true,
        description = "List, set and clear faults of the simulated devices.",
        subcommands = {FaultCommand.ListCommand.class, FaultCommand.SetCommand.class, FaultCommand.ClearCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  mw fault list", "  mw fault set tank-1-leak 0.1", "  mw fault clear tank-1-leak"})
public final class FaultCommand {

    private FaultCommand() {}

    /// `mw fault list`.
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the faults there are.",
            footerHeading = "%nExamples:%n",
            footer = "  mw fault list --json")
    static final class ListCommand implements Callable<Integer> {
        @Mixin
        private final Output output = new Output();

        @Override
        public Integer call() {
            output.json(
                    Arrays.stream(Fault.values()).map(ListCommand::described).toList());
            for (var fault : Fault.values()) {
                String range = fault.isSwitch() ? "on/off" : "0 to %s %s".formatted(fault.max(), fault.unit());
                output.text("%-22s %-16s %s %s".formatted(fault.text(), range, fault.english(), fault.chinese()));
            }
            return ExitStatus.OK;
        }

        private static Map<String, Object> described(Fault fault) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("name", fault.text());
            entry.put("node", fault.node());
            entry.put("switch", fault.isSwitch());
            entry.put("max", fault.max());
            entry.put("unit", fault.unit());
            entry.put("english", fault.english());
            entry.put("chinese", fault.chinese());
            return entry;
        }
    }

    /// `mw fault set`.
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Let a fault happen.",
            footerHeading = "%nExamples:%n",
            footer = "  mw fault set tank-1-leak 0.1")
    static final class SetCommand implements Callable<Integer> {
        @Mixin
        private final FaultArgument fault = new FaultArgument();

        @Parameters(
                index = "1",
                paramLabel = "SEVERITY",
                arity = "0..1",
                defaultValue = "1",
                description = "How severe, from 0; at most as the fault says (${DEFAULT-VALUE}).")
        private double severity;

        @Override
        public Integer call() {
            return fault.set(severity);
        }
    }

    /// `mw fault clear`.
    @Command(
            name = "clear",
            mixinStandardHelpOptions = true,
            description = "Mend a fault.",
            footerHeading = "%nExamples:%n",
            footer = "  mw fault clear tank-1-leak")
    static final class ClearCommand implements Callable<Integer> {
        @Mixin
        private final FaultArgument fault = new FaultArgument();

        @Override
        public Integer call() {
            return fault.set(0);
        }
    }

    /// Which fault, and where its device is.
    static final class FaultArgument {
        @Mixin
        private final Output output = new Output();

        @Parameters(index = "0", paramLabel = "FAULT", description = "Its name.")
        private String name = "";

        @Option(
                names = "--endpoint",
                paramLabel = "URL",
                defaultValue = "opc.tcp://127.0.0.1:4840",
                description = "The devices' OPC UA server (${DEFAULT-VALUE}).")
        private String endpoint = "";

        int set(double severity) {
            var fault = Fault.of(name)
                    .orElseThrow(() -> new UsageError("there is no fault \"" + name + "\"; there are "
                            + Arrays.stream(Fault.values()).map(Fault::text).collect(Collectors.joining(", "))));
            if (!(severity >= 0 && severity <= fault.max())) {
                throw new UsageError(
                        "%s takes 0 to %s %s, not %s".formatted(name, fault.max(), fault.unit(), severity));
            }
            var connection = new Connection("machines", "opc-ua", endpoint, Map.of("security", "None"));
            var value = fault.isSwitch() ? Value.of(severity > 0) : Value.of(severity);
            String held = DeviceArgument.ask(
                            connection, DataFolder.usual("security"), link -> link.write(fault.node(), value))
                    .value()
                    .toString();
            output.json(Map.of("fault", name, "value", held));
            output.text(name + " is " + held);
            return ExitStatus.OK;
        }
    }
}
