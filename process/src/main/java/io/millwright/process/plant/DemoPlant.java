package io.millwright.process.plant;

import io.millwright.model.Time;
import io.millwright.process.serve.EdgeDevices;
import io.millwright.process.serve.ModbusPointServer.Habit;
import io.millwright.process.serve.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole plant, and the one thread that steps it in real time. Values carry the wall clock's time at the step that
/// made them; the equations see a constant step, also when the machine is late, so a run depends on its seed alone.
public final class DemoPlant implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoPlant.class);
    private static final Duration METER_EVERY = Duration.ofSeconds(1);
    private static final int SECONDS_TO_STOP = 2;

    private final FaultBoard faults;
    private final TankCell tanks;
    private final PumpSet pump;
    private final MeterPanel meters;
    private final LoadSignals load;
    private final Duration tick;
    private final Duration loadEvery;
    private final Time time;
    private final List<EdgeDevices> publishers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("simulation").daemon().factory());

    /// @param loadSignals how many signals do nothing but change
    /// @param loadEvery how often they do
    public DemoPlant(long seed, Duration tick, int loadSignals, Duration loadEvery, Time time) {
        this.tick = tick;
        this.loadEvery = loadEvery;
        this.time = time;
        faults = new FaultBoard(time);
        tanks = new TankCell(faults, seed, time);
        pump = new PumpSet(faults, seed + 100);
        meters = new MeterPanel(faults, seed + 200);
        load = new LoadSignals(loadSignals);
    }

    public TankCell tanks() {
        return tanks;
    }

    public MeterPanel meters() {
        return meters;
    }

    /// The pump set, the faults and the load signals.
    public List<Point> opcUaPoints() {
        var points = new ArrayList<>(pump.points());
        points.addAll(faults.points());
        points.addAll(load.points());
        return points;
    }

    /// Tells the Modbus server how to behave when its faults are set.
    public void reactToModbusFaults(Consumer<Habit> server) {
        for (var fault : List.of(Fault.MODBUS_SILENT, Fault.MODBUS_FAILING)) {
            faults.react(fault, _ -> server.accept(habit()));
        }
    }

    private Habit habit() {
        if (faults.has(Fault.MODBUS_SILENT)) {
            return Habit.SILENT;
        }
        return faults.has(Fault.MODBUS_FAILING) ? Habit.FAILING : Habit.SOUND;
    }

    /// Publishes the meters through this edge node from now on.
    public void publishMeters(EdgeDevices edgeNode) {
        publishers.add(edgeNode);
        faults.react(Fault.METER_2_OFFLINE, severity -> edgeNode.present("meter-2", severity == 0));
    }

    /// Lets the plant live.
    public void run() {
        every(tick, this::step);
        every(METER_EVERY, this::stepMeters);
        if (!load.points().isEmpty()) {
            every(loadEvery, () -> load.step(time.epochNanos()));
        }
    }

    private void every(Duration interval, Runnable step) {
        var _ = thread.scheduleAtFixedRate(guarded(step), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// A step that fails must not end the others: an executor drops a task that threw once.
    private static Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.error("a step of the simulation failed", e);
            }
        };
    }

    private void step() {
        long now = time.epochNanos();
        double seconds = tick.toNanos() / 1e9;
        tanks.step(seconds, now);
        pump.step(seconds, now);
    }

    private void stepMeters() {
        meters.step((double) METER_EVERY.toSeconds(), time.epochNanos());
        publishers.forEach(EdgeDevices::publish);
    }

    /// Stands still for good; returns when the last step is done.
    public void stop() {
        thread.shutdown();
        try {
            boolean ended = thread.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
            LOG.debug("simulation ended: {}", ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
