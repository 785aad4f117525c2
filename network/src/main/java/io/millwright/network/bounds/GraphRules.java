package io.millwright.network.bounds;

import io.millwright.network.number.Rational;
import io.millwright.network.number.Scalar;
import io.millwright.network.schedule.Message;
import java.util.Arrays;
import java.util.Optional;

/// What a graph must be for an analysis to hold: no server with less rate than its flows bring, and no
/// chain of servers that is too long.
public final class GraphRules {

    /// The longest chain of servers that is analysed: an analysis follows flows back along it.
    static final int LONGEST_CHAIN = 400;

    private GraphRules() {}

    /// What is wrong with the graph, and what would be right; empty when nothing is.
    public static Optional<Message> mistake(ServerGraph graph) {
        var overloaded = overloaded(graph);
        return overloaded.isPresent() ? overloaded : chain(graph);
    }

    private static Optional<Message> overloaded(ServerGraph graph) {
        var brought = new Scalar[graph.servers().size()];
        Arrays.fill(brought, Rational.ZERO);
        for (var flow : graph.flows()) {
            for (int server : flow.path()) {
                brought[server] = brought[server].plus(flow.arrivals().rate().bitsPerSecond());
            }
        }
        for (int server = 0; server < brought.length; server++) {
            var served = graph.servers().get(server).service().rate().bitsPerSecond();
            if (brought[server].minus(served).isPositive()) {
                int here = server;
                long flows = graph.flows().stream()
                        .filter(f -> f.path().contains(here))
                        .count();
                return Optional.of(Message.of(
                                "server-overloaded",
                                "server {server} is overloaded: its {flows} flows bring {brought}, it serves {served}."
                                        + " Delays grow without bound; lead flows around it or make it faster")
                        .figure("server", graph.servers().get(server).id())
                        .figure("flows", flows)
                        .figure("brought", shown(brought[server]))
                        .figure("served", shown(served)));
            }
        }
        return Optional.empty();
    }

    private static String shown(Scalar rate) {
        return rate instanceof Rational r && r.toString().length() <= 12
                ? r.toString()
                : "%.6g".formatted(rate.upper());
    }

    private static Optional<Message> chain(ServerGraph graph) {
        int longest = new Dependencies(graph).longestChain();
        return longest > LONGEST_CHAIN
                ? Optional.of(Message.of(
                                "long-chain",
                                "the longest chain of servers has {servers}, at most {most} are analysed: divide the"
                                        + " graph")
                        .figure("servers", longest)
                        .figure("most", LONGEST_CHAIN))
                : Optional.empty();
    }
}
