package io.millwright.network.bounds;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Enclosure;
import io.millwright.network.number.Scalar;
import java.util.List;

/// Servers and the flows through them.
///
/// @param name what the graph is called
/// @param servers the servers
/// @param flows the flows
public record ServerGraph(String name, List<Server> servers, List<Flow> flows) {

    public ServerGraph {
        servers = List.copyOf(servers);
        flows = List.copyOf(flows);
    }

    /// How many times a flow passes a server: what the work of an analysis grows with.
    public int hops() {
        return flows.stream().mapToInt(f -> f.path().size()).sum();
    }

    /// The same graph in floating-point numbers that enclose its numbers.
    public ServerGraph enclosed() {
        return new ServerGraph(
                name,
                servers.stream()
                        .map(s -> new Server(
                                s.id(),
                                new RateLatency(
                                        new Rate(enclose(s.service().rate().bitsPerSecond())),
                                        new Time(enclose(s.service().latency().seconds())))))
                        .toList(),
                flows.stream()
                        .map(f -> new Flow(
                                f.id(),
                                f.path(),
                                new TokenBucket(
                                        new Data(enclose(f.arrivals().burst().bits())),
                                        new Rate(enclose(f.arrivals().rate().bitsPerSecond())))))
                        .toList());
    }

    private static Scalar enclose(Scalar s) {
        return s.isZero() ? s : new Enclosure(s.lower(), s.upper());
    }
}
