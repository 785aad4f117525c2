package io.millwright.node.plc;

import io.millwright.model.SignalName;
import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import io.millwright.plc.image.OutputPoint;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.standby.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The outputs of the program that runs, on their way to the devices: a thread for each connection. Those that
/// an online change adds get threads of their own.
final class Outputs {
    private final SignalTable signals;
    private final Function<SignalName, String> connections;
    private final OutputWriter.Device device;
    private final Lease lease;
    private final Runnable hurry;
    private final List<OutputWriter> writers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /// @param connections which connection a signal is written through
    /// @param device writes outputs
    /// @param lease while which they are written
    /// @param hurry lets the thread that calls be on time
    Outputs(
            SignalTable signals,
            Function<SignalName, String> connections,
            OutputWriter.Device device,
            Lease lease,
            Runnable hurry) {
        this.signals = signals;
        this.connections = connections;
        this.device = device;
        this.lease = lease;
        this.hurry = hurry;
    }

    /// Serves the outputs of a program that are not served yet.
    synchronized void serve(Loaded loaded) {
        Set<SignalName> known = all().stream().map(OutputWriter.Output::signal).collect(Collectors.toSet());
        Map<String, List<OutputWriter.Output>> byConnection = new LinkedHashMap<>();
        for (OutputPoint output : loaded.outputs()) {
            SignalName signal = output.binding().signal();
            if (known.add(signal)) {
                byConnection
                        .computeIfAbsent(connections.apply(signal), _ -> new ArrayList<>())
                        .add(new OutputWriter.Output(signal, signals.output(signal), device.isState(signal)));
            }
        }
        byConnection.forEach((connection, outputs) -> {
            var writer = new OutputWriter(outputs, device, lease);
            writers.add(writer);
            // Of the system, not virtual: those share threads which are not on time.
            threads.add(Thread.ofPlatform()
                    .name("outputs of " + connection)
                    .daemon()
                    .start(() -> {
                        hurry.run();
                        writer.run();
                    }));
        });
    }

    /// While it holds, outputs are written.
    Lease lease() {
        return lease;
    }

    /// Lets the code be there that the first write needs.
    void rehearse() {
        device.rehearse();
    }

    /// Lets them be written at once, as they may be again.
    void wake() {
        threads.forEach(LockSupport::unpark);
    }

    /// The first output that was written in an epoch, where one was.
    Optional<OutputWriter.First> first(long epoch) {
        return writers.stream()
                .map(OutputWriter::first)
                .filter(f -> f.epoch() == epoch)
                .min(Comparator.comparingLong(OutputWriter.First::writtenNanos));
    }

    /// An output as it is now.
    ///
    /// @param failure why the device does not take it; [Told#NOTHING] while it does
    record State(SignalName signal, Told failure) {}

    List<State> states() {
        return all().stream()
                .map(o -> new State(o.signal(), Objects.requireNonNullElse(o.failure(), Told.NOTHING)))
                .toList();
    }

    private List<OutputWriter.Output> all() {
        return writers.stream().flatMap(w -> w.outputs().stream()).toList();
    }

    /// Ends when the newest values are written, or are not taken.
    synchronized void close(Duration patience) throws InterruptedException {
        writers.forEach(OutputWriter::close);
        for (Thread thread : threads) {
            thread.join(patience);
        }
    }
}
