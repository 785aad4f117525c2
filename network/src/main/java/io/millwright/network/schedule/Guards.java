package io.millwright.network.schedule;

import java.util.Arrays;
import java.util.stream.IntStream;

/// What clocks that are wrong cost in every schedule that the checker accepts, whatever its ways, waits and gates.
///
/// Let every clock be wrong by `e` at most, either way. A frame of the age `a` (by the clock of its talker, since
/// its release `r`) is sent by the clock of a port at some moment from `from` to `to`; its age then is one from
/// `least` to `most`.
///
/// 1. `from ≤ r + most − 2e` and `to ≥ r + least + 2e`. Both clocks may be wrong either way, so this holds of a
///    frame that runs through, with `least = most`. Where a gate opens at `o` and holds it back, `from = o`, and by
///    then the frame may be as old as `o + 2e − r`; and `to ≥ o`, when it may be as young as `o − 2e − r`. So
///    `to − from ≥ 4e − (most − least)`.
/// 2. `most − least` gets no less on the way: a gate that makes the youngest frame older makes it differ by `4e`.
///    At the listener it is part of the jitter, and the oldest frame is in time, the youngest no faster than its
///    way. So it is at most `w = min(jitter, deadline − fastest way)`.
/// 3. No two streams may meet on a link by its clock, whatever clocks show: what lies from `from` until the end of a
///    transmission that begins at `to` is apart. So where `w < 4e`, each frame has a link behind its talker's for
///    itself for `4e − w` more than its transmission.
///
/// What frames of one stream have for themselves may overlap. Where `w < 4e` no gate behind the talker makes the
/// youngest frame older (2): what `most` of one frame is above `least` of another goes into the jitter, too, and is at
/// most `w`. As `from ≥ r + least − 2e`, and releases are periodic but for the lesser of jitter and period, a frame
/// and the one `m` periods later begin at least `m` periods less `w + min(jitter, period)` apart.
final class Guards {

    /// No sync error is too large to be counted.
    static final long ALL = Long.MAX_VALUE;

    private final Problem problem;
    /// By place of a node, four times the least sync error of the links that are connected with it.
    private final long[] apart;
    private final boolean varies;

    Guards(Problem problem) {
        this.problem = problem;
        apart = apart(problem);
        varies = problem.topology().links().stream().anyMatch(Link::varies);
    }

    private static long[] apart(Problem problem) {
        var topology = problem.topology();
        int links = topology.links().size();
        var errors = IntStream.range(0, links)
                .mapToLong(l -> 2 * problem.limits(l).guardNanos())
                .toArray();
        var apart = new long[topology.nodes()];
        if (Arrays.stream(errors).noneMatch(e -> e > 0)) {
            return apart;
        }
        Arrays.fill(apart, Long.MAX_VALUE);
        boolean less = true;
        while (less) {
            less = false;
            for (int link = 0; link < links; link++) {
                int one = topology.origin(link);
                int other = topology.target(link);
                long least = Math.min(errors[link], Math.min(apart[one], apart[other]));
                less |= least < apart[one] || least < apart[other];
                apart[one] = least;
                apart[other] = least;
            }
        }
        return apart;
    }

    /// By how much the ages of a frame differ at least behind a gate that holds it back: `4e`.
    long apartNanos(Stream stream) {
        return apart[problem.topology().place(stream.source())];
    }

    /// By how much they may differ: `w`.
    ///
    /// @param fastest the least delay of its frames when all links take as long as they may
    private long wobble(Stream stream, long fastest) {
        long least = varies ? 0 : fastest;
        return Math.max(0, Math.min(stream.jitterNanos(), stream.deadlineNanos() - least));
    }

    /// How much of each period a stream has a link for itself, on average and at least, in nanoseconds.
    ///
    /// @param fastest the least delay of its frames when all links take as long as they may
    /// @param counted the largest sync error that is, four times
    double share(Stream stream, int link, long fastest, long counted) {
        var at = problem.topology().links().get(link);
        long length = at.transmissionNanos(stream.octets());
        long wobble = wobble(stream, fastest);
        long beside = at.from() == stream.source() ? 0 : Math.min(counted, apartNanos(stream)) - wobble;
        if (beside <= 0) {
            return length;
        }
        long period = stream.periodNanos();
        long whole = length + beside;
        long bunched = wobble + Math.min(stream.jitterNanos(), period);
        long frames = Math.max(1, (whole + bunched) / period);
        double most = Math.max(share(frames, whole, bunched, period), share(frames + 1, whole, bunched, period));
        return Math.max((double) length, most);
    }

    /// Of so many frames one is counted, up to where the next one that is may begin.
    private static double share(long frames, long whole, long bunched, long period) {
        return (double) Math.min(whole, frames * period - bunched) / frames;
    }
}
