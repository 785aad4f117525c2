package io.millwright.certificate.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A link in the tree of a stream.
final class Hop {

    final int number;
    final Flow flow;
    final Port port;
    /// The one before it; none at the talker.
    final @Nullable Hop before;
    /// Whether the talker itself sends here.
    final boolean first;
    /// Whether a listener is at the far end.
    final boolean listener;
    /// How long a frame is on the link, in ns.
    final long transmission;
    /// From its first bit on this link to the last at the far end.
    final Tables.Span reception;
    /// From its first bit on this link until it stands in the next queue.
    final Tables.Span transit;
    /// Whether it may come here earlier or later.
    final boolean varies;
    /// The queue of each frame.
    final int[] queues;

    final List<Hop> next = new ArrayList<>(1);
    /// The ends of the stream's frame that was sent here last, by the clock of this port.
    long endEarliest = Long.MIN_VALUE / 4;

    long endLatest = Long.MIN_VALUE / 4;
    /// The delays to the listener.
    long delayLeast = Long.MAX_VALUE;

    long delayMost = Long.MIN_VALUE;
    /// When frames come to the listener, by a clock that is right, from the start of their period.
    long phaseLeast = Long.MAX_VALUE;

    long phaseMost = Long.MIN_VALUE;

    Hop(int number, Flow flow, Port port, @Nullable Hop before, boolean listener) {
        this.number = number;
        this.flow = flow;
        this.port = port;
        this.before = before;
        first = before == null;
        this.listener = listener;
        transmission = port.link.transmission(flow.stream.size());
        reception = port.link.propagation().plus(new Tables.Span(transmission, transmission));
        transit = port.link.transit(flow.stream.size());
        varies = before != null && before.transit.least() < before.transit.most();
        queues = new int[flow.frames()];
    }

    String to() {
        return port.link.edge().to();
    }
}
