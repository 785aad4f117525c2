package io.millwright.certificate.schedule;

import static io.millwright.certificate.schedule.Rule.where;

import io.millwright.certificate.Violations;
import java.util.Arrays;

/// Looks at every frame that comes to a port, is sent, and is received, and holds it against the rules.
///
/// With a sync error `e` every clock shows a time that is at most `e` from the true one; clocks may have errors of
/// their own. A frame then has an earliest and a latest true time. At a bridge both are taken by its clock, `e` before
/// and after: alone, the
/// frame must meet the same opening of its gate in either case. As a gate is open at a time that is known by
/// the clock of its port, the next true times follow from it. Two frames of a port may never overlap by its
/// clock. So whatever the errors, by induction over time no frame is held up by another, and every frame lies
/// within its window.
///
/// A frame that takes more or less time to a port has an earliest and a latest time there too. Its gate must
/// hold it until one moment, whenever it comes: then all that follows does not depend on when it came. Until
/// that moment it may be in its queue from the earliest time on, which is when it comes in the replay.
final class Inspector {

    private final Plan plan;
    private final Limits limits;
    private final Violations violations;
    /// Whether all clocks are.
    private final boolean exact;
    /// Frames released in the hyperperiod that begins here are judged.
    long start = Long.MAX_VALUE / 2;
    /// How many of those were received, by each listener.
    long received;

    Inspector(Plan plan, Limits limits, Violations violations) {
        this.plan = plan;
        this.limits = limits;
        this.violations = violations;
        exact = plan.ports().stream().allMatch(p -> error(p) == 0);
    }

    /// How wrong the clock of a port may be.
    private long error(Port port) {
        return Math.max(limits.syncError(), port.link.limits().syncError());
    }

    private boolean isJudged(Copy copy) {
        long release = copy.period * copy.hop.flow.stream.period();
        return release >= start && release < start + plan.hyperperiod();
    }

    /// A frame stands in its queue now, the last of those there.
    void arrived(Copy copy) {
        var port = copy.hop.port;
        int queue = copy.queue();
        var before = port.arrivedLast[queue];
        port.arrivedLast[queue] = copy;
        if (copy.arrival >= start && !copy.hop.first) {
            port.bytesMost[queue] = Math.max(port.bytesMost[queue], port.bytes[queue]);
        }
        if (!isJudged(copy)) {
            return;
        }
        if (before != null && before.hop.flow != copy.hop.flow && before.arrivedLatest >= copy.earliest) {
            violations.add(() -> Rule.ORDER.at(
                    copy.where(start, copy.arrival),
                    "it may come at the same moment as %s or before it; their order in the queue is open"
                            .formatted(before.name(start))));
        }
        long room = Math.min(limits.buffer(), port.link.limits().buffer());
        if (!copy.hop.first && port.bytes[queue] > room) {
            long bytes = port.bytes[queue];
            violations.add(() -> Rule.BUFFER.at(
                    copy.where(start, copy.arrival), "%d bytes in the queue, at most %d".formatted(bytes, room)));
        }
    }

    /// The first bit of a frame is sent now.
    void started(Copy copy, long now) {
        var hop = copy.hop;
        var port = hop.port;
        var gate = copy.gate();
        long error = error(port);
        long skew = hop.first ? 0 : error;
        long from = gate.fit(Math.max(copy.earliest - skew, hop.endEarliest), hop.transmission);
        long to = gate.fit(Math.max(copy.latest + skew, hop.endLatest), hop.transmission);
        if (isJudged(copy)) {
            judgeStart(copy, now, from, to, error);
        }
        long release = copy.release();
        if (exact) {
            copy.at(now, now, now - release, now - release);
        } else if (hop.first) {
            copy.at(from - error, to + error, from - release, to - release);
        } else {
            long opened = gate.opened(to);
            long notBefore = Math.max(opened, hop.endEarliest);
            long notBeforeAtWorst = Math.max(opened, hop.endLatest);
            long both = error + error(hop.flow.hops.getFirst().port);
            copy.at(
                    Math.max(copy.earliest, notBefore - error),
                    Math.max(copy.latest, notBeforeAtWorst + error),
                    Math.max(copy.ageLeast, notBefore - both - release),
                    Math.max(copy.ageMost, notBeforeAtWorst + both - release));
        }
        hop.endEarliest = from + hop.transmission;
        hop.endLatest = to + hop.transmission;
        port.sentLast = copy;
        port.endLatest = Math.max(port.endLatest, hop.endLatest);
    }

    /// @param from when it would be sent at the earliest if no other stream sent anything, by the clock of the
    ///     port
    /// @param to and at the latest
    /// @param error how wrong that clock may be
    private void judgeStart(Copy copy, long now, long from, long to, long error) {
        var port = copy.hop.port;
        var before = port.sentLast;
        if (exact && limits.isolation() && now != from) {
            violations.add(() -> Rule.ISOLATION.at(
                    copy.where(start, now),
                    "alone it would be sent at %d, in time meant for another stream".formatted(from - start)));
        }
        boolean held = now == from && now == to;
        long opened = copy.gate().opened(from);
        boolean within = now >= from && now <= to && opened == copy.gate().opened(to);
        if (!held && (copy.hop.varies || !exact && !within)) {
            var asked = copy.hop.varies ? "held by its gate until one moment" : "in one opening of its gate";
            violations.add(() -> Rule.WINDOW.at(
                    copy.where(start, now),
                    "coming earlier or later, with clocks wrong by up to %d, it is sent between %d and %d, not %s"
                            .formatted(error, from - start, to - start, asked)));
        }
        if (!exact && before != null && before.hop.flow != copy.hop.flow && port.endLatest > from) {
            violations.add(() -> Rule.COLLISION.at(
                    copy.where(start, now),
                    "with clocks wrong by up to %d it may be sent from %d on, and %s or one before it last until %d"
                            .formatted(error, from - start, before.name(start), port.endLatest - start)));
        }
    }

    /// The last bit of a frame that was sent at `began` has come to a listener.
    void received(Copy copy, long began) {
        if (!isJudged(copy)) {
            return;
        }
        received++;
        var hop = copy.hop;
        var flow = hop.flow;
        long most = copy.ageMost + hop.reception.most();
        hop.delayMost = Math.max(hop.delayMost, most);
        hop.delayLeast = Math.min(hop.delayLeast, copy.ageLeast + hop.reception.least());
        long base = copy.period * flow.stream.period();
        hop.phaseLeast = Math.min(hop.phaseLeast, copy.earliest + hop.reception.least() - base);
        hop.phaseMost = Math.max(hop.phaseMost, copy.latest + hop.reception.most() - base);
        long age = most + flow.lag(copy.period);
        flow.delayMost = Math.max(flow.delayMost, age);
        if (age > flow.stream.deadline()) {
            violations.add(() -> Rule.DEADLINE.at(
                    copy.where(start, began), "received after %d, deadline %d".formatted(age, flow.stream.deadline())));
        }
        long delay = began + hop.reception.most() - copy.release();
        long claimed = flow.claims[copy.frame()];
        flow.delays[copy.frame()] = Math.max(flow.delays[copy.frame()], delay);
        if (delay > claimed || (delay < claimed && flow.stream.destinations().size() == 1)) {
            violations.add(() -> Rule.DELAY.at(
                    copy.where(start, began), "received after %d, DELAY.csv has %d".formatted(delay, claimed)));
        }
    }

    /// What can be said at the end only.
    void conclude() {
        for (var flow : plan.flows()) {
            var stream = flow.stream;
            for (int frame = 0; frame < flow.frames() && stream.destinations().size() > 1; frame++) {
                int shown = frame;
                if (flow.delays[frame] < flow.claims[frame]) {
                    violations.add(() -> Rule.DELAY.at(
                            where("stream", stream.id(), "frame", shown),
                            "every listener has it after %d, DELAY.csv has %d"
                                    .formatted(flow.delays[shown], flow.claims[shown])));
                }
            }
            for (var hop : flow.hops) {
                judgeJitter(hop.listener ? hop.delayMost - hop.delayLeast : 0, "delays", hop);
            }
            var offsets = Arrays.stream(flow.offsets).summaryStatistics();
            judgeJitter(offsets.getMax() - offsets.getMin(), "offsets", flow.hops.getFirst());
            if (flow.twin != null && stream.id().endsWith(".2")) {
                new Redundancy(plan, violations).judge(flow.twin, flow);
            }
        }
    }

    private void judgeJitter(long jitter, String ofWhat, Hop hop) {
        var stream = hop.flow.stream;
        if (jitter > stream.jitter()) {
            violations.add(() -> Rule.JITTER.at(
                    where("stream", stream.id(), "link", hop.port.link.edge()),
                    "the %s differ by %d, jitter %d".formatted(ofWhat, jitter, stream.jitter())));
        }
    }
}
