package io.millwright.node.runtime;

import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.Protocols;
import io.millwright.historian.Historian;
import io.millwright.historian.HistorianSettings;
import io.millwright.historian.HistorianState;
import io.millwright.model.Plant;
import io.millwright.model.Quality;
import io.millwright.model.SampleSink;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.node.plc.ControlIntake;
import io.millwright.node.plc.ControlProject;
import io.millwright.node.plc.ControlRuntime;
import io.millwright.node.plc.ControlSettings;
import io.millwright.node.plc.OutputWriter;
import io.millwright.node.runtime.PlantLinks.OpenLink;
import io.millwright.node.runtime.PlantState.ConnectionState;
import io.millwright.plc.image.SignalTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One plant, running: its links deliver to its historian, its identifier node answers.
///
/// Closing it ends the links first, then makes durable what they delivered.
public final class PlantRuntime implements AutoCloseable {

    /// The control logic of a plant and how it is run.
    public record Control(ControlProject project, ControlSettings settings) {}

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /// A state that is younger is given out again: many viewers cost no more than one.
    private static final long STATE_LIFE_NANOS = Duration.ofMillis(500).toNanos();

    private final Plant plant;
    private final String version;
    private final Time time;
    private final Historian historian;
    private final PlantIdentity identity;
    private final PlantLinks links;
    private final Optional<ControlRuntime> control;
    private final LatencyWindow latency;
    private final ProcessMeter process;
    private final Instant startedAt = Instant.now();
    private final long startedNanos;
    private final RateMeter rate;
    private final Map<String, RateMeter> connectionRates = new HashMap<>();
    private PlantState lastState;
    private long lastStateNanos;

    private PlantRuntime(
            Plant plant,
            String version,
            Time time,
            Historian historian,
            PlantIdentity identity,
            PlantLinks links,
            Optional<ControlRuntime> control,
            LatencyWindow latency) {
        this.plant = plant;
        this.version = version;
        this.time = time;
        this.historian = historian;
        this.identity = identity;
        this.links = links;
        this.control = control;
        this.latency = latency;
        process = new ProcessMeter(time);
        startedNanos = time.monotonicNanos();
        rate = new RateMeter(startedNanos);
        links.all().forEach(open -> connectionRates.put(open.connection().name(), new RateMeter(startedNanos)));
        lastState = measure(startedNanos);
        lastStateNanos = startedNanos;
    }

    /// Opens the data folder, starts the identifier node and every link.
    ///
    /// @param protocols what the plant's connections may speak
    /// @param version the version of the program, for those who ask
    /// @throws IOException if the data folder cannot be used or a port is taken; the message says which
    /// @throws LinkException if a connection of the plant file is wrong
    public static PlantRuntime start(
            Plant plant, Protocols protocols, RuntimeSettings settings, String version, Time time)
            throws IOException, LinkException {
        return start(plant, Optional.empty(), protocols, settings, version, time);
    }

    /// As the other `start`, with control logic.
    ///
    /// @param project the control logic of the plant
    public static PlantRuntime start(
            Plant plant,
            Optional<Control> project,
            Protocols protocols,
            RuntimeSettings settings,
            String version,
            Time time)
            throws IOException, LinkException {
        var historian = Historian.open(settings.folder().resolve("historian"), HistorianSettings.usual(), time);
        try {
            var identity = PlantIdentity.bind(settings.handle(), settings.doors(), time);
            try {
                var latency = new LatencyWindow(time);
                var signals = new SignalTable();
                SampleSink sink = project.map(p -> ControlIntake.of(p.project(), signals, historian, time))
                        .orElse(historian);
                var links = PlantLinks.start(
                        plant,
                        protocols,
                        settings,
                        sink,
                        latency,
                        time,
                        project.flatMap(p -> p.settings().prompt()));
                try {
                    Runnable rehearsal = () -> WriteRehearsal.run(plant, protocols, settings.securityFolder(), time);
                    var control = control(project, signals, links, rehearsal, settings.folder(), time);
                    return new PlantRuntime(plant, version, time, historian, identity, links, control, latency);
                } catch (IOException | RuntimeException e) {
                    links.close();
                    throw e;
                }
            } catch (LinkException | RuntimeException e) {
                identity.close();
                throw e;
            }
        } catch (IOException | LinkException | RuntimeException e) {
            historian.close();
            throw e;
        }
    }

    private static Optional<ControlRuntime> control(
            Optional<Control> project,
            SignalTable signals,
            PlantLinks links,
            Runnable rehearsal,
            Path folder,
            Time time)
            throws IOException {
        var device = new OutputWriter.Device() {
            @Override
            public boolean write(SignalName signal, Value value, BooleanSupplier allowed) throws LinkException {
                return links.write(signal, value, allowed);
            }

            @Override
            public boolean isState(SignalName signal) {
                return links.writesState(signal);
            }

            @Override
            public void rehearse() {
                rehearsal.run();
            }
        };
        return project.isEmpty()
                ? Optional.empty()
                : Optional.of(ControlRuntime.start(
                        project.get().project(),
                        signals,
                        links::connectionOf,
                        device,
                        project.get().settings(),
                        folder.resolve("plc"),
                        time));
    }

    /// Registers every asset and starts to answer for them.
    ///
    /// @param base where the HTTP API is reached
    public void publish(URI base) {
        identity.publish(plant, base);
    }

    public Plant plant() {
        return plant;
    }

    public String version() {
        return version;
    }

    public Time time() {
        return time;
    }

    public Historian historian() {
        return historian;
    }

    public PlantIdentity identity() {
        return identity;
    }

    public PlantLinks links() {
        return links;
    }

    /// The virtual PLC, where the plant has control logic.
    public Optional<ControlRuntime> control() {
        return control;
    }

    /// The state at a glance, at most half a second old.
    public synchronized PlantState state() {
        long now = time.monotonicNanos();
        if (now - lastStateNanos >= STATE_LIFE_NANOS) {
            lastState = measure(now);
            lastStateNanos = now;
        }
        return lastState;
    }

    private PlantState measure(long now) {
        var history = historian.state();
        var qualities = new HashMap<String, Quality.Severity>();
        // A signal that is only commanded has no quality of its own.
        plant.signals()
                .filter(signal -> signal.from().isPresent())
                .forEach(signal -> qualities.put(signal.name().toString(), severity(signal)));
        var percentiles = latency.percentilesMillis(50, 99);
        return new PlantState(
                plant.name(),
                version,
                startedAt,
                (now - startedNanos) / NANOS_PER_SECOND,
                samples(history, now),
                new PlantState.Latency(orNull(percentiles[0]), orNull(percentiles[1])),
                new PlantState.Keeping(
                        history.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        history.message(),
                        history.journalBytes(),
                        history.segmentBytes(),
                        history.diskFreeBytes()),
                links.all().stream()
                        .map(open -> connection(open, qualities, now))
                        .toList(),
                count(qualities),
                new PlantState.Identifiers(identity.registered(), identity.resolved()),
                process.load());
    }

    private PlantState.Samples samples(HistorianState history, long now) {
        return new PlantState.Samples(
                history.received(),
                history.durable(),
                history.duplicate(),
                history.refused(),
                rate.update(history.received(), now));
    }

    private Quality.Severity severity(Signal signal) {
        return historian.latest(signal.name()).map(s -> s.quality().severity()).orElse(Quality.Severity.BAD);
    }

    private ConnectionState connection(OpenLink open, Map<String, Quality.Severity> qualities, long now) {
        int good = 0;
        int bad = 0;
        for (var signal : open.signals()) {
            switch (qualities.getOrDefault(signal.name().toString(), Quality.Severity.BAD)) {
                case GOOD -> good++;
                case UNCERTAIN -> {}
                case BAD -> bad++;
            }
        }
        LinkState state = open.link().state();
        return new ConnectionState(
                open.connection().name(),
                open.connection().protocol(),
                open.connection().endpoint(),
                state.phase(),
                Instant.ofEpochMilli(Math.floorDiv(state.sinceNanos(), NANOS_PER_MILLI)),
                state.reason(),
                state.why().code(),
                state.why().arguments(),
                open.signals().size(),
                good,
                bad,
                rateOf(open).update(open.counters().samples.sum(), now));
    }

    private RateMeter rateOf(OpenLink open) {
        return java.util.Objects.requireNonNull(
                connectionRates.get(open.connection().name()));
    }

    private static PlantState.Qualities count(Map<String, Quality.Severity> qualities) {
        var counts = new EnumMap<Quality.Severity, Integer>(Quality.Severity.class);
        qualities.values().forEach(severity -> counts.merge(severity, 1, Integer::sum));
        return new PlantState.Qualities(
                qualities.size(),
                counts.getOrDefault(Quality.Severity.GOOD, 0),
                counts.getOrDefault(Quality.Severity.UNCERTAIN, 0),
                counts.getOrDefault(Quality.Severity.BAD, 0));
    }

    private static @org.jspecify.annotations.Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /// Ends the control logic and the links, then makes durable what they delivered, then ends the rest.
    ///
    /// @throws IOException if what was delivered last could not be made durable
    @Override
    public void close() throws IOException {
        try (identity;
                historian) {
            control.ifPresent(ControlRuntime::close);
            links.close();
        }
    }
}
