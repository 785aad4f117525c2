package io.millwright.network.port;

import io.millwright.network.curve.ConcaveCurve;
import io.millwright.network.curve.ConvexCurve;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.List;

/// Times that come again with a cycle: those in which a gate is open, for instance.
///
/// The least that is sent within any span of time by what sends in windows only is a staircase. It is least in
/// spans that begin where a window ends, or end where one begins. So the staircase has its lower corners where
/// a span does both, and it is enough to look at these (within one cycle, since a cycle more adds the same
/// everywhere). The curve is their lower hull, continued with the rate in the long run.
///
/// @param begins when the windows begin within the cycle, rising; at least one
/// @param lengths how long they last; they do not overlap
record Windows(List<Time> begins, List<Time> lengths, Time cycle) {

    /// A span from the end of a window to the beginning of one, and what is sent within it.
    private record Corner(Time span, Data sent) {}

    Windows {
        begins = List.copyOf(begins);
        lengths = List.copyOf(lengths);
    }

    /// No time but that of windows.
    static Windows always(Time cycle) {
        return new Windows(List.of(Time.ZERO), List.of(cycle), cycle);
    }

    /// The time of all windows of a cycle.
    Time open() {
        return lengths.stream().reduce(Time.ZERO, Time::plus);
    }

    /// The times between.
    private Windows pauses() {
        var ends = new ArrayList<Time>();
        var pauses = new ArrayList<Time>();
        for (int i = 0; i < begins.size(); i++) {
            ends.add(end(i));
            pauses.add(gap(i));
        }
        return new Windows(ends, pauses, cycle);
    }

    private Time end(int i) {
        return begins.get(i).plus(lengths.get(i));
    }

    /// From the end of a window to the beginning of the next.
    private Time gap(int i) {
        int next = (i + 1) % begins.size();
        return begins.get(next).plus(next == 0 ? cycle : Time.ZERO).minus(end(i));
    }

    /// The largest concave curve of what is sent at the most within any span: all but the least of the pauses.
    ConcaveCurve most(Rate rate) {
        var buckets = new ArrayList<TokenBucket>();
        buckets.add(new TokenBucket(Data.ZERO, rate));
        var pauses = pauses();
        if (pauses.open().seconds().isZero()) {
            return new ConcaveCurve(buckets);
        }
        for (var part : pauses.least(rate).parts()) {
            buckets.add(new TokenBucket(part.rate().during(part.latency()), rate.minus(part.rate())));
        }
        return new ConcaveCurve(buckets);
    }

    /// The largest convex curve of what is sent at least within any span.
    ConvexCurve least(Rate rate) {
        var corners = corners(rate);
        var longRun = over(rate.during(open()), cycle);
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

    private List<Corner> corners(Rate rate) {
        int n = begins.size();
        var corners = new ArrayList<Corner>();
        for (int i = 0; i < n; i++) {
            var span = Time.ZERO;
            var open = Time.ZERO;
            for (int k = i; k < i + n; k++) {
                span = span.plus(gap(k % n));
                corners.add(new Corner(span, rate.during(open)));
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
        return over(to.sent().minus(from.sent()), to.span().minus(from.span()));
    }

    private static Rate over(Data data, Time time) {
        return new Rate(data.bits().over(time.seconds()));
    }

    /// Where the line of a rate through a corner is zero.
    private static Time latency(Corner corner, Rate rate) {
        return corner.span().minus(corner.sent().at(rate));
    }
}
