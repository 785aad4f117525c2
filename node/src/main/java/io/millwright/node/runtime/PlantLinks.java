package io.millwright.node.runtime;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.Protocols;
import io.millwright.model.Connection;
import io.millwright.model.Plant;
import io.millwright.model.PointAddress;
import io.millwright.model.Reading;
import io.millwright.model.SampleSink;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The links to every connection of a plant.
public final class PlantLinks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlantLinks.class);

    private final Plant plant;
    private final List<OpenLink> open;

    /// One connection, its link, what is read through it, and how much came.
    record OpenLink(Connection connection, Link link, List<Signal> signals, LinkCounters counters) {}

    private PlantLinks(Plant plant, List<OpenLink> open) {
        this.plant = plant;
        this.open = open;
    }

    /// Opens every connection and starts delivering its signals to the historian.
    ///
    /// @param prompt makes threads that run before others, where control depends on the links
    /// @throws LinkException if a connection of the plant file is wrong; a device that does not answer is no
    ///     such mistake
    static PlantLinks start(
            Plant plant,
            Protocols protocols,
            RuntimeSettings settings,
            SampleSink historian,
            LatencyWindow latency,
            Time time,
            Optional<ThreadFactory> prompt)
            throws LinkException {
        var open = new ArrayList<OpenLink>();
        for (var connection : plant.connections()) {
            var signals = plant.signals().filter(s -> isReadFrom(s, connection)).toList();
            var counters = new LinkCounters();
            var intake = new Intake(signals, historian, counters, latency, time);
            var context =
                    new LinkContext(time, intake, state -> log(connection, state), settings.securityFolder(), prompt);
            var used = redirected(connection, settings);
            open.add(new OpenLink(used, protocols.open(used, context), signals, counters));
        }
        open.forEach(o -> o.link().start(o.signals()));
        return new PlantLinks(plant, List.copyOf(open));
    }

    private static boolean isReadFrom(Signal signal, Connection connection) {
        return signal.from()
                .map(PointAddress::connection)
                .filter(connection.name()::equals)
                .isPresent();
    }

    private static Connection redirected(Connection connection, RuntimeSettings settings) {
        var endpoint = settings.endpoints().getOrDefault(connection.name(), connection.endpoint());
        return new Connection(connection.name(), connection.protocol(), endpoint, connection.settings());
    }

    private static void log(Connection connection, LinkState state) {
        LOG.info("{} {} {}", connection.name(), state.phase(), state.reason());
    }

    List<OpenLink> all() {
        return open;
    }

    /// Writes a value to a signal and tells what the device then holds.
    ///
    /// @throws LinkException if the signal cannot be written, or the device cannot be reached or refuses
    public Reading write(SignalName name, Value value) throws LinkException {
        PointAddress to = destination(name, value);
        return link(to.connection()).write(to.point(), value);
    }

    /// Writes a value to a signal unless that is no longer allowed when its turn has come.
    ///
    /// @return whether it was allowed
    /// @throws LinkException as [#write(SignalName, Value)] does
    boolean write(SignalName name, Value value, BooleanSupplier allowed) throws LinkException {
        PointAddress to = destination(name, value);
        return link(to.connection()).write(to.point(), value, allowed).isPresent();
    }

    /// Whether a signal may be written again with the value that it has, and nothing happens.
    boolean writesState(SignalName name) {
        String connection = connectionOf(name);
        return open.stream()
                .filter(o -> o.connection().name().equals(connection))
                .anyMatch(o -> o.link().writesStates());
    }

    private PointAddress destination(SignalName name, Value value) throws LinkException {
        var signal = plant.signals()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LinkException(Told.of("signal-none", "there is no signal {signal} in this plant")
                        .with("signal", name)));
        var to = signal.to()
                .orElseThrow(() -> new LinkException(
                        Told.of("signal-only-read", "{signal} is only read: it has no `to` in the plant file")
                                .with("signal", name)));
        if (signal.range().isPresent() && !signal.range().orElseThrow().contains(value.asDouble())) {
            var range = signal.range().orElseThrow();
            throw new LinkException(
                    Told.of("signal-range", "{signal} takes values from {min} to {max} {unit}, not {value}")
                            .with("signal", name)
                            .with("min", range.min())
                            .with("max", range.max())
                            .with("unit", signal.unit())
                            .with("value", value));
        }
        return to;
    }

    /// The connection that a signal is written through; empty for one that is not written.
    String connectionOf(SignalName name) {
        return plant.signals()
                .filter(s -> s.name().equals(name))
                .flatMap(s -> s.to().stream())
                .map(PointAddress::connection)
                .findFirst()
                .orElse("");
    }

    private Link link(String connection) throws LinkException {
        return open.stream()
                .filter(o -> o.connection().name().equals(connection))
                .map(OpenLink::link)
                .findFirst()
                .orElseThrow(() -> new LinkException(Told.of("connection-none", "there is no connection {connection}")
                        .with("connection", connection)));
    }

    /// Closes every link, all at the same time.
    @Override
    public void close() {
        var closing = open.stream()
                .map(o -> Thread.ofVirtual().start(o.link()::close))
                .toList();
        for (var thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
