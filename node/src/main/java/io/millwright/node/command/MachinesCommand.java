package io.millwright.node.command;

import io.millwright.process.MachinesMain;
import io.millwright.process.MachinesSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mw machines`: the simulated devices of the demonstration plant, until its input ends.
@Command(
        name = "machines",
        mixinStandardHelpOptions = true,
        description = {
            "Run the simulated devices of the demonstration plant.",
            "Prints one line of JSON with their addresses when they listen; ends with its input (Ctrl-D) or Ctrl-C."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mw machines --any-port", "  mw machines --load 10000 --load-every 1000"})
public final class MachinesCommand implements Callable<Integer> {

    @Option(names = "--folder", defaultValue = ".mw/machines", description = "For certificates (${DEFAULT-VALUE}).")
    private Path folder = Path.of(".");

    @Option(names = "--any-port", description = "Listen on free ports instead of 1502, 4840 and 1883.")
    private boolean anyPort;

    @Option(names = "--broker", paramLabel = "URL", description = "Use this MQTT broker, e.g. mqtt://127.0.0.1:1883.")
    private @Nullable String broker;

    @Option(names = "--primary-host", paramLabel = "ID", description = "The Sparkplug host that the meters wait for.")
    private @Nullable String primaryHost;

    @Option(names = "--ledger", paramLabel = "FILE", description = "List every value produced in this file.")
    private @Nullable Path ledger;

    @Option(names = "--seed", defaultValue = "2000", description = "Of all noise (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--load", defaultValue = "0", description = "So many further OPC UA nodes that change.")
    private int load;

    @Option(names = "--load-every", paramLabel = "MS", defaultValue = "1000", description = "How often they change.")
    private long loadEveryMillis;

    @Override
    @SuppressWarnings("SystemOut") // the parent process reads the lines
    public Integer call() {
        return MachinesMain.run(settings(), System.in, System.out, System.err);
    }

    private MachinesSettings settings() {
        var usual = MachinesSettings.in(folder);
        try {
            return new MachinesSettings(
                    anyPort ? 0 : usual.modbusPort(),
                    anyPort ? 0 : usual.opcUaPort(),
                    anyPort ? 0 : usual.brokerPort(),
                    Optional.ofNullable(broker),
                    Optional.ofNullable(primaryHost),
                    folder,
                    Optional.ofNullable(ledger),
                    seed,
                    usual.tick(),
                    load,
                    Duration.ofMillis(loadEveryMillis));
        } catch (IllegalArgumentException e) {
            throw new UsageError(e.getMessage());
        }
    }
}
