package io.millwright.certificate.ports;

import io.millwright.certificate.Fraction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The least of straight lines, for times from zero on: what may come within a span, for instance.
///
/// @param lines those that are the least somewhere, the steepest first; at least one
record Concave(List<Line> lines) {

    static final Concave NOTHING = of(Fraction.ZERO, Fraction.ZERO);

    Concave {
        lines = least(lines);
    }

    static Concave of(Fraction base, Fraction rate) {
        return new Concave(List.of(new Line(base, rate)));
    }

    private static List<Line> least(List<Line> lines) {
        var kept = new ArrayList<Line>();
        var steepestFirst = Comparator.comparing(Line::rate)
                .reversed()
                .thenComparing(Comparator.comparing(Line::base).reversed());
        for (var line : lines.stream().sorted(steepestFirst).toList()) {
            while (!kept.isEmpty() && isNeverLeast(kept, line)) {
                kept.removeLast();
            }
            kept.add(line);
        }
        return List.copyOf(kept);
    }

    /// Whether the last of lines is nowhere the least before a flatter line is.
    private static boolean isNeverLeast(List<Line> lines, Line next) {
        var last = lines.getLast();
        if (last.rate().equals(next.rate())) {
            return true;
        }
        var from =
                lines.size() == 1 ? Fraction.ZERO : lines.get(lines.size() - 2).meets(last);
        return last.meets(next).compareTo(from) <= 0;
    }

    /// The least of both.
    Concave least(Concave other) {
        return new Concave(Stream.concat(lines.stream(), other.lines.stream()).toList());
    }

    /// The sum: at each time that of the lines that are the least there.
    Concave plus(Concave other) {
        var sums = new ArrayList<Line>();
        int here = 0;
        int there = 0;
        while (here < lines.size() && there < other.lines.size()) {
            sums.add(lines.get(here).plus(other.lines.get(there)));
            int order = isLast(here) || other.isLast(there)
                    ? Boolean.compare(isLast(here), other.isLast(there))
                    : end(here).compareTo(other.end(there));
            here += order <= 0 ? 1 : 0;
            there += order >= 0 ? 1 : 0;
        }
        return new Concave(sums);
    }

    private boolean isLast(int line) {
        return line == lines.size() - 1;
    }

    /// Until when a line is the least.
    private Fraction end(int line) {
        return lines.get(line).meets(lines.get(line + 1));
    }

    Concave times(Fraction factor) {
        return new Concave(lines.stream().map(l -> l.times(factor)).toList());
    }

    Concave raised(Fraction base) {
        return new Concave(
                lines.stream().map(l -> new Line(l.base().plus(base), l.rate())).toList());
    }

    /// What may come within a span and some time more.
    Concave within(Fraction more) {
        return new Concave(
                lines.stream().map(l -> new Line(l.at(more), l.rate())).toList());
    }

    /// The largest value, where there is one.
    Optional<Fraction> peak() {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (!line.rate().isPositive()) {
                return Optional.of(
                        i == 0 ? line.base() : line.at(lines.get(i - 1).meets(line)));
            }
        }
        return Optional.empty();
    }
}
