package io.millwright.certificate.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A network that is looked at every nanosecond: slow, and too simple to be wrong in the same way as a replay
/// by events.
final class SteppedNetwork {

    /// A frame somewhere on its way.
    private record Frame(Stream stream, int period, int link) {}

    /// A stream over links, each after the one in `after`, or first where that is −1.
    record Stream(
            int period, int offset, int duration, List<Integer> links, List<Integer> after, List<Integer> queues) {}

    /// A link: its gates, ns by ns of a cycle, and what follows its last bit before a frame is in the next
    /// queue.
    record Link(boolean[][] open, int processing) {}

    private final List<Link> links;
    private final List<List<Deque<Frame>>> queues = new ArrayList<>();
    private final int[] free;
    private final Map<Integer, List<Frame>> coming = new HashMap<>();
    /// When the last bit of a frame left, by stream, period and place on its way.
    final Map<List<Integer>, Integer> left = new HashMap<>();
    /// Whether frames of two streams came to a queue in the same nanosecond.
    boolean ambiguous;

    SteppedNetwork(List<Link> links) {
        this.links = links;
        free = new int[links.size()];
        for (var link : links) {
            var of = new ArrayList<Deque<Frame>>();
            for (int i = 0; i < link.open().length; i++) {
                of.add(new ArrayDeque<>());
            }
            queues.add(of);
        }
    }

    void run(List<Stream> streams, int until) {
        for (int now = 0; now < until; now++) {
            var here = coming.getOrDefault(now, new ArrayList<>());
            for (var stream : streams) {
                if (now % stream.period() == stream.offset()) {
                    for (int i = 0; i < stream.links().size(); i++) {
                        if (stream.after().get(i) < 0) {
                            here.add(new Frame(stream, now / stream.period(), i));
                        }
                    }
                }
            }
            coming.remove(now);
            var taken = new HashMap<Deque<Frame>, Stream>();
            for (var frame : here) {
                var stream = frame.stream();
                var queue = queues.get(stream.links().get(frame.link()))
                        .get(stream.queues().get(frame.link()));
                queue.add(frame);
                var other = taken.put(queue, stream);
                ambiguous |= other != null && other != stream;
            }
            for (int link = 0; link < links.size(); link++) {
                send(streams, link, now);
            }
        }
    }

    private void send(List<Stream> streams, int link, int now) {
        for (int queue = queues.get(link).size() - 1; queue >= 0 && free[link] <= now; queue--) {
            var frame = queues.get(link).get(queue).peek();
            if (frame != null
                    && staysOpen(
                            links.get(link).open()[queue], now, frame.stream().duration())) {
                queues.get(link).get(queue).remove();
                var stream = frame.stream();
                int end = now + stream.duration();
                free[link] = end;
                left.put(List.of(streams.indexOf(stream), frame.period(), frame.link()), end);
                for (int i = 0; i < stream.links().size(); i++) {
                    if (stream.after().get(i) == frame.link()) {
                        coming.computeIfAbsent(end + links.get(link).processing(), _ -> new ArrayList<>())
                                .add(new Frame(stream, frame.period(), i));
                    }
                }
            }
        }
    }

    private static boolean staysOpen(boolean[] open, int now, int duration) {
        for (int i = 0; i < duration; i++) {
            if (!open[(now + i) % open.length]) {
                return false;
            }
        }
        return true;
    }
}
