package io.millwright.network.simulation;

import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import io.millwright.network.port.FrameFlow;
import io.millwright.network.port.Port;
import io.millwright.network.port.PortNetwork;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Frames through ports, tick by tick, as IEEE 802.1Q-2022 (8.6.8) and 802.3-2022 (clause 99) describe it: what
/// the theory is about, done. All times are whole ticks, all sizes whole octets. Idle slopes while gates are open
/// divide the rates of their links, so that credits come to zero at whole ticks.
public final class PortSimulation {

    private static final int PREAMBLE = 8;
    private static final int GAP = 12;
    private static final int CHECKSUM = 4;
    private static final int LEAST_PART = 64;
    private static final int MOST_TICKS = 200_000;

    /// @param size octets on the wire
    private record Frame(int flow, int size, int sent) {}

    /// A frame on its way from one port to the next, or to the receiver.
    private record Moving(long at, long number, Frame frame, int place) {}

    private final PortNetwork network;
    private final SplittableRandom random;
    private final List<Machine> machines = new ArrayList<>();
    private final PriorityQueue<Moving> moving = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.number(), b.number()));
    private final long[] tokens;
    private final int[] begins;
    private final int[] every;
    private final double largest;
    private final int[] longest;
    private long numbers;
    private int tick;

    /// A network at rest, and how it will be harmed.
    public PortSimulation(PortNetwork network, SplittableRandom random) {
        this.network = network;
        this.random = random;
        network.ports().forEach(p -> machines.add(new Machine(p)));
        int flows = network.flows().size();
        tokens = new long[flows];
        begins = random.ints(flows, 0, random.nextInt(1, 1200)).toArray();
        every = random.ints(flows, 1, random.nextInt(2, 900)).toArray();
        largest = random.nextBoolean() ? 1 : random.nextDouble();
        longest = new int[flows];
    }

    /// Runs while sources send, and until no frame of theirs is left. Returns the longest delay of each flow.
    public int[] run(int sendingTicks) {
        for (int f = 0; f < tokens.length; f++) {
            tokens[f] = burst(f);
        }
        for (tick = 0; tick < sendingTicks || !isEmpty(); tick++) {
            if (tick > MOST_TICKS) {
                throw new IllegalStateException("the network does not become empty");
            }
            for (int f = 0; f < tokens.length; f++) {
                if (tick < sendingTicks) {
                    send(f);
                }
                tokens[f] = Math.min(tokens[f] + rate(f), burst(f));
            }
            while (!moving.isEmpty() && moving.peek().at() <= tick) {
                arrive(moving.remove());
            }
            machines.forEach(Machine::step);
        }
        return longest;
    }

    /// The longest time of a frame in the queue of a class at a port.
    public int longestInQueue(int port, int trafficClass) {
        return machines.get(port).longestInQueue[trafficClass];
    }

    /// The most octets in the queue of a class at once, or being sent.
    public int largestBacklog(int port, int trafficClass) {
        return machines.get(port).largestBacklog[trafficClass];
    }

    private FrameFlow flow(int place) {
        return network.flows().get(place);
    }

    /// Tokens of a flow are counted in parts of a bit, so small that its rate is a whole number of them.
    private long parts(int f) {
        return ((Rational) flow(f).arrivals().rate().bitsPerSecond())
                .denominator()
                .longValueExact();
    }

    private long rate(int f) {
        return ((Rational) flow(f).arrivals().rate().bitsPerSecond())
                .numerator()
                .longValueExact();
    }

    private long burst(int f) {
        return octets(flow(f).arrivals().burst().bits()) * 8L * parts(f);
    }

    private void send(int f) {
        if (tick < begins[f] || (tick - begins[f]) % every[f] != 0) {
            return;
        }
        while (true) {
            int least = octets(flow(f).smallest().bits());
            int most = octets(flow(f).largest().bits());
            int size = random.nextDouble() < largest ? most : least + 2 * random.nextInt((most - least) / 2 + 1);
            long bits = 8L * size * parts(f);
            if (bits > tokens[f]) {
                return;
            }
            tokens[f] -= bits;
            arrive(new Moving(tick, numbers++, new Frame(f, size, tick), 0));
        }
    }

    private void arrive(Moving m) {
        var path = flow(m.frame().flow()).path();
        if (m.place() == path.size()) {
            longest[m.frame().flow()] =
                    Math.max(longest[m.frame().flow()], tick - m.frame().sent());
        } else {
            int from = m.place() == 0 ? -1 - m.frame().flow() : path.get(m.place() - 1);
            machines.get(path.get(m.place())).arrive(m.frame(), from);
        }
    }

    private boolean isEmpty() {
        return moving.isEmpty() && machines.stream().allMatch(Machine::isEmpty);
    }

    private static int octets(Scalar bits) {
        return (int) (bits.upper() / 8);
    }

    /// A frame being sent: first its preamble, at last the gap after it.
    private static final class Sending {
        final Frame frame;
        final int trafficClass;
        int rest;
        int inPiece;
        /// Whether it is on its way to the next queue already.
        boolean passed;

        Sending(Frame frame, int trafficClass) {
            this.frame = frame;
            this.trafficClass = trafficClass;
            rest = frame.size();
        }
    }

    private record Waiting(Frame frame, int since) {}

    private final class Machine {
        final Port port;
        final int perTick;
        final GateTicks gates;
        final double restless;
        final double slow;
        final List<ArrayDeque<Waiting>> queues = new ArrayList<>();
        final List<ArrayDeque<Waiting>> coming = new ArrayList<>();
        final Map<List<Integer>, ArrayDeque<Frame>> regulators = new HashMap<>();
        final Map<Integer, long[]> buckets = new HashMap<>();
        final long[] credits = new long[8];
        final long[] slopes = new long[8];
        final int[] backlog = new int[8];
        final int[] longestInQueue = new int[8];
        final int[] largestBacklog = new int[8];

        @Nullable
        Sending sending;

        @Nullable
        Sending interrupted;

        int pause;
        long lastArrival;

        Machine(Port port) {
            this.port = port;
            perTick = octets(port.rate().bitsPerSecond());
            for (int c = 0; c < 8; c++) {
                queues.add(new ArrayDeque<>());
                coming.add(new ArrayDeque<>());
            }
            int cycle = (int) port.gates().cycle().seconds().upper();
            gates = new GateTicks(port.gates(), cycle == 0 ? 0 : random.nextInt(cycle));
            port.idleSlopes().forEach((c, reserved) -> slopes[c] = gates.slope(c, reserved));
            restless = random.nextBoolean() ? 1 : random.nextDouble() / 50;
            slow = random.nextDouble();
        }

        boolean isEmpty() {
            return queues.stream().allMatch(ArrayDeque::isEmpty)
                    && coming.stream().allMatch(ArrayDeque::isEmpty)
                    && regulators.values().stream().allMatch(ArrayDeque::isEmpty)
                    && (sending == null || sending.frame.flow() < 0)
                    && (interrupted == null || interrupted.frame.flow() < 0);
        }

        void arrive(Frame frame, int from) {
            int c = flow(frame.flow()).trafficClass();
            if (port.regulated().contains(c)) {
                regulators
                        .computeIfAbsent(List.of(c, from), _ -> new ArrayDeque<>())
                        .add(frame);
            } else {
                enqueue(frame, c);
            }
        }

        private void enqueue(Frame frame, int c) {
            (port.cycles().containsKey(c) ? coming : queues).get(c).add(new Waiting(frame, tick));
            backlog[c] += frame.size();
            largestBacklog[c] = Math.max(largestBacklog[c], backlog[c]);
        }

        /// Asynchronous shaping: one queue for each class and port before; of each flow a token bucket.
        private void regulate() {
            regulators.forEach((key, waiting) -> {
                while (!waiting.isEmpty()) {
                    var frame = waiting.peek();
                    int f = frame.flow();
                    var bucket = buckets.computeIfAbsent(f, _ -> new long[] {burst(f), tick});
                    long level = Math.min(burst(f), bucket[0] + (tick - bucket[1]) * rate(f));
                    long bits = 8L * frame.size() * parts(f);
                    if (level < bits) {
                        return;
                    }
                    bucket[0] = level - bits;
                    bucket[1] = tick;
                    enqueue(waiting.remove(), key.getFirst());
                }
            });
        }

        /// Cyclic queuing: when a cycle begins, what came in the last one is ready to be sent.
        private void release() {
            port.cycles().forEach((c, cycle) -> {
                if (tick % (int) cycle.seconds().upper() == 0) {
                    queues.get(c).addAll(coming.get(c));
                    coming.get(c).clear();
                }
            });
        }

        void step() {
            regulate();
            release();
            interrupt();
            if (sending == null && pause == 0) {
                sending = next();
            }
            var before = sending;
            if (pause > 0) {
                pause = Math.max(0, pause - perTick);
            } else if (sending != null) {
                sending.rest -= perTick;
                sending.inPiece += perTick;
            }
            count(before);
            if (sending != null && sending.rest <= 0) {
                end(sending);
            }
        }

        /// Interrupts a preemptable frame for an express one, if enough of it has been sent and remains.
        private void interrupt() {
            if (sending == null || !port.preemption().preemptable().contains(sending.trafficClass)) {
                return;
            }
            int least = LEAST_PART * (1 + port.preemption().fragment()) - CHECKSUM;
            if (sending.inPiece - PREAMBLE >= least && sending.rest - GAP >= LEAST_PART && eligible(true) >= 0) {
                interrupted = sending;
                sending = null;
                pause = CHECKSUM + GAP;
            }
        }

        private @Nullable Sending next() {
            int express = eligible(true);
            if (express >= 0) {
                return start(express);
            }
            if (interrupted != null) {
                var resumed = interrupted;
                interrupted = null;
                resumed.rest += PREAMBLE;
                resumed.inPiece = 0;
                return resumed;
            }
            int preemptable = eligible(false);
            if (preemptable >= 0) {
                return start(preemptable);
            }
            int size = octets(port.bestEffort().bits());
            boolean best = size > 0 && fits(0, size) && random.nextDouble() < restless;
            return best ? new Sending(new Frame(-1, size, tick), 0) : null;
        }

        private Sending start(int c) {
            var sending = new Sending(queues.get(c).peek().frame(), c);
            if (port.leastDelay().seconds().upper() < 0
                    && !port.preemption().preemptable().contains(c)) {
                sending.passed = true;
                pass(sending.frame, tick + (sending.rest + perTick - 1) / perTick);
            }
            return sending;
        }

        /// The highest class, express or preemptable, of which a frame may begin; -1 for none.
        private int eligible(boolean express) {
            for (int c = 7; c >= 0; c--) {
                if (!queues.get(c).isEmpty()
                        && port.preemption().preemptable().contains(c) != express
                        && (interrupted == null || interrupted.trafficClass != c)
                        && (!port.idleSlopes().containsKey(c) || credits[c] >= 0)
                        && fits(c, queues.get(c).peek().frame().size())) {
                    return c;
                }
            }
            return -1;
        }

        /// Whether the gate of a class is open until a frame has been sent.
        private boolean fits(int c, int size) {
            return gates.isOpen(c, tick, tick + (size + perTick - 1) / perTick);
        }

        /// Credits rise with the idle slope while frames wait and up to zero otherwise, and fall while one is
        /// sent. They stand still while the gate is closed.
        private void count(@Nullable Sending now) {
            for (var entry : port.idleSlopes().entrySet()) {
                int c = entry.getKey();
                long slope = gates.isOpen(c, tick) ? slopes[c] : 0;
                if (now != null && now.trafficClass == c) {
                    credits[c] += slope - 8L * perTick;
                } else if (!queues.get(c).isEmpty()) {
                    credits[c] += slope;
                } else {
                    credits[c] = Math.min(0, credits[c] + slope);
                }
            }
        }

        private void end(Sending done) {
            sending = null;
            if (done.frame.flow() < 0) {
                return;
            }
            int c = done.trafficClass;
            var waited = queues.get(c).remove();
            backlog[c] -= done.frame.size();
            longestInQueue[c] = Math.max(longestInQueue[c], tick + 1 - waited.since());
            if (queues.get(c).isEmpty()) {
                credits[c] = Math.min(0, credits[c]);
            }
            if (!done.passed) {
                pass(done.frame, tick + 1);
            }
        }

        /// Sends a frame to the next queue; where that bridge cuts through, perhaps before its end.
        private void pass(Frame frame, int end) {
            int place = flow(frame.flow()).path().indexOf(machines.indexOf(this)) + 1;
            int least = (int) port.leastDelay().seconds().upper();
            int spread = (int) port.mostDelay().seconds().upper() - least;
            int extra = random.nextDouble() < slow ? spread : random.nextInt(spread + 1);
            lastArrival = Math.max(lastArrival, Math.max(tick + 1, end + least + extra)); // one after the other
            moving.add(new Moving(lastArrival, numbers++, frame, place));
        }
    }

    @Override
    public String toString() {
        return network + " " + Arrays.toString(longest);
    }
}
