package io.millwright.process.commissioning;

import io.millwright.model.Quality;
import io.millwright.model.Value;
import io.millwright.process.plant.FaultBoard;
import io.millwright.process.plant.PumpSet;
import io.millwright.process.plant.TankCell;
import io.millwright.process.serve.Point;
import java.util.ArrayList;
import java.util.List;

/// A simulated machine of the demonstration plant in virtual time, seen through the points that its servers
/// offer: those that can be written are inputs, and all are outputs. Its faults are inputs too,
/// `faults.tank-1-leak` and so on.
public final class PointModel implements ProcessModel {

    /// Lets a machine's time pass, as the machines of the demonstration plant do.
    @FunctionalInterface
    private interface Machine {
        void step(double seconds, long nowNanos);
    }

    private final Machine machine;
    private final VirtualTime time;
    private final List<Point> commanded;
    private final List<Point> shown;
    private final List<Port> inputs;
    private final List<Port> outputs;

    private PointModel(Machine machine, VirtualTime time, List<Point> points) {
        this.machine = machine;
        this.time = time;
        shown = points.stream().filter(p -> p.kind() != Point.Kind.TEXT).toList();
        commanded = shown.stream().filter(Point::writable).toList();
        inputs = commanded.stream().map(PointModel::port).toList();
        outputs = shown.stream().map(PointModel::port).toList();
    }

    private static Port port(Point point) {
        return new Port(point.name(), point.unit(), point.range(), point.description());
    }

    /// The four tanks with sensors, noise and the simulated controller; `tank-controller.automatic` = 0 hands
    /// the pumps to whoever sets `feed-pump-1.voltage` and `feed-pump-2.voltage`.
    ///
    /// @param seed of the noise
    public static PointModel tankCell(long seed) {
        var time = new VirtualTime();
        var faults = new FaultBoard(time);
        var cell = new TankCell(faults, seed, time);
        var points = new ArrayList<>(cell.input());
        points.addAll(cell.holding());
        points.addAll(faults.points());
        return new PointModel(cell::step, time, points);
    }

    /// The pump with its motor and bearing.
    ///
    /// @param seed of the noise
    public static PointModel pumpSet(long seed) {
        var time = new VirtualTime();
        var faults = new FaultBoard(time);
        var pump = new PumpSet(faults, seed);
        var points = new ArrayList<>(pump.points());
        points.addAll(faults.points());
        return new PointModel(pump::step, time, points);
    }

    @Override
    public List<Port> inputs() {
        return inputs;
    }

    @Override
    public List<Port> outputs() {
        return outputs;
    }

    @Override
    public void set(int input, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        var point = commanded.get(input);
        double taken = inputs.get(input).nearest(value);
        point.write(point.kind() == Point.Kind.BOOL ? Value.of(taken >= 0.5) : Value.of(taken));
    }

    @Override
    public double get(int output) {
        return switch (shown.get(output).reading().value()) {
            case Value.Bool bool -> bool.value() ? 1 : 0;
            case Value value -> value.asDouble();
        };
    }

    @Override
    public Quality quality(int output) {
        return shown.get(output).reading().quality();
    }

    @Override
    public void step(long nanos) {
        time.advance(nanos);
        machine.step(nanos / 1e9, time.epochNanos());
    }
}
