package io.millwright.node.simulate;

import io.millwright.model.SignalName;
import io.millwright.plc.Loaded;
import io.millwright.plc.image.OutputCell;
import io.millwright.plc.image.OutputPoint;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.Pace;
import io.millwright.plc.pace.VirtualPace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Virtual time in which a simulated plant lives: while the PLC waits for its next scan the models go on, from
/// what its outputs told last to what its inputs find next.
final class SimulatedPace implements Pace {

    private static final class Wire {
        private final SignalName signal;
        private final OutputCell cell;
        private long seen;

        Wire(SignalName signal, OutputCell cell) {
            this.signal = signal;
            this.cell = cell;
        }
    }

    private final VirtualPace time;
    private final SimulatedPlant plant;
    private final SignalTable signals;
    private final List<Wire> wires = new ArrayList<>();
    private volatile boolean waiting = true;
    private final AtomicLong waits = new AtomicLong();

    SimulatedPace(SimulatedPlant plant, SignalTable signals, Loaded loaded) {
        this.time = new VirtualPace(0);
        this.plant = plant;
        this.signals = signals;
        for (OutputPoint output : loaded.outputs()) {
            SignalName signal = output.binding().signal();
            if (plant.isDrivenBy(signal)) {
                wires.add(new Wire(signal, signals.output(signal)));
            }
        }
        plant.begin((signal, value, quality, at) -> signals.input(signal).offer(value, quality, at));
    }

    @Override
    public long nowNanos() {
        return time.nowNanos();
    }

    @Override
    public long epochNanos() {
        return time.epochNanos();
    }

    @Override
    public void await(long dueNanos) {
        if (dueNanos <= time.nowNanos()) {
            return;
        }
        waiting = true;
        for (Wire wire : wires) {
            if (wire.cell.number() != wire.seen) {
                wire.seen = wire.cell.number();
                plant.drive(wire.signal, wire.cell.value().asDouble());
            }
        }
        plant.advanceTo(
                dueNanos, (signal, value, quality, at) -> signals.input(signal).offer(value, quality, at));
        time.await(dueNanos);
        waits.incrementAndGet();
        waiting = false;
    }

    /// Whether the models go on now, rather than a scan.
    boolean isWaiting() {
        return waiting;
    }

    /// How often there was a wait so far. By any thread.
    long waits() {
        return waits.get();
    }

    @Override
    public void wake() {
        // Nobody ever waits.
    }
}
