package io.millwright.certificate.bounds;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fields;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import io.millwright.certificate.Trace;
import io.millwright.certificate.Verdict;
import io.millwright.certificate.Violation;
import io.millwright.certificate.Violations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks bounds of delays by doing their derivation again.
///
/// A trace is text. First what is given, `server RATE LATENCY NAME` and `flow RATE BURST WAY NAME`, counted from
/// 0. Then claims of what comes to servers, counted from 0 as well, and delays, each from claims before it:
///
/// - `source FLOWS SERVER BURST`: as the sources send it.
/// - `through any|fifo FLOWS SERVER WITHOUT FROM BURST STRETCH…`: what comes through the servers of stretches,
///   where it came as claims FROM say.
/// - `delayed any|fifo SERVER:DELAY:WITNESS:CLAIMS…`: how long servers delay by all that comes; those of a cycle
///   together.
/// - `delay METHOD FLOW DELAY STRETCH…`: the bound of a flow over its whole way.
/// - `delay fifo.lp FLOW DELAY CROSSING… INEQUALITY…`: the same, by what adds up to it ([Dates]).
///
/// Numbers must come out as they are written, to the last digit; a bound by inequalities comes out no larger.
public final class BoundsChecker {

    private static final String FIRST = "millwright-bounds 2";

    private final Given given = new Given();
    private final List<Optional<Claim>> claims = new ArrayList<>();
    private final Delayed delayed = new Delayed(given);
    private final List<BoundFigures.Delay> delays = new ArrayList<>();
    private final Violations violations = new Violations();

    private BoundsChecker() {}

    /// Checks a trace. Does not fail, whatever it holds.
    public static Verdict<BoundFigures> check(String trace) {
        return new BoundsChecker().replay(trace);
    }

    private Verdict<BoundFigures> replay(String trace) {
        var refused = Trace.read(trace, "bounds", FIRST, this::line);
        if (refused.isPresent()) {
            return new Verdict.Refused<>(refused.get());
        }
        if (delays.isEmpty() && violations.isEmpty()) {
            return new Verdict.Refused<>("no delay is claimed");
        }
        return violations.isEmpty()
                ? new Verdict.Verified<>(new BoundFigures(given.flows.size(), claims.size(), delays))
                : violations.refuted(true);
    }

    private void line(String line, int number) throws Malformed {
        var fields = line.split(" ", -1);
        int before = claims.size();
        try {
            switch (fields[0]) {
                case "server" -> server(line.split(" ", 4));
                case "flow" -> flow(line.split(" ", 5));
                case "source" -> claims.add(Optional.of(source(of(fields, 4))));
                case "through" -> claims.add(Optional.of(through(of(fields, 8))));
                case "delayed" -> delayed(of(fields, 3));
                case "delay" -> delay(of(fields, 5));
                default -> throw new Malformed("no such step: " + Malformed.shown(fields[0]));
            }
        } catch (Broken e) {
            if (claims.size() == before && !fields[0].startsWith("delay")) {
                claims.add(Optional.empty());
            }
            violations.add(() ->
                    new Violation(fields[0], Map.of("line", Integer.toString(number)), String.valueOf(e.getMessage())));
        }
    }

    private static String[] of(String[] fields, int least) throws Malformed {
        if (fields.length < least) {
            throw new Malformed("a line %s has at least %d fields".formatted(fields[0], least));
        }
        return fields;
    }

    private void server(String[] fields) throws Malformed {
        of(fields, 4);
        if (!given.flows.isEmpty()) {
            throw new Malformed("servers come before flows");
        }
        given.add(new Given.Server(Fraction.read(fields[1]), Fraction.read(fields[2]), fields[3]));
    }

    private void flow(String[] fields) throws Malformed {
        of(fields, 5);
        if (!claims.isEmpty() || !delays.isEmpty()) {
            throw new Malformed("flows come before claims");
        }
        var way = Fields.numbers(fields[3]);
        if (way.isEmpty()) {
            throw new Malformed("a flow passes a server");
        }
        given.add(new Given.Flow(Fraction.read(fields[1]), Fraction.read(fields[2]), way, fields[4]));
    }

    private BitSet flows(String text) throws Malformed {
        var flows = new BitSet();
        for (int flow : Fields.numbers(text)) {
            if (flow >= given.flows.size() || flows.get(flow)) {
                throw new Malformed("there is no flow %d, or it is named twice".formatted(flow));
            }
            flows.set(flow);
        }
        return flows;
    }

    private int serverAt(String text) throws Malformed {
        int server = Fields.number(text);
        if (server >= given.servers.size()) {
            throw new Malformed("there is no server " + server);
        }
        return server;
    }

    private Claim source(String[] fields) throws Malformed, Broken {
        var flows = flows(fields[1]);
        int server = serverAt(fields[2]);
        var burst = Fraction.ZERO;
        for (int f = flows.nextSetBit(0); f >= 0; f = flows.nextSetBit(f + 1)) {
            Broken.unless(
                    given.flows.get(f).way().getFirst() == server,
                    "flow %d does not come from its source to server %d".formatted(f, server));
            burst = burst.plus(given.flows.get(f).burst());
        }
        same("burst", burst, fields[3]);
        return new Claim(false, flows, server, Given.NONE, burst);
    }

    private Claim through(String[] fields) throws Malformed, Broken {
        boolean inOrder = inOrder(fields[1]);
        var flows = flows(fields[2]);
        int server = serverAt(fields[3]);
        int without = fields[4].equals("-") ? Given.NONE : Fields.number(fields[4]);
        var stretches = stretches(fields, 7);
        var way = way(stretches);
        var whole = new ArrayList<>(way);
        whole.add(server);
        Broken.unless(!flows.isEmpty() && given.go(flows, whole), "the flows go another way");
        var c = new Leftover.Case(given, claims, flows, inOrder, without, out(without, whole));
        Broken.unless(
                without == Given.NONE
                        || (!inOrder && !flows.get(without) && c.out().get(way.getLast())),
                "flow %d can be left out on its own way only, in any order".formatted(without));
        var before = c.burst(Fields.numbers(fields[5]), flows, way.getFirst());
        var burst =
                before.plus(given.rate(flows).times(Leftover.of(c, stretches).latency()));
        same("burst", burst, fields[6]);
        return new Claim(inOrder, flows, server, without, burst);
    }

    /// The servers before the last one, back from there as far as the flow goes along them.
    private BitSet out(int without, List<Integer> whole) throws Broken {
        var out = new BitSet();
        Broken.unless(without < given.flows.size(), "there is no flow " + without);
        for (int i = whole.size() - 1;
                without != Given.NONE && i > 0 && given.goes(without, whole.get(i - 1), whole.get(i));
                i--) {
            out.set(whole.get(i - 1));
        }
        return out;
    }

    private void delayed(String[] fields) throws Malformed, Broken {
        var together = new ArrayList<Delayed.Said>();
        for (var field : Arrays.asList(fields).subList(2, fields.length)) {
            together.add(Delayed.Said.read(field));
        }
        delayed.prove(together, nobody(inOrder(fields[1])));
    }

    private Leftover.Case nobody(boolean inOrder) {
        return new Leftover.Case(given, claims, new BitSet(), inOrder, Given.NONE, new BitSet());
    }

    private void delay(String[] fields) throws Malformed, Broken {
        int flow = Fields.number(fields[2]);
        if (flow >= given.flows.size()) {
            throw new Malformed("there is no flow " + flow);
        }
        var overloaded = given.overloaded();
        Broken.unless(overloaded == Given.NONE, "server %d is overloaded".formatted(overloaded));
        if (fields[1].equals("fifo.lp")) {
            program(flow, fields);
            return;
        }
        var stretches = stretches(fields, 4);
        Broken.unless(way(stretches).equals(given.flows.get(flow).way()), "the stretches are not the flow's way");
        var dot = fields[1].indexOf('.');
        var name = fields[1].substring(dot + 1);
        boolean inOrder = inOrder(dot < 0 ? "" : fields[1].substring(0, dot).replace("arbitrary", "any"));
        boolean single = stretches.stream().allMatch(s -> s.servers().size() == 1);
        var delay = switch (name) {
            case "tfa" -> total(inOrder, stretches);
            case "sfa" -> left(flow, inOrder, stretches, inOrder || single);
            case "pmoo" -> left(flow, inOrder, stretches, !inOrder && stretches.size() == 1);
            case "tma" -> left(flow, inOrder, stretches, !inOrder);
            case "ludb" -> nested(flow, inOrder, stretches);
            default -> throw new Malformed("no method " + Malformed.shown(fields[1]));
        };
        same("delay", delay, fields[3]);
        delays.add(new BoundFigures.Delay(given.flows.get(flow).name(), fields[1], delay.toString()));
    }

    private void program(int flow, String[] fields) throws Malformed, Broken {
        var said = Arrays.asList(fields).subList(4, fields.length);
        var found = Dates.delay(nobody(true), given.flows.get(flow).way(), delayed, said);
        var delay = Fraction.read(fields[3]);
        Broken.unless(found.compareTo(delay) <= 0, "the delay is up to %s, not %s".formatted(found, delay));
        delays.add(new BoundFigures.Delay(given.flows.get(flow).name(), fields[1], delay.toString()));
    }

    /// The sum of how long each server delays.
    private Fraction total(boolean inOrder, List<Stretch> stretches) throws Broken {
        var sum = Fraction.ZERO;
        for (var stretch : stretches) {
            Broken.unless(
                    stretch.servers().size() == 1 && stretch.claims().isEmpty(),
                    "total flow analysis goes server by server, without claims");
            sum = sum.plus(delayed.at(inOrder, stretch.servers().getFirst()));
        }
        return sum;
    }

    private Leftover.Case alone(int flow, boolean inOrder) {
        var self = new BitSet();
        self.set(flow);
        var out = new BitSet();
        if (!inOrder) {
            given.flows.get(flow).way().forEach(out::set);
        }
        return new Leftover.Case(given, claims, self, inOrder, inOrder ? Given.NONE : flow, out);
    }

    private Fraction left(int flow, boolean inOrder, List<Stretch> stretches, boolean asNamed) throws Broken {
        Broken.unless(asNamed, "other stretches than those of the method");
        var left = Leftover.of(alone(flow, inOrder), stretches);
        return left.latency().plus(given.flows.get(flow).burst().over(left.rate()));
    }

    private Fraction nested(int flow, boolean inOrder, List<Stretch> stretches) throws Broken {
        Broken.unless(inOrder, "nested tandems are for order of arrival");
        if (stretches.stream().allMatch(s -> s.taken().isEmpty())) {
            return left(flow, true, stretches, true);
        }
        return Nested.delay(alone(flow, true), given.flows.get(flow).burst(), stretches);
    }

    private static boolean inOrder(String order) throws Malformed {
        return switch (order) {
            case "any" -> false;
            case "fifo" -> true;
            default -> throw new Malformed("an order is any or fifo, not " + Malformed.shown(order));
        };
    }

    private List<Stretch> stretches(String[] fields, int from) throws Malformed {
        var stretches = new ArrayList<Stretch>();
        for (var field : Arrays.asList(fields).subList(from, fields.length)) {
            stretches.add(Stretch.read(field));
        }
        for (int server : way(stretches)) {
            if (server >= given.servers.size()) {
                throw new Malformed("there is no server " + server);
            }
        }
        return stretches;
    }

    private static List<Integer> way(List<Stretch> stretches) {
        return stretches.stream().flatMap(s -> s.servers().stream()).toList();
    }

    private static void same(String what, Fraction found, String written) throws Malformed, Broken {
        Broken.unless(found.equals(Fraction.read(written)), "the %s is %s, not %s".formatted(what, found, written));
    }
}
