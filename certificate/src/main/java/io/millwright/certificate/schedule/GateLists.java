package io.millwright.certificate.schedule;

import static io.millwright.certificate.schedule.Rule.where;

import io.millwright.certificate.Violations;
import io.millwright.certificate.schedule.Tables.Opening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
                entries[port.number] = entries(edge, openings);
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
            for (long time : new long[] {opening.start(), opening.end(), i == 0 ? opening.cycle() : 0}) {
                if (time % limits.tick() != 0) {
                    wrong(Rule.TICK, opening, "%d is no multiple of the tick %d".formatted(time, limits.tick()));
                }
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

    private int entries(Edge edge, List<Opening> openings) {
        long cycle = openings.getFirst().cycle();
        var moves = new LinkedHashMap<Long, Long>();
        for (var opening : openings) {
            // Two times of a queue that touch do not move its gate: one bit is set and cleared.
            moves.merge(opening.start(), 1L << opening.queue(), (a, b) -> a ^ b);
            moves.merge(opening.end(), 1L << opening.queue(), (a, b) -> a ^ b);
        }
        var times = moves.entrySet().stream()
                .filter(m -> m.getValue() != 0 && m.getKey() > 0 && m.getKey() < cycle)
                .mapToLong(Map.Entry::getKey)
                .sorted()
                .toArray();
        int entries = times.length + 1;
        if (entries > limits.gateEntries()) {
            violations.add(() -> Rule.ENTRIES.at(
                    where("link", edge),
                    "the gate list needs %d entries, at most %d".formatted(entries, limits.gateEntries())));
        }
        for (int i = 0; i < entries; i++) {
            long from = i == 0 ? 0 : times[i - 1];
            long to = i == times.length ? cycle : times[i];
            if (to - from < limits.minGate()) {
                violations.add(() -> Rule.MIN_GATE.at(
                        where("link", edge, "time", from),
                        "an entry of %d, the shortest may be %d".formatted(to - from, limits.minGate())));
            }
        }
        return entries;
    }
}
