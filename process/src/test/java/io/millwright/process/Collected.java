package io.millwright.process;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.Protocol;
import io.millwright.model.Connection;
import io.millwright.model.PointAddress;
import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Collects over the platform's own drivers, as a node does.
public final class Collected implements AutoCloseable {

    public final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final Path security;

    public Collected(Path security) {
        this.security = security;
    }

    /// Opens a connection.
    public Link open(Protocol protocol, String endpoint, Map<String, String> settings) {
        var connection = new Connection(protocol.name(), protocol.name(), endpoint, settings);
        var problems = protocol.check(connection);
        if (!problems.isEmpty()) {
            throw new AssertionError(problems);
        }
        SampleSink sink = batch -> {
            samples.addAll(batch);
            return CompletableFuture.completedFuture(null);
        };
        var link = protocol.open(connection, new LinkContext(Time.system(), sink, _ -> {}, security));
        links.add(link);
        return link;
    }

    /// A signal whose name is the point's, without slashes.
    public static Signal signal(String connection, String point, Duration every) {
        return new Signal(
                SignalName.of(connection, point.replace('/', '|')),
                Unit.ONE,
                Optional.empty(),
                Optional.of(new PointAddress(connection, point)),
                Optional.empty(),
                every);
    }

    /// The samples of one point that are good.
    public List<Sample> good(String point) {
        String name = point.replace('/', '|');
        return samples.stream()
                .filter(s -> s.signal().signal().equals(name) && s.quality().isGood())
                .toList();
    }

    public Set<Long> sourceTimes(String point) {
        return good(point).stream().map(Sample::sourceNanos).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        links.forEach(Link::close);
    }
}
