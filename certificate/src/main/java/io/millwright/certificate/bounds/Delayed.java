package io.millwright.certificate.bounds;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fields;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long servers delay at most, each by all that comes to it (total flow analysis).
///
/// Servers that delay each other in a cycle are taken together: with the delays `x` as they are said, each comes out
/// as it is said, `x = c + A x`. That bounds the delays of a network that starts empty if the powers of `A ≥ 0` come
/// to nothing, for which a vector `v > 0` with `A v < v` is a proof (A. Berman, R. J. Plemmons, Nonnegative Matrices
/// in the Mathematical Sciences, 1994, chapter 6, theorem 2.3).
final class Delayed {

    private final Given given;
    private final Map<Integer, Fraction> inAnyOrder = new HashMap<>();
    private final Map<Integer, Fraction> inOrderOfArrival = new HashMap<>();

    Delayed(Given given) {
        this.given = given;
    }

    /// What is said of a server.
    ///
    /// @param delay how long it delays at most
    /// @param witness its place of the vector `v`
    /// @param claims what comes of its flows, to it or to servers before it
    record Said(int server, Fraction delay, Fraction witness, List<Integer> claims) {

        /// Reads `4:7/2:1:0,3`.
        static Said read(String text) throws Malformed {
            var fields = text.split(":", -1);
            if (fields.length != 4) {
                throw new Malformed("a delay of a server is like 4:7/2:1:0,3, not " + Malformed.shown(text));
            }
            return new Said(
                    Fields.number(fields[0]),
                    Fraction.read(fields[1]),
                    Fraction.read(fields[2]),
                    Fields.numbers(fields[3]));
        }
    }

    /// The longest delay at a server, as it was proved before.
    Fraction at(boolean inOrder, int server) throws Broken {
        var known = known(inOrder).get(server);
        if (known == null) {
            throw new Broken("nothing is said before of how long server %d delays".formatted(server));
        }
        return known;
    }

    private Map<Integer, Fraction> known(boolean inOrder) {
        return inOrder ? inOrderOfArrival : inAnyOrder;
    }

    /// Proves delays of servers together.
    ///
    /// @param c of nobody, in the order of service
    void prove(List<Said> together, Leftover.Case c) throws Broken {
        var here = new LinkedHashMap<Integer, Said>();
        for (var said : together) {
            Broken.unless(
                    said.server() < given.servers.size()
                            && here.put(said.server(), said) == null
                            && !known(c.inOrder()).containsKey(said.server()),
                    "there is no server %d, or its delay is said twice".formatted(said.server()));
        }
        for (var said : together) {
            one(said, here, c);
        }
        here.forEach((server, said) -> known(c.inOrder()).put(server, said.delay()));
    }

    private void one(Said said, Map<Integer, Said> here, Leftover.Case c) throws Broken {
        var server = given.servers.get(said.server());
        var left = given.at(said.server());
        boolean inTurn = c.inOrder() || left.cardinality() == 1;
        var spare = inTurn ? server.rate() : server.rate().minus(given.rate(left));
        Broken.unless(spare.isPositive(), "server %d may be busy for ever".formatted(said.server()));
        var work = server.rate().times(server.latency());
        var grown = Fraction.ZERO;
        for (int number : said.claims()) {
            var claim = c.claim(number);
            var others = (BitSet) claim.flows().clone();
            others.andNot(left);
            Broken.unless(others.isEmpty(), "claim %d is of others, or twice".formatted(number));
            left.andNot(claim.flows());
            var rate = given.rate(claim.flows());
            work = work.plus(claim.burst());
            for (int passed : passed(claim, said.server(), number)) {
                var before = here.get(passed);
                work = work.plus(rate.times(before == null ? at(c.inOrder(), passed) : before.delay()));
                grown = before == null ? grown : grown.plus(rate.times(before.witness()));
            }
        }
        Broken.unless(left.isEmpty(), "nothing is claimed of flows %s at server %d".formatted(left, said.server()));
        var delay = work.over(spare);
        Broken.unless(
                delay.equals(said.delay()),
                "the delay of server %d is %s, not %s".formatted(said.server(), delay, said.delay()));
        Broken.unless(
                grown.over(spare).compareTo(said.witness()) < 0,
                "delays that grow in a cycle may do so for ever at server %d".formatted(said.server()));
    }

    /// The servers that all flows of a claim pass from where it is made up to before a server.
    private List<Integer> passed(Claim claim, int server, int number) throws Broken {
        var way = given.flows.get(claim.flows().nextSetBit(0)).way();
        int from = way.indexOf(claim.server());
        int to = way.indexOf(server);
        Broken.unless(
                from <= to && given.go(claim.flows(), way.subList(from, to + 1)),
                "the flows of claim %d do not come to server %d together".formatted(number, server));
        return way.subList(from, to);
    }
}
