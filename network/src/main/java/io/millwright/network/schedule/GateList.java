package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// When the gates of a port are open, made to fit the gate control list of a switch (IEEE 802.1Q-2022, 8.6.9).
///
/// A gate that holds frames back opens just when one is to be sent; from its close until the next of its frames
/// comes, nobody minds when it closes. The gate of the last queue holds nobody back: it may open earlier and
/// close later as long as anybody likes. So windows are moved apart or together until no entry is too short,
/// and gaps of the last queue are left open, the shortest first, until there are few enough entries. The search
/// has seen to it that the gates that hold frames back alone need no more ([Timetable]).
///
/// @param cycleNanos after which the list begins again
/// @param windows when gates are open, by start
record GateList(long cycleNanos, List<Window> windows) {

    /// A time in which a gate is open.
    record Window(int queue, long start, long end) {}

    GateList {
        windows =
                windows.stream().sorted(Comparator.comparingLong(Window::start)).toList();
    }

    /// The lists of all ports, by link; without limits one window for each transmission, just as long.
    static List<GateList> of(Schedule schedule) {
        var users = new ArrayList<List<Integer>>();
        schedule.problem().topology().links().forEach(_ -> users.add(new ArrayList<>()));
        for (int i = 0; i < schedule.placements().size(); i++) {
            for (int link : schedule.placements().get(i).links()) {
                users.get(link).add(i);
            }
        }
        boolean exact = !schedule.problem().isLimited();
        return IntStream.range(0, users.size())
                .mapToObj(link -> new Fitting(schedule, link, users.get(link)))
                .map(f -> exact ? f.exact() : f.list())
                .toList();
    }

    /// How many entries the list has: one for each time in which no gate moves.
    int entries() {
        var moves = new HashMap<Long, Long>();
        for (var window : windows) {
            // Windows of a queue that touch do not move its gate: one bit is set and cleared.
            moves.merge(window.start, 1L << window.queue, (a, b) -> a ^ b);
            moves.merge(window.end, 1L << window.queue, (a, b) -> a ^ b);
        }
        moves.remove(0L);
        moves.remove(cycleNanos);
        return 1 + (int) moves.values().stream().filter(m -> m != 0).count();
    }

    /// Fits the windows of one port.
    private static final class Fitting {
        private final Problem problem;
        private final Limits limits;
        private final Link link;
        private final long cycle;
        /// Windows of frames that wait.
        private final List<Window> held = new ArrayList<>();
        /// Windows of frames that do not, in the last queue.
        private final List<Window> free = new ArrayList<>();
        /// When gates that hold frames back move, and the ends of the cycle.
        private final NavigableSet<Long> moves = new TreeSet<>();

        Fitting(Schedule schedule, int link, List<Integer> users) {
            problem = schedule.problem();
            limits = problem.limits(link);
            this.link = problem.topology().links().get(link);
            cycle = cycle(users, link);
            for (int user : users) {
                add(problem.streams().get(user), schedule.placements().get(user), link);
            }
            held.sort(Comparator.comparingLong(Window::start));
            free.sort(Comparator.comparingLong(Window::start));
        }

        /// The shortest for all that pass.
        private long cycle(List<Integer> users, int index) {
            long least = Periods.hyperperiod(users.stream()
                    .mapToLong(u -> problem.streams().get(u).periodNanos())
                    .toArray());
            long shortest = problem.isLimited() ? problem.cycleNanos(index, least) : -1;
            return shortest < 0 ? problem.hyperperiodNanos() : shortest;
        }

        private void add(Stream stream, Placement placement, int index) {
            int at = placement.links().indexOf(index);
            long start = placement.startsNanos().get(at);
            int queue = placement.queues().get(at);
            long length = link.transmissionNanos(stream.octets());
            boolean waits = queue < link.queues() - 1;
            long guard = waits || link.from() == stream.source() ? 0 : limits.guardNanos();
            long open = waits ? Math.max(length, limits.shortestNanos()) : length + 2 * guard;
            long first = Math.floorMod(start - guard, stream.periodNanos());
            for (long from = first; from < cycle; from += stream.periodNanos()) {
                (waits ? held : free).add(new Window(queue, limits.floor(from), limits.ceil(from + open)));
            }
        }

        GateList exact() {
            held.addAll(free);
            return new GateList(cycle, held);
        }

        GateList list() {
            var windows = new ArrayList<Window>();
            moves.add(0L);
            moves.add(cycle);
            held.forEach(w -> moves.add(w.start));
            for (var window : held) {
                long next = after(window.end);
                long end = next - window.end < limits.shortestNanos() ? next : window.end;
                windows.add(new Window(window.queue, window.start, end));
            }
            windows.forEach(w -> moves.add(w.end));
            windows.addAll(fewer(apart()));
            return new GateList(cycle, windows);
        }

        /// The windows of the last queue, such that no entry is too short.
        private List<Window> apart() {
            var fitted = new ArrayList<Window>();
            for (var window : free) {
                long start = opening(window.start);
                long end = closing(Math.max(window.end, start + limits.shortestNanos()));
                if (!fitted.isEmpty() && start - fitted.getLast().end < Math.max(1, limits.shortestNanos())) {
                    var last = fitted.removeLast();
                    fitted.add(new Window(last.queue, last.start, Math.max(last.end, end)));
                } else {
                    fitted.add(new Window(window.queue, start, end));
                }
            }
            return fitted;
        }

        private long after(long time) {
            return Objects.requireNonNullElse(moves.ceiling(time), cycle);
        }

        private long before(long time) {
            return Objects.requireNonNullElse(moves.floor(time), 0L);
        }

        private long opening(long start) {
            long shortest = limits.shortestNanos();
            long next = after(start);
            long moved = next == start || next - start >= shortest ? start : next - shortest;
            long before = before(start);
            return moved - before < shortest ? before : moved;
        }

        private long closing(long end) {
            long shortest = limits.shortestNanos();
            long before = before(end);
            long moved = before == end || end - before >= shortest ? end : before + shortest;
            long next = after(end);
            return next - moved < shortest ? next : moved;
        }

        /// Leaves the shortest gaps of the last queue open until there are few enough entries.
        private List<Window> fewer(List<Window> windows) {
            if (windows.isEmpty()) {
                return windows;
            }
            var all = new TreeSet<>(moves);
            windows.forEach(w -> {
                all.add(w.start);
                all.add(w.end);
            });
            long surplus = all.size() - 1L - limits.gateEntries();
            if (surplus <= 0) {
                return windows;
            }
            var gaps = gaps(windows);
            var order = IntStream.range(0, gaps.size())
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> gaps.get(i).end - gaps.get(i).start))
                    .toList();
            var filled = new boolean[gaps.size()];
            for (int i : order) {
                int gain = gain(gaps.get(i).start) + gain(gaps.get(i).end);
                if (surplus > 0 && gain > 0) {
                    filled[i] = true;
                    surplus -= gain;
                }
            }
            return joined(windows, filled);
        }

        /// How many entries are saved where the last queue does not move.
        private int gain(long time) {
            return moves.contains(time) ? 0 : 1;
        }

        /// The times between windows: one more than windows, and perhaps of no length at the ends of the cycle.
        private List<Window> gaps(List<Window> windows) {
            var gaps = new ArrayList<Window>();
            long from = 0;
            for (var window : windows) {
                gaps.add(new Window(window.queue, from, window.start));
                from = window.end;
            }
            gaps.add(new Window(windows.getLast().queue, from, cycle));
            return gaps;
        }

        private List<Window> joined(List<Window> windows, boolean[] filled) {
            var joined = new ArrayList<Window>();
            for (int i = 0; i < windows.size(); i++) {
                var window = windows.get(i);
                long end = i + 1 == windows.size() && filled[i + 1] ? cycle : window.end;
                if (filled[i] && i > 0) {
                    var last = joined.removeLast();
                    joined.add(new Window(last.queue, last.start, end));
                } else {
                    joined.add(new Window(window.queue, filled[i] ? 0 : window.start, end));
                }
            }
            return joined;
        }
    }
}
