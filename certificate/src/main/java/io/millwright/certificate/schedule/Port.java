package io.millwright.certificate.schedule;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The sending side of a link: queues, one for each traffic class, with a gate each, and the link, which takes
/// one frame at a time.
final class Port implements Replay.Happening {

    final int number;
    final Tables.Link link;
    final Gate[] gates;
    /// Whether there is a gate list; else all gates are always open.
    boolean hasGates;
    /// In order of arrival.
    final List<Deque<Copy>> queues;
    /// What each queue holds, a frame that is being sent included.
    final long[] bytes;

    final long[] bytesMost;
    final @Nullable Copy[] arrivedLast;

    @Nullable
    Copy sending;
    /// When the link is free again.
    long free;
    /// When the next frame is selected; [Gate#NEVER] if nothing waits.
    long selection = Gate.NEVER;

    @Nullable
    Copy sentLast;
    /// The latest end of what was sent last, by the clock of this port.
    long endLatest = Long.MIN_VALUE;

    Port(int number, Tables.Link link) {
        this.number = number;
        this.link = link;
        gates = new Gate[link.queues()];
        Arrays.fill(gates, Gate.ALWAYS);
        queues = IntStream.range(0, link.queues())
                .<Deque<Copy>>mapToObj(_ -> new ArrayDeque<>(2))
                .toList();
        bytes = new long[link.queues()];
        bytesMost = new long[link.queues()];
        arrivedLast = new @Nullable Copy[link.queues()];
    }

    /// Gives the place of a frame back whose last bit has left.
    void settle(long now) {
        var sent = sending;
        if (sent != null && free <= now) {
            bytes[sent.queue()] -= sent.bytes();
            sending = null;
        }
    }
}
