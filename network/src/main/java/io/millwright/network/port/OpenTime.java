package io.millwright.network.port;

import io.millwright.network.curve.ConvexCurve;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import java.util.ArrayList;
import java.util.List;

/// What a link of some rate sends at least within any span of time, if it sends only in windows that come again
/// with a cycle: the largest convex curve below that staircase.
///
/// The least is sent in spans that begin where a window ends, or end where one begins. So the staircase has its
/// lower corners where a span does both, and it is enough to look at these (within one cycle, since a cycle
/// more adds the same everywhere). The curve is their lower hull, continued with the rate in the long run.
final class OpenTime {

    /// A span from the end of a window to the beginning of one, and what is sent within it.
    private record Corner(Time span, Data sent) {}

    private OpenTime() {}

    /// @param begins when the windows begin within the cycle, rising
    /// @param lengths how long they last; they do not overlap
    static ConvexCurve curve(List<Time> begins, List<Time> lengths, Time cycle, Rate link) {
        var corners = corners(begins, lengths, cycle, link);
        var open = lengths.stream().reduce(Time.ZERO, Time::plus);
        var longRun = rate(link.during(open), cycle);
        var last = corners.getFirst();
        for (var corner : corners) {
            if (latency(last, longRun).isTighterThan(latency(corner, longRun))) {
                last = corner;
            }
        }
        var parts = new ArrayList<RateLatency>();
        parts.add(new RateLatency(longRun, latency(last, longRun)));
        var at = longestGap(corners);
        while (at.span().isTighterThan(last.span())) {
            var next = last;
            for (var corner : corners) {
                if (at.span().isTighterThan(corner.span()) && slope(at, corner).isTighterThan(slope(at, next))) {
                    next = corner;
                }
            }
            parts.add(new RateLatency(slope(at, next), latency(at, slope(at, next))));
            at = next;
        }
        return new ConvexCurve(parts);
    }

    private static List<Corner> corners(List<Time> begins, List<Time> lengths, Time cycle, Rate link) {
        int n = begins.size();
        var corners = new ArrayList<Corner>();
        for (int i = 0; i < n; i++) {
            var span = Time.ZERO;
            var open = Time.ZERO;
            for (int k = i; k < i + n; k++) {
                var end = begins.get(k % n).plus(lengths.get(k % n));
                var next = begins.get((k + 1) % n).plus(k % n == n - 1 ? cycle : Time.ZERO);
                span = span.plus(next.minus(end));
                corners.add(new Corner(span, link.during(open)));
                span = span.plus(lengths.get((k + 1) % n));
                open = open.plus(lengths.get((k + 1) % n));
            }
        }
        return corners;
    }

    private static Corner longestGap(List<Corner> corners) {
        return corners.stream()
                .filter(c -> c.sent().bits().isZero())
                .reduce((a, b) -> a.span().isTighterThan(b.span()) ? b : a)
                .orElseThrow();
    }

    private static Rate slope(Corner from, Corner to) {
        return rate(to.sent().minus(from.sent()), to.span().minus(from.span()));
    }

    private static Rate rate(Data data, Time time) {
        return new Rate(data.bits().over(time.seconds()));
    }

    /// Where the line of a rate through a corner is zero.
    private static Time latency(Corner corner, Rate rate) {
        return corner.span().minus(corner.sent().at(rate));
    }
}
