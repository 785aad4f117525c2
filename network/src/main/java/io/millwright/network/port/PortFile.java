package io.millwright.network.port;

import io.millwright.network.bounds.Fields;
import io.millwright.network.bounds.Mistake;
import io.millwright.network.bounds.Notation;
import io.millwright.network.bounds.Quantities;
import io.millwright.network.bounds.ServerGraphFile;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Rational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a network of ports from JSON.
///
/// ```json
/// {"name": "cell",
///  "ports": [{"id": "sw-1/3", "rate": "100Mbps", "delay": "8us", "bestEffort": "1522B"}],
///  "flows": [{"id": "drive", "path": ["sw-1/3"], "class": 7, "every": "1ms", "maxFrame": "100B"}]}
/// ```
///
/// Frames are counted with their checksum and tag; preamble, start of frame and gap are added here.
public final class PortFile {

    /// Octets on the wire besides the frame: preamble 7, start of frame 1, gap 12 (802.3-2022, 3.1.1 and
    /// 4.4.2).
    private static final Rational OVERHEAD = Rational.of(8 * 20);

    private static final Data GAP = Data.of(8 * 12);
    private static final Rational SMALLEST_FRAME = Rational.of(8 * 64);
    /// The largest basic frame with a tag.
    private static final Rational BASIC_FRAME = Rational.of(8 * 1522);

    private static final Rational MICROSECOND = Rational.of(1, 1_000_000);
    private static final int MOST_GATES = 1024;
    private static final int MOST_HOPS = 400;
    private static final int STEP_OCTETS = 64;

    private final Quantities quantities = new Quantities();
    private final List<Port> ports = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<FrameFlow> flows = new ArrayList<>();
    private final Set<String> flowNames = new HashSet<>();
    private final Set<Integer> usualBestEffort = new HashSet<>();
    private int size;

    private PortFile() {}

    /// What came of reading: a network, or what is wrong.
    public sealed interface Reading {}

    /// The file is right.
    ///
    /// @param network the network, in exact numbers
    /// @param notation how its numbers are written
    /// @param notes what was read otherwise than it stands there
    public record Right(PortNetwork network, Notation notation, List<String> notes) implements Reading {}

    /// The file is wrong.
    ///
    /// @param mistake where, what is wrong and what would be right
    public record Wrong(String mistake) implements Reading {}

    /// Whether a file describes ports, rather than servers.
    public static boolean describesPorts(String text) {
        try {
            var root = JsonMapper.shared().readTree(text);
            return root != null && root.isObject() && root.has("ports");
        } catch (JacksonException _) {
            return false;
        }
    }

    /// Reads a network.
    public static Reading read(String text) {
        try {
            var file = new PortFile();
            var network = file.network(JsonMapper.shared().readTree(text));
            return new Right(network, file.notation(), file.quantities.notes());
        } catch (JacksonException e) {
            return new Wrong(Fields.notJson(e));
        } catch (Mistake e) {
            return new Wrong(e.what());
        }
    }

    /// Decimals, in the first unit of a time that the file has.
    private Notation notation() {
        var found = quantities.notation();
        return found.timeUnit().isEmpty()
                ? new Notation(true, "us", MICROSECOND)
                : new Notation(true, found.timeUnit(), found.perUnit());
    }

    private PortNetwork network(@Nullable JsonNode root) {
        if (root == null || !root.isObject()) {
            throw new Mistake("the file must hold an object with \"ports\" and \"flows\"");
        }
        if (root.has("servers")) {
            throw new Mistake("the file has \"servers\" and \"ports\": both in one network are not covered yet");
        }
        int i = 0;
        for (var node : Fields.list(root, "ports", "the file")) {
            port(node, "ports[" + i++ + "]");
        }
        i = 0;
        for (var node : Fields.list(root, "flows", "the file")) {
            flow(node, "flows[" + i++ + "]");
        }
        if (flows.isEmpty()) {
            throw new Mistake("\"flows\" is empty: there is nothing to bound");
        }
        if (!quantities.haveUnits()) {
            throw new Mistake("a file with \"ports\" needs units, because frames have a length on the wire: write "
                    + "\"100Mbps\", \"1ms\" and \"1522B\"");
        }
        var name = root.get("name");
        return new PortNetwork(
                name != null && name.isString() ? name.stringValue() : "", GAP, withUsualBestEffort(), flows);
    }

    private void port(JsonNode node, String where) {
        var id = Fields.id(node, where);
        var of = where + " of port " + id;
        var delays = delays(node, of);
        var slopes = new TreeMap<Integer, Rate>();
        byClass(Quantities::rate, node, "idleSlope", of).forEach((c, rate) -> slopes.put(c, new Rate(rate)));
        var cycles = new TreeMap<Integer, Time>();
        byClass(Quantities::time, node, "cyclic", of).forEach((c, cycle) -> cycles.put(c, new Time(cycle)));
        if (!node.has("bestEffort")) {
            usualBestEffort.add(ports.size());
        }
        if (places.putIfAbsent(id, ports.size()) != null) {
            throw new Mistake("%s: there is another port %s; names must differ".formatted(where, id));
        }
        ports.add(new Port(
                id,
                new Rate(positive(Quantities::rate, node, "rate", of)),
                delays.getFirst(),
                delays.getLast(),
                bestEffort(node.has("bestEffort") ? quantity(Quantities::data, node, "bestEffort", of) : BASIC_FRAME),
                slopes,
                preemption(node, of),
                gates(node, of),
                classes(node, "asynchronous", of),
                cycles));
        grow(1);
    }

    private static Data bestEffort(Rational frame) {
        return new Data(frame.upperSign() > 0 ? frame.plus(OVERHEAD) : Rational.ZERO);
    }

    /// Where nothing is said of best effort there is some, unless class 0 has flows of the file.
    private List<Port> withUsualBestEffort() {
        var used = new HashSet<Integer>();
        flows.stream().filter(f -> f.trafficClass() == 0).forEach(f -> used.addAll(f.path()));
        used.retainAll(usualBestEffort);
        return IntStream.range(0, ports.size())
                .mapToObj(p -> used.contains(p) ? ports.get(p).withoutBestEffort() : ports.get(p))
                .toList();
    }

    private interface Reader {
        Rational read(Quantities quantities, String text, String where);
    }

    /// A number that is not negative.
    private Rational quantity(Reader kind, JsonNode node, String key, String of) {
        var number = kind.read(quantities, Fields.value(node, key, of), of + ", " + key);
        if (number.upperSign() < 0) {
            throw new Mistake("%s: %s is negative".formatted(of, key));
        }
        return number;
    }

    private Rational positive(Reader kind, JsonNode node, String key, String of) {
        var number = quantity(kind, node, key, of);
        if (number.upperSign() == 0) {
            throw new Mistake("%s: %s is not above zero".formatted(of, key));
        }
        return number;
    }

    /// One delay, or the least and the longest.
    private List<Time> delays(JsonNode node, String of) {
        var delay = node.get("delay");
        if (delay == null) {
            return List.of(Time.ZERO);
        }
        if (!delay.isArray()) {
            return List.of(new Time(quantity(Quantities::time, node, "delay", of)));
        }
        var both = new ArrayList<Time>();
        for (var one : delay) {
            var alone = JsonMapper.shared().createObjectNode().set("delay", one);
            both.add(new Time(quantity(Quantities::time, alone, "delay", of)));
        }
        if (both.size() != 2 || both.getLast().isTighterThan(both.getFirst())) {
            throw new Mistake(of + ": delay is a time, or the least and the longest in brackets");
        }
        return both;
    }

    /// An object with a number for each class.
    private Map<Integer, Rational> byClass(Reader kind, JsonNode node, String key, String of) {
        var numbers = new TreeMap<Integer, Rational>();
        var given = node.get(key);
        if (given == null) {
            return numbers;
        }
        var at = of + ", " + key;
        if (!given.isObject()) {
            throw new Mistake(at + " is an object with a number for each class, like {\"6\": \"20Mbps\"}");
        }
        for (var name : given.propertyNames()) {
            numbers.put(trafficClass(name, at), positive(kind, given, name, at));
        }
        return numbers;
    }

    private Preemption preemption(JsonNode node, String of) {
        var classes = classes(node, "preemptable", of);
        if (!node.has("fragment")) {
            return new Preemption(classes, 0);
        }
        var octets = positive(Quantities::data, node, "fragment", of);
        for (int i = 0; i < 4; i++) {
            if (octets.equals(Rational.of(8L * STEP_OCTETS * (i + 1)))) {
                return new Preemption(classes, i);
            }
        }
        throw new Mistake(of + ": fragment, the least length of a fragment, is 64B, 128B, 192B or 256B");
    }

    private GateList gates(JsonNode node, String of) {
        if (!node.has("gates")) {
            return GateList.ALWAYS_OPEN;
        }
        var entries = new ArrayList<GateList.Entry>();
        for (var entry : Fields.list(node, "gates", of)) {
            var at = "%s, gates[%d]".formatted(of, entries.size());
            var length = new Time(positive(Quantities::time, entry, "for", at));
            Fields.list(entry, "open", at);
            entries.add(new GateList.Entry(length, classes(entry, "open", at)));
        }
        if (entries.size() > MOST_GATES) {
            throw new Mistake(
                    "%s: gates has %d entries, at most %d are analysed".formatted(of, entries.size(), MOST_GATES));
        }
        grow(entries.size());
        return new GateList(entries);
    }

    private static Set<Integer> classes(JsonNode node, String key, String of) {
        var classes = new TreeSet<Integer>();
        if (node.has(key)) {
            for (var one : Fields.list(node, key, of)) {
                classes.add(trafficClass(one.asString(), of + ", " + key));
            }
        }
        return classes;
    }

    private static int trafficClass(String text, String where) {
        if (!text.matches("[0-7]")) {
            throw new Mistake(
                    "%s: \"%s\" is no traffic class. Right are 0 to 7; 7 is sent first".formatted(where, text));
        }
        return Integer.parseInt(text);
    }

    private void flow(JsonNode node, String where) {
        var id = Fields.id(node, where);
        var of = where + " of flow " + id;
        var path = path(node, of);
        int trafficClass = trafficClass(Fields.value(node, "class", of), of + ", class");
        var largest = positive(Quantities::data, node, "maxFrame", of);
        var smallest = node.has("minFrame")
                ? positive(Quantities::data, node, "minFrame", of)
                : SMALLEST_FRAME.compareTo(largest) < 0 ? SMALLEST_FRAME : largest;
        if (smallest.compareTo(largest) > 0) {
            throw new Mistake(of + ": minFrame is above maxFrame");
        }
        if (!flowNames.add(id)) {
            throw new Mistake("%s: there is another flow %s; names must differ".formatted(where, id));
        }
        flows.add(new FrameFlow(
                id,
                trafficClass,
                path,
                new Data(smallest.plus(OVERHEAD)),
                new Data(largest.plus(OVERHEAD)),
                node.has("every") ? periodic(node, of, largest) : bucket(node, of, smallest, largest)));
        grow(1 + path.size());
    }

    private List<Integer> path(JsonNode node, String of) {
        var path = new ArrayList<Integer>();
        for (var step : Fields.list(node, "path", of)) {
            var place = places.get(step.asString());
            if (place == null) {
                throw new Mistake("%s: path names %s, which is no port".formatted(of, step));
            }
            path.add(place);
        }
        if (path.isEmpty()) {
            throw new Mistake(of + ": path is empty. A flow passes at least one port");
        }
        if (path.size() > MOST_HOPS) {
            throw new Mistake("%s: path has %d ports, at most %d are analysed".formatted(of, path.size(), MOST_HOPS));
        }
        if (new HashSet<>(path).size() < path.size()) {
            throw new Mistake(of + ": path passes a port twice");
        }
        return path;
    }

    /// At most some frames within any time of one period.
    private TokenBucket periodic(JsonNode node, String of, Rational largest) {
        if (node.has("rate") || node.has("burst")) {
            throw new Mistake(of + ": give \"every\", or \"rate\" and \"burst\", not both");
        }
        var period = positive(Quantities::time, node, "every", of);
        long frames = 1;
        if (node.has("frames")) {
            var text = Fields.value(node, "frames", of);
            if (!text.matches("[1-9][0-9]{0,8}")) {
                throw new Mistake("%s: frames is a whole number above zero, not \"%s\"".formatted(of, text));
            }
            frames = Long.parseLong(text);
        }
        var burst = Rational.of(frames).times(largest.plus(OVERHEAD));
        return new TokenBucket(new Data(burst), new Rate(burst.times(period.inverse())));
    }

    /// A token bucket of frames, and what each of them has besides on the wire: most, if they are small.
    private TokenBucket bucket(JsonNode node, String of, Rational smallest, Rational largest) {
        var burst = positive(Quantities::data, node, "burst", of);
        var rate = positive(Quantities::rate, node, "rate", of);
        if (burst.compareTo(largest) < 0) {
            throw new Mistake(of + ": burst is below maxFrame. A frame comes as a whole, so it is a burst");
        }
        var onWire = Rational.ONE.plus(OVERHEAD.times(smallest.inverse()));
        return new TokenBucket(new Data(burst.times(onWire)), new Rate(rate.times(onWire)));
    }

    private void grow(int by) {
        size += by;
        if (size > ServerGraphFile.LARGEST) {
            throw new Mistake("the network has more than %d ports, gates, flows and hops: divide it"
                    .formatted(ServerGraphFile.LARGEST));
        }
    }
}
