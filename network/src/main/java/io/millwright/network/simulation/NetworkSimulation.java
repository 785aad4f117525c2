package io.millwright.network.simulation;

import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.number.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Data in whole bits through servers, slot by slot: what the theory is about, done.
///
/// What comes, comes at once at the beginning of a slot, and never more than the burst. What is served in a
/// slot leaves at its end and comes to the next server then: that is the last slot of a server's latency. The
/// others it may pause while it is busy, until it is empty again; else it serves its rate. So every run is one
/// that the curves permit, in continuous time.
public final class NetworkSimulation {

    /// What harms a flow: when sources send, when servers pause, whom they serve.
    public interface Adversary {
        /// How many bits the source of a flow sends in a slot. More than its token bucket permits is not sent.
        long sends(int flow, int slot);

        /// Whether a server that still may pauses in a slot.
        boolean pauses(int server, int slot);

        /// The flows by whom a server serves first, or an empty array for the order of arrival; among what came
        /// in one slot, the order of flows.
        int[] order(int server, int slot);
    }

    private static final int MOST_SLOTS = 100_000;

    private final int[][] paths;
    private final long[][] waiting;
    private final List<ArrayDeque<long[]>> queues;
    private final int[] paused;
    private final long[] sent;
    private final long[] tokens;
    private final long[] rates;
    private final long[] bursts;
    private final long[] served;
    private final long[] latencies;
    private final long[] left;
    private final List<ArrayDeque<long[]>> underWay;
    private final List<long[]> moving = new ArrayList<>();
    private final int[] longest;
    private final long[] largestBacklog;

    /// A network at rest. All numbers of the graph are whole, all latencies at least one slot.
    public NetworkSimulation(ServerGraph graph) {
        int servers = graph.servers().size();
        int flows = graph.flows().size();
        paths = graph.flows().stream()
                .map(f -> f.path().stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        waiting = new long[servers][flows];
        queues = Stream.generate(ArrayDeque<long[]>::new).limit(servers).toList();
        paused = new int[servers];
        sent = new long[flows];
        rates = graph.flows().stream()
                .mapToLong(f -> whole(f.arrivals().rate().bitsPerSecond()))
                .toArray();
        bursts = graph.flows().stream()
                .mapToLong(f -> whole(f.arrivals().burst().bits()))
                .toArray();
        tokens = bursts.clone();
        served = graph.servers().stream()
                .mapToLong(s -> whole(s.service().rate().bitsPerSecond()))
                .toArray();
        latencies = graph.servers().stream()
                .mapToLong(s -> whole(s.service().latency().seconds()))
                .toArray();
        left = new long[flows];
        underWay = Stream.generate(ArrayDeque<long[]>::new).limit(flows).toList();
        longest = new int[flows];
        largestBacklog = new long[servers];
    }

    /// Runs while sources send, and until the network is empty. Returns the longest delay of each flow in
    /// slots.
    public int[] run(int sendingSlots, Adversary adversary) {
        for (int slot = 0; slot < sendingSlots || !isEmpty(); slot++) {
            if (slot > MOST_SLOTS) {
                throw new IllegalStateException("the network does not become empty");
            }
            for (int flow = 0; flow < paths.length && slot < sendingSlots; flow++) {
                long bits = Math.min(tokens[flow], adversary.sends(flow, slot));
                tokens[flow] = Math.min(tokens[flow] - bits + rates[flow], bursts[flow]);
                sent[flow] += bits;
                if (bits > 0) {
                    underWay.get(flow).add(new long[] {sent[flow], slot});
                    arrive(paths[flow][0], flow, bits);
                }
            }
            for (int server = queues.size() - 1; server >= 0; server--) {
                serve(server, slot, adversary);
            }
            moving.forEach(m -> arrive((int) m[0], (int) m[1], m[2]));
            moving.clear(); // what is served now comes to the next in the next slot
        }
        return longest;
    }

    /// The most bits that waited at a server at once.
    public long largestBacklog(int server) {
        return largestBacklog[server];
    }

    private boolean isEmpty() {
        return Arrays.equals(sent, left);
    }

    private void arrive(int server, int flow, long bits) {
        waiting[server][flow] += bits;
        queues.get(server).add(new long[] {flow, bits});
    }

    private void serve(int server, int slot, Adversary adversary) {
        long backlog = 0;
        for (long bits : waiting[server]) {
            backlog += bits;
        }
        largestBacklog[server] = Math.max(largestBacklog[server], backlog);
        if (backlog == 0) {
            return;
        }
        if (paused[server] + 1 < latencies[server] && adversary.pauses(server, slot)) {
            paused[server]++;
            return;
        }
        int[] order = adversary.order(server, slot);
        if (order.length == 0) {
            serveInOrder(server, slot, served[server]);
        } else {
            serveFirst(server, slot, served[server], order);
        }
        if (backlog <= served[server]) {
            paused[server] = 0;
            queues.get(server).clear();
        }
    }

    private void serveInOrder(int server, int slot, long most) {
        long rest = most;
        while (rest > 0 && !queues.get(server).isEmpty()) {
            var first = queues.get(server).peek();
            long bits = Math.min(rest, first[1]);
            first[1] -= bits;
            rest -= bits;
            leave(server, (int) first[0], bits, slot);
            if (first[1] == 0) {
                queues.get(server).remove();
            }
        }
    }

    private void serveFirst(int server, int slot, long most, int[] order) {
        long rest = most;
        for (int flow : order) {
            long bits = Math.min(rest, waiting[server][flow]);
            if (bits > 0) {
                rest -= bits;
                leave(server, flow, bits, slot);
            }
        }
    }

    private void leave(int server, int flow, long bits, int slot) {
        waiting[server][flow] -= bits;
        int[] path = paths[flow];
        for (int i = 0; i + 1 < path.length; i++) {
            if (path[i] == server) {
                moving.add(new long[] {path[i + 1], flow, bits});
                return;
            }
        }
        left[flow] += bits;
        while (!underWay.get(flow).isEmpty()) {
            var oldest = underWay.get(flow).peek();
            longest[flow] = Math.max(longest[flow], slot + 1 - (int) oldest[1]);
            if (oldest[0] > left[flow]) {
                return;
            }
            underWay.get(flow).remove();
            if (oldest[0] == left[flow]) {
                return;
            }
        }
    }

    private static long whole(Scalar number) {
        return (long) number.upper();
    }
}
