package io.millwright.certificate.bounds;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fraction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// What others leave of servers in a row: a rate after a latency.
///
/// In any order of service: the least rate left at any of them; the latencies, and after that rate the others'
/// bursts and what they bring during latencies (Schmitt, Zdarsky, Martinovic 2008). In order of arrival, where
/// exactly the same flows pass all of them: the others' burst is served once at the least rate (Le Boudec and
/// Thiran, proposition 6.2.1).
record Leftover(Fraction rate, Fraction latency) {

    /// Of whom, and where a flow is left out of the others.
    ///
    /// @param of those who are served
    /// @param inOrder whether claims for order of arrival may be used
    /// @param without the flow that waits for all others, or [Given#NONE]
    /// @param out the servers at which it is left out
    record Case(Given given, List<Optional<Claim>> claims, BitSet of, boolean inOrder, int without, BitSet out) {

        BitSet othersAt(int server) {
            var others = given.at(server);
            others.andNot(of);
            if (out.get(server)) {
                others.clear(without);
            }
            return others;
        }

        /// The burst of claims that together are of exactly these flows at a server.
        Fraction burst(List<Integer> numbers, BitSet flows, int server) throws Broken {
            var left = (BitSet) flows.clone();
            var sum = Fraction.ZERO;
            for (int number : numbers) {
                var claim = claim(number);
                Broken.unless(claim.server() == server, "claim %d is not of server %d".formatted(number, server));
                var known = (BitSet) claim.flows().clone();
                known.andNot(left);
                Broken.unless(known.isEmpty(), "claim %d is of others, or twice".formatted(number));
                left.andNot(claim.flows());
                sum = sum.plus(claim.burst());
            }
            Broken.unless(left.isEmpty(), "nothing is claimed of flows %s at server %d".formatted(left, server));
            return sum;
        }

        Claim claim(int number) throws Broken {
            Broken.unless(number < claims.size(), "there is no claim %d before".formatted(number));
            var claim = claims.get(number).orElseThrow(() -> new Broken("claim %d does not hold".formatted(number)));
            Broken.unless(inOrder || !claim.inOrder(), "claim %d holds in order of arrival only".formatted(number));
            Broken.unless(
                    claim.without() == Given.NONE || (claim.without() == without && out.get(claim.server())),
                    "claim %d leaves out a flow that is not left out here".formatted(number));
            return claim;
        }
    }

    /// What is left of stretches, one after the other.
    static Leftover of(Case c, List<Stretch> stretches) throws Broken {
        Broken.unless(!stretches.isEmpty(), "no stretch");
        var whole = one(c, stretches.getFirst());
        for (var stretch : stretches.subList(1, stretches.size())) {
            var left = one(c, stretch);
            whole = new Leftover(whole.rate.least(left.rate), whole.latency.plus(left.latency));
        }
        return whole;
    }

    private static Leftover one(Case c, Stretch stretch) throws Broken {
        Broken.unless(stretch.taken().isEmpty(), "a nested stretch");
        var left = c.inOrder() ? block(c, stretch) : tandem(c, stretch);
        Broken.unless(
                left.rate().isPositive(),
                "nothing is left at server " + stretch.servers().getFirst());
        return left;
    }

    private static Leftover tandem(Case c, Stretch stretch) throws Broken {
        int first = stretch.servers().getFirst();
        var rate = c.given().servers.get(first).rate().minus(c.given().rate(c.othersAt(first)));
        var latency = Fraction.ZERO;
        var data = Fraction.ZERO;
        var before = new BitSet();
        int used = 0;
        for (int i = 0; i < stretch.servers().size(); i++) {
            int here = stretch.servers().get(i);
            var server = c.given().servers.get(here);
            var others = c.othersAt(here);
            var brought = c.given().rate(others);
            rate = rate == null
                    ? server.rate().minus(brought)
                    : rate.least(server.rate().minus(brought));
            latency = latency.plus(server.latency());
            data = data.plus(brought.times(server.latency()));
            var joining = (BitSet) others.clone();
            int last = i == 0 ? Given.NONE : stretch.servers().get(i - 1);
            var staying = before;
            others.stream()
                    .filter(f -> staying.get(f) && c.given().goes(f, last, here))
                    .forEach(joining::clear);
            var joined = new ArrayList<Integer>();
            for (int number : stretch.claims()) {
                if (c.claim(number).server() == here) {
                    joined.add(number);
                }
            }
            used += joined.size();
            data = data.plus(c.burst(joined, joining, here));
            before = others;
        }
        Broken.unless(used == stretch.claims().size(), "claims of servers that are not on the stretch");
        Broken.unless(rate.isPositive(), "nothing is left on the stretch");
        return new Leftover(rate, latency.plus(data.over(rate)));
    }

    private static Leftover block(Case c, Stretch stretch) throws Broken {
        int first = stretch.servers().getFirst();
        var all = c.given().at(first);
        var rate = c.given().servers.get(first).rate();
        var latency = Fraction.ZERO;
        for (int here : stretch.servers()) {
            Broken.unless(c.given().at(here).equals(all), "not the same flows pass all servers of the block");
            rate = rate.least(c.given().servers.get(here).rate());
            latency = latency.plus(c.given().servers.get(here).latency());
        }
        Broken.unless(c.given().go(all, stretch.servers()), "a flow goes another way on the block");
        var others = c.othersAt(first);
        var burst = c.burst(stretch.claims(), others, first);
        return new Leftover(rate.minus(c.given().rate(others)), latency.plus(burst.over(rate)));
    }
}
