package io.millwright.network.port;

import io.millwright.network.bounds.Flow;
import io.millwright.network.bounds.Server;
import io.millwright.network.bounds.ServerGraph;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import io.millwright.network.number.Enclosure;
import io.millwright.network.number.Scalar;
import java.util.ArrayList;
import java.util.List;

/// Ports and the flows of frames through them.
///
/// @param name what the network is called
/// @param gap at the end of the size of each frame on the wire, the part in which nothing of it is sent any
///     more
/// @param ports the ports
/// @param flows the flows
public record PortNetwork(String name, Data gap, List<Port> ports, List<FrameFlow> flows) {

    public PortNetwork {
        ports = List.copyOf(ports);
        flows = List.copyOf(flows);
    }

    /// How many times a flow passes a port: what the work of an analysis grows with.
    public int hops() {
        return flows.stream().mapToInt(f -> f.path().size()).sum();
    }

    /// How long a frame's last bit is sent before its time on the link is over.
    Time gapAt(Port port) {
        return gap.at(port.rate());
    }

    /// The flows that pass each port.
    List<List<FrameFlow>> flowsByPort() {
        var passing =
                ports.stream().<List<FrameFlow>>map(_ -> new ArrayList<>()).toList();
        flows.forEach(f -> f.path().forEach(p -> passing.get(p).add(f)));
        return passing;
    }

    /// The same network with what the flows send in floating-point numbers that enclose its numbers, so that
    /// delays are computed in these.
    public PortNetwork enclosed() {
        var enclosed = flows.stream()
                .map(f -> new FrameFlow(
                        f.id(),
                        f.trafficClass(),
                        f.path(),
                        f.smallest(),
                        f.largest(),
                        new TokenBucket(
                                new Data(enclose(f.arrivals().burst().bits())),
                                new Rate(enclose(f.arrivals().rate().bitsPerSecond())))))
                .toList();
        return new PortNetwork(name, gap, ports, enclosed);
    }

    private static Scalar enclose(Scalar s) {
        return new Enclosure(s.lower(), s.upper());
    }

    /// Who passes where, without the classes: the ports as servers of the rates of their links.
    public ServerGraph graph() {
        return new ServerGraph(
                name,
                ports.stream()
                        .map(p -> new Server(p.id(), new RateLatency(p.rate(), Time.ZERO)))
                        .toList(),
                flows.stream()
                        .map(f -> new Flow(f.id(), f.path(), f.arrivals()))
                        .toList());
    }
}
