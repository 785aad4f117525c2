package io.millwright.certificate.schedule;

import java.util.Map;

/// One frame at one port of its way. Moments are those of exact clocks, and of frames that take the least time
/// from port to port; with clocks that are wrong by a bounded error, and frames that take longer, they lie
/// between an earliest and a latest one.
final class Copy implements Replay.Happening {

    final Hop hop;
    /// The period in which it was released.
    final long period;
    /// When it stands in its queue.
    final long arrival;
    /// The latest of that, whatever the clocks show.
    long arrivedLatest;
    /// When it came here, whatever the clocks show; once it is sent, when it was.
    long earliest;

    long latest;
    /// How old it was then, by the clock of its talker.
    long ageLeast;

    long ageMost;

    Copy(Hop hop, long period, long arrival) {
        this.hop = hop;
        this.period = period;
        this.arrival = arrival;
        at(arrival, arrival, 0, 0);
        arrivedLatest = arrival;
    }

    /// Sets the bounds of when it is sent here, or comes, and of its age then.
    void at(long earliest, long latest, long ageLeast, long ageMost) {
        this.earliest = earliest;
        this.latest = latest;
        this.ageLeast = ageLeast;
        this.ageMost = ageMost;
    }

    /// The same frame at the next port, once it is sent here.
    ///
    /// @param start when it is sent, by exact clocks
    Copy at(Hop next, long start) {
        var takes = hop.transit;
        var copy = new Copy(next, period, start + takes.least());
        copy.at(earliest + takes.least(), latest + takes.most(), ageLeast + takes.least(), ageMost + takes.most());
        copy.arrivedLatest = copy.latest;
        return copy;
    }

    int frame() {
        return (int) (period % hop.flow.frames());
    }

    int queue() {
        return hop.queues[frame()];
    }

    Gate gate() {
        return hop.port.gates[queue()];
    }

    long bytes() {
        return hop.flow.stream.size();
    }

    long release() {
        return hop.flow.release(period);
    }

    /// What messages call it.
    ///
    /// @param start of the hyperperiod that is looked at
    String name(long start) {
        long frame = period - start / hop.flow.stream.period();
        return "stream %s, frame %s".formatted(hop.flow.stream.id(), frame < 0 ? "of the time before" : frame);
    }

    /// The place of a violation.
    ///
    /// @param start of the hyperperiod that is looked at
    Map<String, String> where(long start, long moment) {
        return Rule.where(
                "stream", hop.flow.stream.id(),
                "frame", period - start / hop.flow.stream.period(),
                "link", hop.port.link.edge(),
                "queue", queue(),
                "time", moment - start);
    }
}
