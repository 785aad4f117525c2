package io.millwright.process.plant;

import io.millwright.model.Quality;
import io.millwright.model.Range;
import io.millwright.model.Reading;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.process.serve.Point;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleConsumer;

/// How severe each [Fault] is now, and the points that set it.
public final class FaultBoard {

    private final Map<Fault, Double> severities = new ConcurrentHashMap<>();
    private final Map<Fault, Point> points = new EnumMap<>(Fault.class);
    private final Map<Fault, DoubleConsumer> reactions = new ConcurrentHashMap<>();
    private final Time time;

    public FaultBoard(Time time) {
        this.time = time;
        for (var fault : Fault.values()) {
            var kind = fault.isSwitch() ? Point.Kind.BOOL : Point.Kind.REAL;
            points.put(
                    fault,
                    Point.commanded(
                            "faults." + fault.text(),
                            fault.unit(),
                            fault.english() + " / " + fault.chinese(),
                            kind,
                            new Range(0, fault.max()),
                            v -> set(fault, v)));
        }
    }

    /// Calls the reaction with the severity whenever the fault is set, and at once if it is there already.
    public void react(Fault fault, DoubleConsumer reaction) {
        reactions.put(fault, reaction);
        if (has(fault)) {
            reaction.accept(severity(fault));
        }
    }

    /// How severe it is, 0 for not at all; a switch is 0 or 1.
    public double severity(Fault fault) {
        return severities.getOrDefault(fault, 0.0);
    }

    /// Whether it is there.
    public boolean has(Fault fault) {
        return severity(fault) > 0;
    }

    /// The points that set the faults.
    public List<Point> points() {
        return new ArrayList<>(points.values());
    }

    private Point point(Fault fault) {
        var point = points.get(fault);
        if (point == null) {
            throw new IllegalStateException("no point for " + fault);
        }
        return point;
    }

    private void set(Fault fault, Value value) {
        double severity = value.asDouble();
        if (severity < 0 || severity > fault.max()) {
            throw new IllegalArgumentException(
                    "faults.%s takes 0 to %s, not %s".formatted(fault.text(), fault.max(), severity));
        }
        severities.put(fault, severity);
        var shown = fault.isSwitch() ? value : Value.of(severity);
        point(fault).update(new Reading(shown, Quality.GOOD, time.epochNanos()));
        reactions.getOrDefault(fault, _ -> {}).accept(severity);
    }
}
