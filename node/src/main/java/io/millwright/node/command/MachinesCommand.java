package io.millwright.node.command;

import io.millwright.model.Time;
import io.millwright.process.Machines;
import io.millwright.process.MachinesMain;
import io.millwright.process.MachinesSettings;
import io.millwright.process.serve.PortTaken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw machines`: the simulated devices of the demonstration plant, in a process of their own.
@Command(
        name = "machines",
        mixinStandardHelpOptions = true,
        description = {
            "Run the simulated machines of the demonstration plant: tanks on Modbus TCP, a motor-pump on OPC UA,"
                    + " meters on Sparkplug B with a broker.",
            "With --json it prints one line when all of them listen, obeys `quiet` and `produced` on standard"
                    + " input, and ends when its input ends."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mw machines", "  mw machines --any-port --json", "  mw machines --load 10000 --load-every 1s"})
public final class MachinesCommand implements Callable<Integer> {

    @Mixin
    private final Output output = new Output();

    @Option(names = "--data", paramLabel = "DIR", description = "Certificates and the broker's files.")
    private Path folder = DataFolder.usual("machines");

    @Option(names = "--any-port", description = "Take whatever ports are free where none is named.")
    private boolean anyPort;

    @Option(names = "--modbus-port", paramLabel = "PORT", description = "Of the tanks (default: 1502).")
    private @Nullable Integer modbusPort;

    @Option(names = "--opc-ua-port", paramLabel = "PORT", description = "Of the motor-pump (default: 4840).")
    private @Nullable Integer opcUaPort;

    @Option(names = "--broker-port", paramLabel = "PORT", description = "Of the MQTT broker (default: 1883).")
    private @Nullable Integer brokerPort;

    @Option(names = "--ledger", paramLabel = "FILE", description = "Write every value produced to this file.")
    private @Nullable Path ledger;

    @Option(names = "--load", paramLabel = "N", description = "So many further OPC UA nodes change.")
    private int load;

    @Option(
            names = "--load-every",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "1s",
            description = "How often each of them changes (default: ${DEFAULT-VALUE}).")
    private Duration loadEvery = Duration.ofSeconds(1);

    @Option(names = "--broker", paramLabel = "URL", description = "Use this MQTT broker, e.g. mqtt://127.0.0.1:1883.")
    private @Nullable String broker;

    @Option(names = "--primary-host", paramLabel = "ID", description = "The Sparkplug host that the meters wait for.")
    private @Nullable String primaryHost;

    @Option(names = "--seed", paramLabel = "N", description = "Of all noise (default: 2000).")
    private long seed = 2000;

    @Override
    public Integer call() throws Exception {
        try (var _ = DataFolder.claim(folder)) {
            return run(settings());
        }
    }

    @SuppressWarnings("SystemOut")
    private int run(MachinesSettings settings) throws InterruptedException {
        if (output.json()) {
            int status = MachinesMain.run(settings, System.in, System.out, System.err);
            return status == MachinesMain.FAILED ? ExitStatus.USAGE : status;
        }
        new Ending<>(Machines::close, output).await(() -> started(settings), machines -> {
            var at = machines.endpoints();
            output.text("""
                    The simulated machines are running.
                      tanks   modbus-tcp://%s?unit=1
                      pump    %s
                      meters  %s (Sparkplug B, group %s)
                    Ctrl-C ends them.""".formatted(at.modbus(), at.opcUa(), at.mqtt(), Machines.GROUP));
        });
        return ExitStatus.OK;
    }

    private static Machines started(MachinesSettings settings) {
        try {
            return Machines.start(settings, Time.system());
        } catch (PortTaken e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageError(IoReason.of(e));
        }
    }

    private MachinesSettings settings() {
        var usual = MachinesSettings.in(folder);
        try {
            return new MachinesSettings(
                    port(modbusPort, usual.modbusPort()),
                    port(opcUaPort, usual.opcUaPort()),
                    port(brokerPort, usual.brokerPort()),
                    Optional.ofNullable(broker),
                    Optional.ofNullable(primaryHost),
                    folder,
                    Optional.ofNullable(ledger),
                    seed,
                    usual.tick(),
                    load,
                    loadEvery);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    private int port(@Nullable Integer named, int usual) {
        return named != null ? named : anyPort ? 0 : usual;
    }
}
