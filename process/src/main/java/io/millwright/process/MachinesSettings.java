package io.millwright.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How the demonstration plant's devices run.
///
/// @param modbusPort 0 for any free port; so with the others
/// @param opcUaPort see modbusPort
/// @param brokerPort port of the embedded MQTT broker; not used where `broker` names one
/// @param broker an MQTT broker to use instead, e.g. `mqtt://127.0.0.1:1883`
/// @param primaryHost the Sparkplug host application that the meters wait for; empty to publish at once
/// @param folder for the servers' certificates, trusted clients and the broker's configuration
/// @param ledger a file that is to list every value produced; see [io.millwright.process.serve.Ledger]
/// @param seed of all noise
/// @param tick the step of the simulation; meters and load signals have their own
/// @param loadSignals how many further OPC UA nodes change, `ns=2;s=load.00000` and on, each a ramp
/// @param loadEvery how often each of them changes
public record MachinesSettings(
        int modbusPort,
        int opcUaPort,
        int brokerPort,
        Optional<String> broker,
        Optional<String> primaryHost,
        Path folder,
        Optional<Path> ledger,
        long seed,
        Duration tick,
        int loadSignals,
        Duration loadEvery) {

    /// The most load signals.
    public static final int LOAD_SIGNALS_MAX = 100_000;

    private static final Duration TICK_MIN = Duration.ofMillis(10);

    public MachinesSettings {
        if (loadSignals < 0 || loadSignals > LOAD_SIGNALS_MAX) {
            throw new IllegalArgumentException("0 to " + LOAD_SIGNALS_MAX + " load signals, not " + loadSignals);
        }
        if (tick.compareTo(TICK_MIN) < 0 || loadEvery.compareTo(TICK_MIN) < 0) {
            throw new IllegalArgumentException("machines step every 10ms at the most often");
        }
    }

    /// The usual ports 1502, 4840 and 1883, a step of 100 ms, no ledger, no load.
    public static MachinesSettings in(Path folder) {
        return new MachinesSettings(
                1502,
                4840,
                1883,
                Optional.empty(),
                Optional.empty(),
                folder,
                Optional.empty(),
                2000,
                Duration.ofMillis(100),
                0,
                Duration.ofSeconds(1));
    }

    /// The same on whatever ports are free.
    public MachinesSettings onAnyPort() {
        return new MachinesSettings(0, 0, 0, broker, primaryHost, folder, ledger, seed, tick, loadSignals, loadEvery);
    }

    /// The same with a ledger.
    public MachinesSettings withLedger(Path file) {
        return new MachinesSettings(
                modbusPort,
                opcUaPort,
                brokerPort,
                broker,
                primaryHost,
                folder,
                Optional.of(file),
                seed,
                tick,
                loadSignals,
                loadEvery);
    }

    /// The same with load.
    public MachinesSettings withLoad(int signals, Duration every) {
        return new MachinesSettings(
                modbusPort, opcUaPort, brokerPort, broker, primaryHost, folder, ledger, seed, tick, signals, every);
    }
}
