package io.millwright.process.plant;

import io.millwright.process.serve.Point;
import java.util.ArrayList;
import java.util.List;

/// Signals that do nothing but change, to load a server with: each counts its own changes, so a gap shows.
public final class LoadSignals {

    private final List<Point> points = new ArrayList<>();
    private long changes;

    public LoadSignals(int count) {
        for (int i = 0; i < count; i++) {
            points.add(Point.measured("load.%05d".formatted(i), "1", "Counts its own changes"));
        }
    }

    public List<Point> points() {
        return List.copyOf(points);
    }

    /// Every signal changes once.
    public void step(long nowNanos) {
        changes++;
        for (var point : points) {
            point.update((double) changes, nowNanos);
        }
    }
}
