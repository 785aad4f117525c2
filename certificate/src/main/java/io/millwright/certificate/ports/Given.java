package io.millwright.certificate.ports;

import io.millwright.certificate.Fields;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The network that a trace is about: ports as they are configured, and flows of frames. Sizes are those on
/// the wire, in bits.
final class Given {

    /// The highest traffic class.
    static final int HIGHEST = 7;

    private static final int MOST_FRAGMENT = 3;
    private static final int MOST_ENTRIES = 2048;
    private static final int MOST_PASSAGES = 100_000;
    private static final int MOST_ON_WAY = 400;

    /// An entry of a gate control list.
    record Entry(Fraction length, BitSet open) {}

    /// The sending side of a port.
    ///
    /// @param rate of its link
    /// @param least the least time from the end of a frame on the link until it is in the next queue;
    ///     negative where the next bridge cuts through
    /// @param most the longest such time
    /// @param others the largest frame of class 0 that is not among the flows, of which there may be any amount
    /// @param slopes the idle slopes of classes with a credit-based shaper
    /// @param gates its gate control list, none where no gate ever closes
    /// @param shaped the classes that are shaped asynchronously before they come to their queue
    /// @param cut the classes whose frames may be interrupted, and how many times 64 octets their least
    ///     fragment is longer than 64 octets
    record Port(
            Fraction rate,
            Fraction least,
            Fraction most,
            Fraction others,
            String name,
            Map<Integer, Fraction> slopes,
            List<Entry> gates,
            BitSet shaped,
            Map<Integer, Integer> cut,
            Map<Integer, Fraction> cycles) {

        Fraction cycle() {
            return gates.stream().map(Entry::length).reduce(Fraction.ZERO, Fraction::plus);
        }

        boolean isOpen(int entry, int trafficClass) {
            return gates.get(Math.floorMod(entry, gates.size())).open().get(trafficClass);
        }

        /// Whether the gates of two classes are ever open at the same time.
        boolean areOpenTogether(int one, int other) {
            return gates.isEmpty() || entries().anyMatch(e -> isOpen(e, one) && isOpen(e, other));
        }

        boolean isAlwaysOpen(int trafficClass) {
            return entries().allMatch(e -> isOpen(e, trafficClass));
        }

        IntStream entries() {
            return IntStream.range(0, gates.size());
        }
    }

    /// Frames of one source on one way.
    record Flow(
            int trafficClass,
            Fraction smallest,
            Fraction largest,
            Fraction rate,
            Fraction burst,
            List<Integer> way,
            String name) {

        /// The port passed before another one; the flow comes from its source where there is none.
        int before(int port) {
            int place = way.indexOf(port);
            return place == 0 ? NONE : way.get(place - 1);
        }
    }

    /// Stands for no port.
    static final int NONE = -1;

    final List<Port> ports = new ArrayList<>();
    final List<Flow> flows = new ArrayList<>();
    private final List<List<Integer>> passing = new ArrayList<>();
    private Fraction gap = Fraction.ZERO;
    private int passages;

    /// Reads a line of what is given, if it is one.
    ///
    /// @return whether it is
    boolean read(String line) throws Malformed {
        switch (line.split(" ", 2)[0]) {
            case "gap" -> gap(fields(line, 2));
            case "port" -> port(fields(line, 6));
            case "slope" -> ofClass(fields(line, 4), Port::slopes);
            case "cycle" -> ofClass(fields(line, 4), Port::cycles);
            case "gate" -> gate(fields(line, 4));
            case "asynchronous" -> portAt(fields(line, 3)[1]).shaped().or(classes(fields(line, 3)[2]));
            case "preemptable" -> preemptable(fields(line, 4));
            case "flow" -> flow(fields(line, 8));
            default -> {
                return false;
            }
        }
        return true;
    }

    /// A last field may have spaces.
    static String[] fields(String line, int count) throws Malformed {
        var fields = line.split(" ", count);
        if (fields.length < count) {
            throw new Malformed("a line %s has %d fields".formatted(fields[0], count));
        }
        return fields;
    }

    static int trafficClass(String text) throws Malformed {
        int number = Fields.number(text);
        if (number > HIGHEST) {
            throw new Malformed("a class is 0 to 7, not " + number);
        }
        return number;
    }

    private static BitSet classes(String text) throws Malformed {
        var classes = new BitSet();
        for (var field : text.equals("-") ? new String[0] : text.split(",", -1)) {
            classes.set(trafficClass(field));
        }
        return classes;
    }

    private static Fraction positive(String text, String what) throws Malformed {
        var number = Fraction.read(text);
        if (!number.isPositive()) {
            throw new Malformed(what + " is above zero");
        }
        return number;
    }

    private void gap(String[] fields) throws Malformed {
        if (!ports.isEmpty()) {
            throw new Malformed("the gap comes before ports");
        }
        gap = Fraction.read(fields[1]);
    }

    private void port(String[] fields) throws Malformed {
        var least = fields[2].startsWith("-")
                ? Fraction.ZERO.minus(Fraction.read(fields[2].substring(1)))
                : Fraction.read(fields[2]);
        var most = Fraction.read(fields[3]);
        if (least.compareTo(most) > 0 || !flows.isEmpty()) {
            throw new Malformed(
                    "a port comes before flows, and its least time to the next queue is not above the longest");
        }
        ports.add(new Port(
                positive(fields[1], "the rate of a port"),
                least,
                most,
                Fraction.read(fields[4]),
                fields[5],
                new HashMap<>(),
                new ArrayList<>(),
                new BitSet(),
                new HashMap<>(),
                new HashMap<>()));
        passing.add(new ArrayList<>());
    }

    Port portAt(String text) throws Malformed {
        int port = Fields.number(text);
        if (port >= ports.size() || !flows.isEmpty()) {
            throw new Malformed("what a port does is said after it, and before flows; there is no port " + port);
        }
        return ports.get(port);
    }

    private void ofClass(String[] fields, Function<Port, Map<Integer, Fraction>> what) throws Malformed {
        what.apply(portAt(fields[1])).put(trafficClass(fields[2]), positive(fields[3], "a " + fields[0]));
    }

    private void gate(String[] fields) throws Malformed {
        var gates = portAt(fields[1]).gates();
        gates.add(new Entry(positive(fields[2], "the time of a gate's entry"), classes(fields[3])));
        if (gates.size() > MOST_ENTRIES) {
            throw new Malformed("a gate list has at most %d entries".formatted(MOST_ENTRIES));
        }
    }

    private void preemptable(String[] fields) throws Malformed {
        var cut = portAt(fields[1]).cut();
        int fragment = Fields.number(fields[3]);
        if (fragment > MOST_FRAGMENT) {
            throw new Malformed("the least fragment is 0 to 3 times 64 octets longer than 64, not " + fragment);
        }
        classes(fields[2]).stream().forEach(c -> cut.put(c, fragment));
    }

    private void flow(String[] fields) throws Malformed {
        var flow = new Flow(
                trafficClass(fields[1]),
                positive(fields[2], "the smallest frame"),
                Fraction.read(fields[3]),
                positive(fields[4], "the rate of a flow"),
                Fraction.read(fields[5]),
                Fields.numbers(fields[6]),
                fields[7]);
        if (flow.largest().compareTo(flow.smallest()) < 0 || flow.burst().compareTo(flow.largest()) < 0) {
            throw new Malformed("the largest frame is not below the smallest, and the burst not below the largest");
        }
        if (flow.smallest().compareTo(gap) < 0) {
            throw new Malformed("a frame is not smaller than the gap after it");
        }
        var there = flow.way().stream().filter(p -> p < ports.size()).distinct().count();
        if (flow.way().isEmpty() || there < flow.way().size() || there > MOST_ON_WAY) {
            throw new Malformed(
                    "the way of a flow is over 1 to %d ports that are there, over none twice".formatted(MOST_ON_WAY));
        }
        passages += flow.way().size();
        if (passages > MOST_PASSAGES) {
            throw new Malformed("flows pass at most %d ports in all".formatted(MOST_PASSAGES));
        }
        flow.way().forEach(p -> passing.get(p).add(flows.size()));
        flows.add(flow);
    }

    Flow flow(int flow) {
        return flows.get(flow);
    }

    /// The flows of a class that pass a port.
    List<Integer> at(int port, int trafficClass) {
        return passing.get(port).stream()
                .filter(f -> flow(f).trafficClass() == trafficClass)
                .toList();
    }

    /// The ports that flows of a class pass.
    Set<Integer> portsOf(int trafficClass) {
        return IntStream.range(0, ports.size())
                .filter(p -> !at(p, trafficClass).isEmpty())
                .boxed()
                .collect(Collectors.toSet());
    }

    /// The largest frame of a class at a port, best effort too; zero where there is none.
    Fraction largest(int port, int trafficClass) {
        var best = trafficClass == 0 ? ports.get(port).others() : Fraction.ZERO;
        return at(port, trafficClass).stream().map(f -> flow(f).largest()).reduce(best, Fraction::most);
    }

    /// How long the last bit of a frame is gone before its time on the link is over.
    Fraction gapAt(int port) {
        return gap.over(ports.get(port).rate());
    }
}
