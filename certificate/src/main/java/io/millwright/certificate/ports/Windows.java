package io.millwright.certificate.ports;

import io.millwright.certificate.Fraction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Times that come again with a cycle: those in which a gate is open, for instance.
///
/// The time of windows within a span is least, among spans of its length, for one that begins where a window
/// ends or ends where one begins. As a function of the length it has its lower corners where a span does
/// both: a convex curve that is not above those is nowhere above it. A cycle more adds the same to each
/// corner, so those within one cycle and the share of the cycle in windows are enough.
///
/// @param windows those of one cycle, in order, without overlap; at least one
/// @param cycle how long the cycle is
record Windows(List<Window> windows, Fraction cycle) {

    /// @param begin from the beginning of the cycle on
    /// @param length above zero; the last one may go on into the next cycle
    record Window(Fraction begin, Fraction length) {
        Fraction end() {
            return begin.plus(length);
        }
    }

    /// A span from the end of a window to the beginning of one, and the time of windows in it.
    private record Corner(Fraction span, Fraction inside) {}

    Windows {
        windows = List.copyOf(windows);
    }

    /// The time of all windows of a cycle.
    Fraction sum() {
        return windows.stream().map(Window::length).reduce(Fraction.ZERO, Fraction::plus);
    }

    /// The time of windows within a span at least: the largest convex curve that is not above it.
    Convex least() {
        var unit = unit();
        var share = sum().over(cycle);
        var hull = scaled(Fraction.ONE.over(unit)).hull();
        var latest =
                hull.stream().map(c -> c.span().minus(c.inside().over(share))).reduce(Fraction.ZERO, Fraction::most);
        var lines = new ArrayList<Line>();
        lines.add(new Line(Fraction.ZERO.minus(share.times(latest).times(unit)), share));
        for (int i = 1; i < hull.size(); i++) {
            var corner = hull.get(i);
            var slope = slope(hull.get(i - 1), corner);
            if (slope.compareTo(share) < 0) {
                lines.add(new Line(
                        corner.inside().minus(slope.times(corner.span())).times(unit), slope));
            }
        }
        return new Convex(lines);
    }

    /// A time of which all others are whole multiples: whole numbers are computed faster.
    private Fraction unit() {
        var below = windows.stream()
                .flatMap(w -> Stream.of(w.begin(), w.length()))
                .map(Fraction::below)
                .reduce(cycle.below(), (a, b) -> a.divide(a.gcd(b)).multiply(b));
        return new Fraction(BigInteger.ONE, below);
    }

    private Windows scaled(Fraction factor) {
        return new Windows(
                windows.stream()
                        .map(w -> new Window(w.begin().times(factor), w.length().times(factor)))
                        .toList(),
                cycle.times(factor));
    }

    /// The time of windows within a span at the most: all of it but the least of the pauses.
    Concave most() {
        var lines = new ArrayList<Line>();
        lines.add(new Line(Fraction.ZERO, Fraction.ONE));
        var pauses = new ArrayList<Window>();
        for (int i = 0; i < windows.size(); i++) {
            pauses.add(new Window(windows.get(i).end(), pauseAfter(i)));
        }
        if (sum().compareTo(cycle) < 0) {
            new Windows(pauses, cycle)
                    .least()
                    .lines()
                    .forEach(pause -> lines.add(lines.getFirst().minus(pause)));
        }
        return new Concave(lines);
    }

    private Fraction pauseAfter(int window) {
        boolean last = window == windows.size() - 1;
        var next = last
                ? windows.getFirst().begin().plus(cycle)
                : windows.get(window + 1).begin();
        return next.minus(windows.get(window).end());
    }

    /// The corners of the largest convex curve that is not above any.
    private List<Corner> hull() {
        var pauses =
                IntStream.range(0, windows.size()).mapToObj(this::pauseAfter).toList();
        var hull = List.<Corner>of();
        for (int first = 0; first < windows.size(); first++) {
            var corners = new ArrayList<>(hull);
            corners.addAll(corners(first, pauses));
            hull = hull(corners);
        }
        return hull;
    }

    private List<Corner> corners(int first, List<Fraction> pauses) {
        var corners = new ArrayList<Corner>();
        var span = Fraction.ZERO;
        var inside = Fraction.ZERO;
        for (int i = 0; i < windows.size(); i++) {
            int passed = (first + i) % windows.size();
            if (i > 0) {
                span = span.plus(windows.get(passed).length());
                inside = inside.plus(windows.get(passed).length());
            }
            span = span.plus(pauses.get(passed));
            corners.add(new Corner(span, inside));
        }
        return corners;
    }

    private static List<Corner> hull(List<Corner> corners) {
        corners.sort(Comparator.comparing(Corner::span)
                .thenComparing(Comparator.comparing(Corner::inside).reversed()));
        var hull = new ArrayList<Corner>();
        for (var corner : corners) {
            while (!hull.isEmpty() && isAbove(hull, corner)) {
                hull.removeLast();
            }
            hull.add(corner);
        }
        return hull;
    }

    /// Whether the last corner of a hull lies on or above the line from the one before it to the next.
    private static boolean isAbove(List<Corner> hull, Corner next) {
        var last = hull.getLast();
        if (last.span().equals(next.span())) {
            return true;
        }
        // one that is further and has no more inside takes the place of those before it
        return next.inside().compareTo(last.inside()) <= 0
                || hull.size() > 1 && isSteeper(hull.get(hull.size() - 2), last, next);
    }

    private static boolean isSteeper(Corner one, Corner two, Corner three) {
        var first = two.inside().minus(one.inside()).times(three.span().minus(two.span()));
        var second = three.inside().minus(two.inside()).times(two.span().minus(one.span()));
        return first.compareTo(second) >= 0;
    }

    private static Fraction slope(Corner from, Corner to) {
        return to.inside().minus(from.inside()).over(to.span().minus(from.span()));
    }
}
