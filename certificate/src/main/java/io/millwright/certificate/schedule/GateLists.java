package io.millwright.certificate.schedule;

import static io.millwright.certificate.schedule.Rule.where;

import io.millwright.certificate.Edge;
import io.millwright.certificate.Violations;
import io.millwright.certificate.schedule.Tables.Opening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns the times in which gates are open into the gates of ports, and into the entries of the gate control
/// lists that a bridge would be given (IEEE 802.1Q-2022, 8.6.9): one entry for each time in which no gate of
/// the port moves.
record GateLists(Tables tables, long hyperperiod, Limits limits, Violations violations) {

    /// Gives the ports their gates.
    ///
    /// @return by port, how many entries its list has
    int[] open(Map<Edge, Port> ports) {
        var byLink = new LinkedHashMap<Edge, List<Opening>>();
        tables.openings()
                .forEach(o ->
                        byLink.computeIfAbsent(o.link(), _ -> new ArrayList<>()).add(o));
        var entries = new int[ports.size()];
        byLink.forEach((edge, openings) -> {
            var port = ports.get(edge);
            if (port == null) {
                violations.add(() -> Rule.GATE.at(where("link", edge), "there is no such link"));
                return;
            }
            port.hasGates = true;
            openings.sort(Comparator.comparingInt(Opening::queue).thenComparingLong(Opening::start));
            if (areRight(port, openings)) {
                for (int queue = 0; queue < port.gates.length; queue++) {
                    int number = queue;
                    port.gates[queue] = Gate.of(
                            openings.stream().filter(o -> o.queue() == number).toList());
                }
                var moves = moves(openings);
                entries[port.number] = moves.length - 1;
                judge(edge, moves, limits);
                judge(edge, moves, port.link.limits());
            }
        });
        return entries;
    }

    private boolean areRight(Port port, List<Opening> openings) {
        boolean right = true;
        var first = openings.getFirst();
        if (first.cycle() <= 0 || hyperperiod % first.cycle() != 0) {
            right = wrong(
                    Rule.GATE,
                    first,
                    "cycle %d does not divide the hyperperiod %d".formatted(first.cycle(), hyperperiod));
        }
        for (int i = 0; i < openings.size(); i++) {
            var opening = openings.get(i);
            if (opening.queue() < 0 || opening.queue() >= port.gates.length) {
                right = wrong(Rule.QUEUE, opening, "there are only queues 0 … %d".formatted(port.gates.length - 1));
            }
            if (opening.cycle() != first.cycle()) {
                right = wrong(Rule.GATE, opening, "cycle %d, elsewhere %d".formatted(opening.cycle(), first.cycle()));
            }
            if (opening.start() < 0 || opening.start() >= opening.end() || opening.end() > opening.cycle()) {
                right = wrong(
                        Rule.GATE, opening, "open until %d in a cycle of %d".formatted(opening.end(), opening.cycle()));
            }
            var before = openings.get(Math.max(0, i - 1));
            if (i > 0 && before.queue() == opening.queue() && before.end() > opening.start()) {
                right = wrong(Rule.GATE, opening, "it is open already, until %d".formatted(before.end()));
            }
        }
        return right;
    }

    /// @return false
    private boolean wrong(Rule rule, Opening opening, String what) {
        violations.add(
                () -> rule.at(where("link", opening.link(), "queue", opening.queue(), "time", opening.start()), what));
        return false;
    }

    /// The ends of the cycle, and when a gate of the port moves in between.
    private static long[] moves(List<Opening> openings) {
        var moves = new TreeMap<Long, Long>();
        for (var opening : openings) {
            // Two times of a queue that touch do not move its gate: one bit is set and cleared.
            moves.merge(opening.start(), 1L << opening.queue(), (a, b) -> a ^ b);
            moves.merge(opening.end(), 1L << opening.queue(), (a, b) -> a ^ b);
        }
        moves.put(0L, 1L);
        moves.put(openings.getFirst().cycle(), 1L);
        moves.values().removeIf(m -> m == 0);
        return moves.keySet().stream().mapToLong(m -> m).toArray();
    }

    /// Holds a list against what a port can do.
    private void judge(Edge edge, long[] moves, Limits can) {
        int entries = moves.length - 1;
        judge(Rule.ENTRIES, entries, can.gateEntries(), "the gate list needs %d entries, at most %d", edge, 0);
        judge(Rule.CYCLE, moves[entries], can.longestCycle(), "a cycle of %d, the longest may be %d", edge, 0);
        for (int i = 0; i <= entries; i++) {
            long from = moves[i];
            judge(Rule.TICK, from % can.tick(), 0, "a gate moves %d after a tick; %d would be right", edge, from);
            if (i < entries) {
                long length = moves[i + 1] - from;
                judge(Rule.MIN_GATE, -length, -can.minGate(), "an entry of %d, the shortest may be %d", edge, from);
            }
        }
    }

    private void judge(Rule rule, long value, long most, String what, Edge edge, long time) {
        if (value > most) {
            violations.add(
                    () -> rule.at(where("link", edge, "time", time), what.formatted(Math.abs(value), Math.abs(most))));
        }
    }
}
