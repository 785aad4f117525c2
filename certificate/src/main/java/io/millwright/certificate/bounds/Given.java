package io.millwright.certificate.bounds;

import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// The network a trace is about: servers that guarantee a rate after a latency, and flows of a burst and a rate.
final class Given {

    /// Stands for no server and for no flow.
    static final int NONE = -1;

    record Server(Fraction rate, Fraction latency, String name) {}

    record Flow(Fraction rate, Fraction burst, List<Integer> way, String name) {}

    final List<Server> servers = new ArrayList<>();
    final List<Flow> flows = new ArrayList<>();
    private final List<BitSet> passing = new ArrayList<>();

    void add(Server server) throws Malformed {
        if (!server.rate().isPositive()) {
            throw new Malformed("the rate of a server is above zero");
        }
        servers.add(server);
        passing.add(new BitSet());
    }

    void add(Flow flow) throws Malformed {
        if (!flow.rate().isPositive()) {
            throw new Malformed("the rate of a flow is above zero");
        }
        for (int server : flow.way()) {
            if (server >= servers.size() || passing.get(server).get(flows.size())) {
                throw new Malformed("the way of a flow is over servers that are there, and over none twice");
            }
            passing.get(server).set(flows.size());
        }
        flows.add(flow);
    }

    /// The flows that pass a server.
    BitSet at(int server) {
        return (BitSet) passing.get(server).clone();
    }

    /// The server that a flow passes before another of its way.
    int before(int flow, int server) {
        int place = flows.get(flow).way().indexOf(server);
        return place <= 0 ? NONE : flows.get(flow).way().get(place - 1);
    }

    /// Whether a flow goes from one server to the other directly.
    boolean goes(int flow, int from, int to) {
        return from != NONE && passing.get(to).get(flow) && before(flow, to) == from;
    }

    /// Whether flows go along servers, each directly after the one before.
    boolean go(BitSet who, List<Integer> way) {
        return IntStream.range(1, way.size())
                .allMatch(i -> who.stream().allMatch(f -> goes(f, way.get(i - 1), way.get(i))));
    }

    Fraction rate(BitSet who) {
        return who.stream().mapToObj(f -> flows.get(f).rate()).reduce(Fraction.ZERO, Fraction::plus);
    }

    /// A server whose flows bring more than it serves, or [#NONE].
    int overloaded() {
        return IntStream.range(0, servers.size())
                .filter(s -> rate(at(s)).compareTo(servers.get(s).rate()) > 0)
                .findFirst()
                .orElse(NONE);
    }
}
