package io.millwright.certificate.schedule;

import io.millwright.certificate.Violations;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Does what the network does: talkers hand over frames at their offsets; a port sends, whenever its link is
/// free, the first frame of the highest queue whose gate is open and stays open for the whole frame (IEEE
/// 802.1Q-2022, 8.6.8.1 and 8.6.8.4); bridges store and forward.
///
/// Hyperperiods are replayed until one begins as the one before it began: then all that follow are the same, as
/// nothing but this state and the periodic plan decides what happens. The frames of the next one are judged.
final class Replay {

    /// More frames never wait at once in a plan that keeps its deadlines and that this checker is made for.
    private static final int MAX_WAITING = 250_000;

    private static final int MAX_HYPERPERIODS = 1000;

    /// What happens: a frame comes to a port, a port selects one, a talker releases one.
    sealed interface Happening permits Copy, Port, Release {}

    record Release(Flow flow, long period) implements Happening {}

    /// What happens at a moment.
    ///
    /// @param order of what happens at the same moment: arrivals come before selections
    private record Event(long time, long order, Happening what) {}

    private final Plan plan;
    private final Inspector inspector;
    private final Violations violations;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
    private int waiting;

    Replay(Plan plan, Inspector inspector, Violations violations) {
        this.plan = plan;
        this.inspector = inspector;
        this.violations = violations;
        plan.flows().forEach(f -> releaseIn(f, 0));
    }

    /// Replays hyperperiods.
    ///
    /// @return how many; the frames of the last but one were judged
    long run() {
        long hyperperiod = plan.hyperperiod();
        long listeners = 0;
        long longest = 0;
        for (var flow : plan.flows()) {
            var stream = flow.stream;
            listeners += hyperperiod / stream.period() * stream.destinations().size();
            longest = Math.max(longest, stream.deadline());
        }
        // A plan that keeps its deadlines is steady when the frames of the start have come through.
        long most = Math.min(MAX_HYPERPERIODS, 3 + longest / hyperperiod);
        long now = 0;
        var before = state(now);
        boolean steady = false;
        while (!steady && now / hyperperiod < most && waiting < MAX_WAITING) {
            now += hyperperiod;
            advance(now);
            var state = state(now);
            steady = Arrays.equals(before, state);
            before = state;
        }
        if (!steady) {
            neverSteady(now);
            return now / hyperperiod;
        }
        // One more, so that what the inspector remembers of frames before is from a steady hyperperiod too.
        now += hyperperiod;
        advance(now);
        inspector.start = now;
        long end = now + hyperperiod;
        while (inspector.received < listeners && end <= now + most * hyperperiod) {
            advance(end);
            end += hyperperiod;
        }
        if (inspector.received < listeners) {
            neverSteady(end);
        } else {
            inspector.conclude();
        }
        return end / hyperperiod - 1;
    }

    private void neverSteady(long now) {
        var oldest = plan.ports().stream()
                .flatMap(p -> p.queues.stream())
                .flatMap(q -> q.stream().limit(1))
                .min(Comparator.comparingLong(c -> c.arrival));
        violations.add(() -> Rule.STEADY.at(
                oldest.map(c -> c.where(0, c.arrival)).orElse(Rule.where()),
                "after %d hyperperiods frames still wait that were not there a hyperperiod before%s"
                        .formatted(now / plan.hyperperiod(), oldest.isPresent() ? "; this one the longest" : "")));
    }

    /// All that the future depends on: what is on the way, what waits, which links are taken.
    private long[] state(long now) {
        var state = LongStream.builder();
        events.stream()
                .flatMap(e -> e.what instanceof Copy coming ? Stream.of(coming) : Stream.empty())
                .sorted(Comparator.<Copy>comparingLong(c -> c.arrival)
                        .thenComparingInt(c -> c.hop.number)
                        .thenComparingLong(c -> c.period))
                .forEach(c -> add(state, c, now));
        for (var port : plan.ports()) {
            state.add(-1).add(Math.max(0, port.free - now));
            for (var queue : port.queues) {
                state.add(-2);
                queue.forEach(c -> add(state, c, now));
            }
        }
        return state.build().toArray();
    }

    private static void add(LongStream.Builder state, Copy copy, long now) {
        state.add(copy.hop.number).add(copy.release() - now).add(copy.arrival - now);
    }

    /// Does what happens before a moment.
    private void advance(long end) {
        for (var event = events.peek();
                event != null && event.time < end && waiting < MAX_WAITING;
                event = events.peek()) {
            events.remove();
            switch (event.what) {
                case Copy copy -> arrive(copy);
                case Release(var flow, var period) -> release(flow, period);
                case Port port -> {
                    if (event.time == port.selection) {
                        port.selection = Gate.NEVER;
                        select(port, event.time);
                    }
                }
            }
        }
    }

    private void releaseIn(Flow flow, long period) {
        events.add(new Event(flow.release(period), flow.hops.getFirst().number, new Release(flow, period)));
    }

    private void release(Flow flow, long period) {
        flow.hops.stream().takeWhile(h -> h.first).forEach(h -> {
            waiting++;
            arrive(new Copy(h, period, flow.release(period)));
        });
        releaseIn(flow, period + 1);
    }

    private void arrive(Copy copy) {
        var port = copy.hop.port;
        port.settle(copy.arrival);
        port.queues.get(copy.queue()).add(copy);
        port.bytes[copy.queue()] += copy.bytes();
        inspector.arrived(copy);
        selectAt(port, Math.max(copy.arrival, port.free));
    }

    private void selectAt(Port port, long time) {
        if (time < port.selection) {
            port.selection = time;
            events.add(new Event(time, Integer.MAX_VALUE + 1L + port.number, port));
        }
    }

    private void select(Port port, long now) {
        if (port.free > now) {
            selectAt(port, port.free);
            return;
        }
        long next = Gate.NEVER;
        for (int queue = port.gates.length - 1; queue >= 0; queue--) {
            var head = port.queues.get(queue).peek();
            if (head != null) {
                long time = port.gates[queue].fit(now, head.hop.transmission);
                if (time == now) {
                    port.queues.get(queue).remove();
                    send(port, head, now);
                    return;
                }
                next = Math.min(next, time);
            }
        }
        selectAt(port, next);
    }

    private void send(Port port, Copy copy, long now) {
        waiting--;
        port.settle(now);
        port.sending = copy;
        port.free = now + copy.hop.transmission;
        inspector.started(copy, now);
        for (var hop : copy.hop.next) {
            waiting++;
            var next = copy.at(hop, now);
            events.add(new Event(next.arrival, hop.number, next));
        }
        if (copy.hop.listener) {
            inspector.received(copy, now);
        }
        selectAt(port, port.free);
    }
}
