package io.millwright.certificate.bounds;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fraction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Servers in order of arrival in a row, from which others are taken off from the inside out (Lenzini,
/// Martorini, Mingozzi, Stea 2006, theorem 3).
final class Nested {

    /// A service: after a latency, at once and at a rate, the least of all stages.
    private record Service(int from, int to, Fraction latency, List<Stage> stages) {

        Service then(Service next) {
            var all = new ArrayList<>(stages);
            all.addAll(next.stages);
            return new Service(from, next.to, latency.plus(next.latency), all);
        }

        Fraction wait(Fraction burst) {
            var longest = Fraction.ZERO;
            for (var stage : stages) {
                longest = longest.most(burst.minus(stage.atOnce()).over(stage.rate()));
            }
            return longest;
        }
    }

    private record Stage(Fraction atOnce, Fraction rate) {}

    private Nested() {}

    /// The longest delay of a flow over nested stretches.
    static Fraction delay(Leftover.Case c, Fraction burst, List<Stretch> stretches) throws Broken {
        Broken.unless(!stretches.isEmpty(), "no stretch");
        var whole = service(c, stretches.getFirst());
        for (var stretch : stretches.subList(1, stretches.size())) {
            whole = whole.then(service(c, stretch));
        }
        return whole.latency().plus(whole.wait(burst));
    }

    private static Service service(Leftover.Case c, Stretch stretch) throws Broken {
        var parts = new ArrayList<Service>();
        for (int i = 0; i < stretch.servers().size(); i++) {
            var server = c.given().servers.get(stretch.servers().get(i));
            parts.add(new Service(i, i, server.latency(), List.of(new Stage(Fraction.ZERO, server.rate()))));
        }
        covered(c, stretch);
        for (var taken : stretch.taken()) {
            var inside = parts.stream()
                    .filter(p -> taken.from() <= p.from() && p.to() <= taken.to())
                    .toList();
            Broken.unless(
                    !inside.isEmpty()
                            && inside.getFirst().from() == taken.from()
                            && inside.getLast().to() == taken.to(),
                    "the others are not nested");
            int place = parts.indexOf(inside.getFirst());
            parts.removeAll(inside);
            var service = inside.stream().reduce(Service::then).orElseThrow();
            parts.add(place, without(c, stretch, service, taken));
        }
        return parts.stream().reduce(Service::then).orElseThrow();
    }

    private static Service without(Leftover.Case c, Stretch stretch, Service service, Stretch.Taken taken)
            throws Broken {
        var burst = c.burst(taken.claims(), flows(c, taken), stretch.servers().get(taken.from()));
        var rate = c.given().rate(flows(c, taken));
        var since = service.wait(burst).plus(taken.parameter());
        var stages = new ArrayList<Stage>();
        for (var stage : service.stages()) {
            var atOnce = stage.atOnce().plus(stage.rate().times(since)).minus(burst);
            var left = stage.rate().minus(rate);
            Broken.unless(left.isPositive(), "nothing is left on a nested stretch");
            stages.add(new Stage(atOnce.most(Fraction.ZERO), left));
        }
        return new Service(service.from(), service.to(), service.latency().plus(since), stages);
    }

    private static BitSet flows(Leftover.Case c, Stretch.Taken taken) throws Broken {
        var flows = new BitSet();
        for (int number : taken.claims()) {
            flows.or(c.claim(number).flows());
        }
        return flows;
    }

    /// At each server all others are taken off, once, along the way they go.
    private static void covered(Leftover.Case c, Stretch stretch) throws Broken {
        var seen = new ArrayList<BitSet>();
        stretch.servers().forEach(_ -> seen.add(new BitSet()));
        for (var taken : stretch.taken()) {
            Broken.unless(
                    taken.from() <= taken.to() && taken.to() < seen.size(), "others are not on the nested stretch");
            var flows = flows(c, taken);
            Broken.unless(
                    c.given().go(flows, stretch.servers().subList(taken.from(), taken.to() + 1)),
                    "others go another way than they are taken off");
            for (var there : seen.subList(taken.from(), taken.to() + 1)) {
                Broken.unless(!there.intersects(flows), "others are taken off twice");
                there.or(flows);
            }
        }
        for (int i = 0; i < seen.size(); i++) {
            int server = stretch.servers().get(i);
            Broken.unless(seen.get(i).equals(c.othersAt(server)), "others are left at server " + server);
        }
    }
}
