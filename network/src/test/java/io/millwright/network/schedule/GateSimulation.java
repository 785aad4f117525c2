package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A network of switches with queues in order of arrival and gates, fed with nothing but the five tables of a
/// schedule. Talkers hand over frames at their offsets for some cycles; a port sends the first frame of a queue
/// when its gate is open for long enough and the link is free. Nothing here looks at when a frame was meant to
/// be sent.
final class GateSimulation {

    private static final int CYCLES = 3;

    private final Problem problem;
    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, List<long[]>> gates;
    private final Map<String, Set<String>> routes;
    private final Map<List<String>, Integer> queueOf = new HashMap<>();
    private final Map<List<String>, Long> offsets;
    private final Map<List<String>, Long> delays;
    private final Map<String, Port> ports = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparing(Event::kind).thenComparingInt(Event::number));
    private final Map<Frame, Set<Integer>> arrived = new HashMap<>();
    private final Set<String> failed;
    /// How much earlier than at the latest a frame is there, of the most that this may be.
    private final LongUnaryOperator early;
    /// The first arrival of each frame of a stream at each listener, whichever member brings it.
    private final Map<List<Long>, Long> first = new HashMap<>();

    private int numbers;
    private long waited;

    /// A frame of a cycle.
    private record Frame(Stream stream, long index, long sent) {
        String name() {
            return called(stream) + "/" + index;
        }
    }

    /// What happens at the same time happens in this order.
    private enum Kind {
        END,
        ARRIVE,
        OPEN
    }

    private record Event(
            long at,
            Kind kind,
            int number,
            String link,
            int queue,
            @Nullable Frame frame,
            long until) {}

    private record Queued(Frame frame, long since) {}

    private static final class Port {
        private final Map<Integer, ArrayDeque<Queued>> queues = new HashMap<>();
        private final Map<Integer, Long> openUntil = new HashMap<>();
        private long busyUntil = Long.MIN_VALUE;
    }

    GateSimulation(Schedule schedule) throws IOException {
        this(schedule, Set.of());
    }

    /// @param failed links on which every frame is lost, as `(0, 1)`
    GateSimulation(Schedule schedule, Set<String> failed) throws IOException {
        this(schedule, failed, _ -> 0);
    }

    GateSimulation(Schedule schedule, Set<String> failed, LongUnaryOperator early) throws IOException {
        this.failed = failed;
        this.early = early;
        problem = schedule.problem();
        problem.topology().links().forEach(l -> links.put(l.toString(), l));
        var files = ScheduleFiles.of(schedule);
        gates = rows(files, "GCL.csv").stream()
                .collect(Collectors.groupingBy(
                        r -> r.get(0),
                        Collectors.mapping(
                                r -> r.stream()
                                        .skip(1)
                                        .mapToLong(Long::parseLong)
                                        .toArray(),
                                Collectors.toList())));
        routes = rows(files, "ROUTE.csv").stream()
                .collect(Collectors.groupingBy(r -> r.get(0), Collectors.mapping(r -> r.get(1), Collectors.toSet())));
        rows(files, "QUEUE.csv").forEach(r -> queueOf.put(r.subList(0, 3), Integer.valueOf(r.get(3))));
        offsets = byFrame(rows(files, "OFFSET.csv"));
        delays = byFrame(rows(files, "DELAY.csv"));
    }

    private static Map<List<String>, Long> byFrame(List<List<String>> rows) {
        return rows.stream().collect(Collectors.toMap(r -> r.subList(0, 2), r -> Long.valueOf(r.get(2))));
    }

    private static List<List<String>> rows(Map<String, ScheduleFiles.Content> files, String name) throws IOException {
        var text = new StringBuilder();
        assertNotNull(files.get(name)).writeTo(text);
        var rows = new ArrayList<List<String>>();
        for (var line : text.toString().lines().skip(1).toList()) {
            rows.add(Arrays.stream(line.split(",(?! )", -1))
                    .map(c -> c.replace("\"", ""))
                    .toList());
        }
        return rows;
    }

    private static <T> T assertNotNull(@Nullable T value) {
        org.junit.jupiter.api.Assertions.assertNotNull(value);
        return value;
    }

    /// How long frames waited in switches, all together.
    long waitedNanos() {
        return waited;
    }

    /// Runs, and holds what comes out against deadlines, jitters and the table of delays.
    void run() {
        long cycle = problem.hyperperiodNanos();
        gatesDoNotOverlap(cycle);
        int sent = 0;
        for (var stream : problem.streams()) {
            for (long k = 0; k < CYCLES * (cycle / stream.periodNanos()); k++) {
                var frame = List.of(called(stream), "" + k % (cycle / stream.periodNanos()));
                long offset = offsets.get(frame);
                assertTrue(offset >= 0 && offset < stream.periodNanos(), "offset " + offset + " of " + stream);
                send(new Frame(stream, k, k * stream.periodNanos() + offset));
                sent++;
            }
        }
        long last = problem.streams().stream()
                .mapToLong(Stream::deadlineNanos)
                .max()
                .orElse(0);
        gates.forEach((link, list) -> {
            for (long[] gate : list) {
                for (long begin = 0; begin <= CYCLES * cycle + last; begin += cycle) {
                    add(begin + gate[1], Kind.OPEN, link, (int) gate[0], null, begin + gate[2]);
                }
            }
        });
        while (!events.isEmpty()) {
            handle(events.remove());
        }
        if (!failed.isEmpty()) {
            return;
        }
        assertEquals(sent, arrived.size(), "all frames arrive");
        arrived.forEach((frame, at) ->
                assertEquals(Set.copyOf(frame.stream.destinations()), at, "listeners of " + frame.name()));
    }

    private void gatesDoNotOverlap(long cycle) {
        gates.forEach((link, list) -> {
            list.sort(Comparator.comparingLong(g -> g[1]));
            long end = 0;
            for (long[] gate : list) {
                assertEquals(cycle, gate[3]);
                assertTrue(gate[1] >= end && gate[2] > gate[1] && gate[2] <= cycle, "gates of " + link);
                end = gate[2];
            }
        });
    }

    private void add(long at, Kind kind, String link, int queue, @Nullable Frame frame, long until) {
        events.add(new Event(at, kind, numbers++, link, queue, frame, until));
    }

    private void send(Frame frame) {
        for (var link : routes.get(called(frame.stream))) {
            if (links.get(link).from() == frame.stream.source()) {
                enqueueAt(frame.sent, link, frame);
            }
        }
    }

    private void enqueueAt(long at, String link, Frame frame) {
        long frames = problem.hyperperiodNanos() / frame.stream.periodNanos();
        int queue = queueOf.get(List.of(called(frame.stream), "" + frame.index % frames, link));
        assertTrue(queue >= 0 && queue < links.get(link).queues());
        add(at, Kind.ARRIVE, link, queue, frame, 0);
    }

    private void handle(Event event) {
        var port = ports.computeIfAbsent(event.link, _ -> new Port());
        switch (event.kind) {
            case END -> arrive(event.at, event.link, assertNotNull(event.frame));
            case ARRIVE ->
                port.queues
                        .computeIfAbsent(event.queue, _ -> new ArrayDeque<>())
                        .add(new Queued(assertNotNull(event.frame), event.at));
            case OPEN -> port.openUntil.put(event.queue, event.until);
        }
        port.openUntil.forEach((queue, until) -> transmit(event.at, event.link, port, queue, until));
    }

    private void transmit(long now, String link, Port port, int queue, long until) {
        var waiting = port.queues.getOrDefault(queue, new ArrayDeque<>()).peek();
        boolean allThere = events.isEmpty() || events.peek().at > now || events.peek().kind == Kind.OPEN;
        if (waiting == null || !allThere || port.busyUntil > now) {
            return;
        }
        long end = now + links.get(link).transmissionNanos(waiting.frame.stream.octets());
        if (end <= until) {
            port.queues.get(queue).remove();
            port.busyUntil = end;
            waited += links.get(link).from() == waiting.frame.stream.source() ? 0 : now - waiting.since;
            add(end, Kind.END, link, queue, waiting.frame, 0);
            forward(end, link, waiting.frame);
        }
    }

    private void forward(long end, String link, Frame frame) {
        var here = links.get(link);
        for (var next : routes.get(called(frame.stream))) {
            if (links.get(next).from() == here.to() && !failed.contains(link)) {
                long most = here.earlyNanos(frame.stream.octets());
                enqueueAt(end + here.hopNanos() - early.applyAsLong(most), next, frame);
            }
        }
    }

    private static String called(Stream stream) {
        return stream.id() + (stream.member() == 0 ? "" : "." + stream.member());
    }

    /// When a frame of a redundant stream is handed over: for its earlier member.
    private long handedOver(int id, long index) {
        return problem.streams().stream()
                .filter(s -> s.id() == id)
                .mapToLong(s -> index * s.periodNanos()
                        + offsets.get(List.of(called(s), "" + index % (problem.hyperperiodNanos() / s.periodNanos()))))
                .min()
                .orElseThrow();
    }

    /// Holds it against the deadline that every frame of a stream comes to a listener in time, over one way or
    /// the other.
    void arrivesInTime(Stream stream, int listener) {
        for (long k = 0; k < CYCLES * (problem.hyperperiodNanos() / stream.periodNanos()); k++) {
            var at = first.get(List.of((long) stream.id(), k, (long) listener));
            assertNotNull(at);
            long delay = at - handedOver(stream.id(), k);
            assertTrue(delay <= stream.deadlineNanos(), () -> stream + " takes " + delay + " with " + failed);
        }
    }

    private void arrive(long end, String link, Frame frame) {
        if (failed.contains(link)) {
            return;
        }
        var here = links.get(link);
        long latest = end + here.propagationNanos();
        long at = latest - early.applyAsLong(here.earlyArrivalNanos());
        if (frame.stream.destinations().contains(here.to())) {
            long delay = at - frame.sent;
            long frames = problem.hyperperiodNanos() / frame.stream.periodNanos();
            long told = delays.get(List.of(called(frame.stream), "" + frame.index % frames));
            assertTrue(delay <= told, () -> frame.name() + " took " + delay + " ns, told were " + told);
            assertTrue(told <= frame.stream.deadlineNanos(), () -> frame.name() + " is late: " + told);
            first.merge(List.of((long) frame.stream.id(), frame.index, (long) here.to()), at, Math::min);
            var at2 = arrived.computeIfAbsent(frame, _ -> new HashSet<>());
            assertTrue(at2.add(here.to()), () -> frame.name() + " arrives twice");
            if (frame.stream.destinations().size() == 1) {
                assertEquals(told, latest - frame.sent, frame.name());
            }
        }
    }
}
