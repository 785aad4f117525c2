package io.millwright.certificate.bounds;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fields;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The delay of a flow over servers in order of arrival, as a sum of inequalities that hold in every run
/// (A. Bouillard, Trade-off between accuracy and tractability of Network Calculus in FIFO networks, Performance
/// Evaluation 153, 2022).
///
/// Of `n` servers, at the entry of the one at place `j` there are `n − j + 1` dates, the latest first, each an age
/// before the date at which the last bit has left the last server. All but the last are the dates at which came what
/// left at the dates of the next entry; the last is one of which the service curve speaks: from then to the last date
/// of the next entry the server has served what the curve says. Where flows join, `sent` says how much less of them
/// had come by a date than by the first one. Neither ages nor what was sent are negative; the age of the first date
/// at the first entry is the delay.
final class Dates {

    private sealed interface Variable {}

    private record Age(int place, int date) implements Variable {}

    private record Sent(int crossing, int date) implements Variable {}

    /// Flows that are on the way together between two places, and what comes of them at the first.
    private record Crossing(int from, int to, Fraction rate, Fraction burst) {}

    private final Leftover.Case c;
    private final List<Integer> way;
    private final Delayed delayed;
    private final List<Crossing> crossings = new ArrayList<>();
    private final List<BitSet> seen = new ArrayList<>();
    private final Map<Variable, Fraction> sum = new HashMap<>();
    private Fraction most = Fraction.ZERO;
    private Fraction times = Fraction.ZERO;

    private Dates(Leftover.Case c, List<Integer> way, Delayed delayed) {
        this.c = c;
        this.way = way;
        this.delayed = delayed;
        way.forEach(_ -> seen.add(new BitSet()));
    }

    /// The largest delay that the inequalities leave.
    ///
    /// @param c of nobody, in order of arrival
    /// @param said crossings `FROM-TO:CLAIMS`, then inequalities `RULE:PLACES@TIMES`
    static Fraction delay(Leftover.Case c, List<Integer> way, Delayed delayed, List<String> said)
            throws Malformed, Broken {
        var dates = new Dates(c, way, delayed);
        for (var text : said) {
            if (text.contains("@")) {
                dates.inequality(text.split("[:@]", -1));
            } else {
                dates.crossing(text.split("[-:]", -1), text);
            }
        }
        return dates.proved();
    }

    private void crossing(String[] fields, String text) throws Malformed, Broken {
        if (fields.length != 3) {
            throw new Malformed("who is on the way is like 0-2:4,5, not " + Malformed.shown(text));
        }
        int from = Fields.number(fields[0]);
        int to = Fields.number(fields[1]);
        Broken.unless(from <= to && to < way.size(), "others are not on the way");
        var flows = new BitSet();
        var claims = Fields.numbers(fields[2]);
        for (int number : claims) {
            flows.or(c.claim(number).flows());
        }
        Broken.unless(c.given().go(flows, way.subList(from, to + 1)), "flows go another way than is said");
        for (var there : seen.subList(from, to + 1)) {
            Broken.unless(!there.intersects(flows), "flows are on the way twice");
            there.or(flows);
        }
        crossings.add(new Crossing(from, to, c.given().rate(flows), c.burst(claims, flows, way.get(from))));
    }

    private void inequality(String[] fields) throws Malformed, Broken {
        times = Fraction.read(fields[fields.length - 1]);
        var places = new ArrayList<Integer>();
        for (var field : Arrays.asList(fields).subList(1, fields.length - 1)) {
            places.add(Fields.number(field));
        }
        switch (fields[0] + places.size()) {
            case "order2" -> order(places.get(0), places.get(1));
            case "passes2" -> passes(places.get(0), places.get(1));
            case "waits2" -> waits(places.get(0), places.get(1));
            case "grows2" -> grows(places.get(0), places.get(1));
            case "comes3" -> comes(places.get(0), places.get(1), places.get(2));
            case "serves1" -> serves(places.get(0));
            default -> throw new Malformed("no such inequality: " + Malformed.shown(fields[0]));
        }
    }

    /// Dates follow each other.
    private void order(int place, int date) throws Broken {
        within(0, place, way.size() - 1);
        within(1, date, way.size() - place);
        add(Fraction.ONE, new Age(place, date - 1));
        add(minus(Fraction.ONE), new Age(place, date));
    }

    /// Nothing leaves before it came.
    private void passes(int place, int date) throws Broken {
        within(0, place, way.size() - 1);
        within(0, date, way.size() - place - 1);
        add(Fraction.ONE, new Age(place + 1, date));
        add(minus(Fraction.ONE), new Age(place, date));
    }

    /// No server delays by more than was proved before.
    private void waits(int place, int date) throws Broken {
        within(0, place, way.size() - 1);
        within(0, date, way.size() - place - 1);
        add(Fraction.ONE, new Age(place, date));
        add(minus(Fraction.ONE), new Age(place + 1, date));
        atMost(delayed.at(true, way.get(place)));
    }

    /// By an earlier date no more had come.
    private void grows(int crossing, int date) throws Broken {
        within(0, crossing, crossings.size() - 1);
        within(1, date, way.size() - crossings.get(crossing).from());
        add(Fraction.ONE, new Sent(crossing, date - 1));
        add(minus(Fraction.ONE), new Sent(crossing, date));
    }

    /// Between two dates there comes a burst at most, and what the rate brings.
    private void comes(int crossing, int later, int earlier) throws Broken {
        within(0, crossing, crossings.size() - 1);
        var of = crossings.get(crossing);
        within(later + 1, earlier, way.size() - of.from());
        add(Fraction.ONE, new Sent(crossing, earlier));
        add(minus(Fraction.ONE), new Sent(crossing, later));
        add(minus(of.rate()), new Age(of.from(), earlier));
        add(of.rate(), new Age(of.from(), later));
        atMost(of.burst());
    }

    /// From its last date to that of the next entry a server has served what its curve says, or all that came.
    private void serves(int place) throws Broken {
        within(0, place, way.size() - 1);
        var server = c.given().servers.get(way.get(place));
        int last = way.size() - place;
        add(server.rate(), new Age(place, last));
        add(minus(server.rate()), new Age(place + 1, last - 1));
        for (int i = 0; i < crossings.size(); i++) {
            if (crossings.get(i).from() <= place && place <= crossings.get(i).to()) {
                add(minus(Fraction.ONE), new Sent(i, last));
                add(Fraction.ONE, new Sent(i, last - 1));
            }
        }
        atMost(server.rate().times(server.latency()));
    }

    private static void within(int least, int number, int largest) throws Broken {
        Broken.unless(least <= number && number <= largest, "an inequality of dates that are not there");
    }

    private static Fraction minus(Fraction number) {
        return Fraction.ZERO.minus(number);
    }

    /// The date at which the last bit has left, and what had come by the first date, count from themselves.
    private void add(Fraction coefficient, Variable variable) {
        boolean zero = switch (variable) {
            case Age(int place, int _) -> place == way.size();
            case Sent(int _, int date) -> date == 0;
        };
        if (!zero) {
            sum.merge(variable, coefficient.times(times), Fraction::plus);
        }
    }

    private void atMost(Fraction bound) {
        most = most.plus(bound.times(times));
    }

    /// What the inequalities sum up to is no less than the delay, whatever the variables are.
    private Fraction proved() throws Broken {
        for (int place = 0; place < way.size(); place++) {
            Broken.unless(
                    seen.get(place).equals(c.given().at(way.get(place))),
                    "not all flows of server %d are said".formatted(way.get(place)));
        }
        var delay = new Age(0, 0);
        sum.merge(delay, minus(Fraction.ONE), Fraction::plus);
        for (var coefficient : sum.values()) {
            Broken.unless(coefficient.compareTo(Fraction.ZERO) >= 0, "the inequalities do not sum up to a bound");
        }
        return most;
    }
}
