package io.millwright.process.plant;

import io.millwright.process.equations.ElectricityMeter;
import io.millwright.process.equations.LoadCurve;
import io.millwright.process.equations.Noise;
import io.millwright.process.serve.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Three electricity meters: of the hall's machines, its light and heat, and the offices. Their loads follow the hour
/// of the day, in UTC.
public final class MeterPanel {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double NOMINAL_VOLTS = 230;

    private final FaultBoard faults;
    private final List<Meter> meters = new ArrayList<>();

    private record Meter(String name, ElectricityMeter meter, LoadCurve load, double powerFactor, List<Point> points) {}

    public MeterPanel(FaultBoard faults, long seed) {
        this.faults = faults;
        add("meter-1", new LoadCurve(18_000, 42_000, 9, 14, 0.05, new Noise(seed)), 0.86, seed + 1);
        add("meter-2", new LoadCurve(6_000, 9_000, 7, 18, 0.03, new Noise(seed + 2)), 0.95, seed + 3);
        add("meter-3", new LoadCurve(1_500, 7_500, 10, 15, 0.08, new Noise(seed + 4)), 0.92, seed + 5);
    }

    private void add(String name, LoadCurve load, double powerFactor, long seed) {
        var points = new ArrayList<Point>();
        points.add(Point.measured("power/active", "kW", "Active power"));
        points.add(Point.measured("power/reactive", "kV.A", "Reactive power"));
        points.add(Point.measured("power/apparent", "kV.A", "Apparent power"));
        points.add(Point.measured("power/factor", "1", "Power factor"));
        for (int phase = 1; phase <= 3; phase++) {
            points.add(Point.measured("phase-" + phase + "/voltage", "V", "Voltage of phase " + phase));
        }
        for (int phase = 1; phase <= 3; phase++) {
            points.add(Point.measured("phase-" + phase + "/current", "A", "Current of phase " + phase));
        }
        points.add(Point.measured("energy/active", "kW.h", "Active energy taken (OBIS 1.8.0)"));
        points.add(Point.measured("energy/reactive", "kV.A.h", "Reactive energy taken (OBIS 3.8.0)"));
        var meter = new ElectricityMeter(NOMINAL_VOLTS, new Noise(seed));
        meters.add(new Meter(name, meter, load, powerFactor, points));
    }

    /// The meters, as devices of an edge node: their points are called as the metrics are, e.g. `power/active`.
    public Map<String, List<Point>> asDevices() {
        var devices = new LinkedHashMap<String, List<Point>>();
        meters.forEach(m -> devices.put(m.name(), m.points()));
        return devices;
    }

    /// Lets time pass.
    public void step(double seconds, long nowNanos) {
        double secondOfDay = nowNanos / NANOS_PER_SECOND % SECONDS_PER_DAY;
        for (int i = 0; i < meters.size(); i++) {
            var meter = meters.get(i);
            boolean phaseOpen = i == 0 && faults.has(Fault.PHASE_LOSS);
            double watts = meter.load().step(secondOfDay, seconds);
            meter.meter().step(watts, meter.powerFactor(), phaseOpen, seconds);
            show(meter, nowNanos);
        }
    }

    private static void show(Meter shown, long nowNanos) {
        var meter = shown.meter();
        double[] values = {
            meter.active() / 1000,
            meter.reactive() / 1000,
            meter.apparent() / 1000,
            meter.powerFactor(),
            meter.volts(1),
            meter.volts(2),
            meter.volts(3),
            meter.amperes(1),
            meter.amperes(2),
            meter.amperes(3),
            meter.activeEnergy() / 1000,
            meter.reactiveEnergy() / 1000
        };
        for (int i = 0; i < values.length; i++) {
            shown.points().get(i).update(values[i], nowNanos);
        }
    }
}
