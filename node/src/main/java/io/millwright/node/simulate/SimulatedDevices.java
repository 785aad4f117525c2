package io.millwright.node.simulate;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.PointDescription;
import io.millwright.connect.Protocol;
import io.millwright.connect.Protocols;
import io.millwright.model.Connection;
import io.millwright.model.Plant;
import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Told;
import io.millwright.model.Value;
import io.millwright.process.commissioning.ProcessError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Process models in the place of a plant's devices, in the time of the clock: each connection is one to the
/// models, by a protocol that is called `simulated`. Their time begins when all connections have started.
public final class SimulatedDevices implements Protocol, AutoCloseable {
    /// What a connection to the models speaks.
    public static final String NAME = "simulated";

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedDevices.class);
    private static final long STACK_BYTES = 8L << 20;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Plant plant;
    private final SimulatedPlant models;
    private final Map<SignalName, Double> wanted = new ConcurrentHashMap<>();
    private final Map<SignalName, Reading> shown = new ConcurrentHashMap<>();
    private final Map<String, SimulatedLink> links = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable String failure;

    /// @param plant as its file describes it
    /// @param models closed with this
    public SimulatedDevices(Plant plant, SimulatedPlant models) {
        this.plant = plant;
        this.models = models;
        this.thread = new Thread(null, this::serve, "simulated devices", STACK_BYTES);
        thread.setDaemon(true);
    }

    /// The plant with connections to the models; its name says that it is simulated.
    public Plant simulated() {
        List<Connection> connections = plant.connections().stream()
                .map(c -> new Connection(c.name(), NAME, "in the place of " + c.endpoint(), Map.of()))
                .toList();
        return plant.with(plant.name() + "-" + NAME, connections);
    }

    /// What is simulated, for people.
    public String text() {
        return models.processes().stream()
                .map(p -> p.name() + " by " + p.model())
                .collect(Collectors.joining(", "));
    }

    /// The protocol by which the models are reached, and no other.
    public Protocols protocols() {
        return Protocols.of(this);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Problem> check(Connection connection) {
        return List.of();
    }

    @Override
    public Optional<String> checkPoint(String point) {
        return Optional.empty();
    }

    @Override
    public Link open(Connection connection, LinkContext context) {
        var link = new SimulatedLink(connection.name(), context);
        links.put(connection.name(), link);
        return link;
    }

    /// Steps that were missed are made up for: the models do not fall behind the clock for good.
    private void serve() {
        long origin = System.nanoTime();
        try {
            SimulatedMachine.Sensors sensors = (signal, value, quality, _) -> show(signal, value, quality);
            models.begin(sensors);
            deliver();
            while (!closing) {
                wanted.forEach(models::drive);
                models.advanceTo(System.nanoTime() - origin, sensors);
                deliver();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (ProcessError e) {
            failure = e.getMessage();
            LOG.error("the simulation cannot go on: {}", e.getMessage());
            links.values().forEach(SimulatedLink::fail);
        }
    }

    private static Told stopped(@Nullable String reason) {
        return Told.of("simulation-stopped", "the simulation cannot go on: {reason}")
                .with("reason", reason);
    }

    private void show(SignalName signal, Value value, Quality quality) {
        links.values().forEach(l -> l.take(signal, value, quality));
    }

    private void deliver() {
        links.values().forEach(SimulatedLink::deliver);
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (thread.isAlive() && !thread.join(PATIENCE)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        models.close();
    }

    /// What a connection of the plant is in the simulation.
    private final class SimulatedLink implements Link {
        private final String connection;
        private final LinkContext context;
        private final List<Sample> batch = new ArrayList<>();
        private volatile Map<SignalName, Signal> read = Map.of();
        private volatile LinkState state;

        SimulatedLink(String connection, LinkContext context) {
            this.connection = connection;
            this.context = context;
            this.state = new LinkState(LinkState.Phase.IDLE, context.time().epochNanos());
        }

        @Override
        public void start(List<Signal> signals) {
            enter(LinkState.Phase.CONNECTED, Told.NOTHING);
            List<Sample> none = signals.stream()
                    .filter(s -> !models.shows(s.name()))
                    .map(s -> sample(s.name(), Value.missing(), Quality.BAD_NOT_CONNECTED))
                    .toList();
            if (!none.isEmpty()) {
                var _ = context.sink().append(none);
            }
            read = signals.stream().collect(Collectors.toMap(Signal::name, s -> s));
            if (started.incrementAndGet() == plant.connections().size()) {
                thread.start();
            }
        }

        private void enter(LinkState.Phase phase, Told why) {
            state = new LinkState(phase, context.time().epochNanos(), why);
            context.states().accept(state);
        }

        private Sample sample(SignalName name, Value value, Quality quality) {
            long now = context.time().epochNanos();
            return new Sample(name, value, quality, now, now);
        }

        /// Keeps a value that a model shows until it is delivered.
        void take(SignalName signal, Value value, Quality quality) {
            if (read.containsKey(signal)) {
                Sample sample = sample(signal, value, quality);
                shown.put(signal, new Reading(value, quality, sample.sourceNanos()));
                batch.add(sample);
            }
        }

        /// Of several steps that were made up for, the newest value of each signal counts.
        void deliver() {
            if (!batch.isEmpty()) {
                Map<SignalName, Sample> newest = new LinkedHashMap<>();
                batch.forEach(s -> newest.put(s.signal(), s));
                batch.clear();
                var _ = context.sink().append(List.copyOf(newest.values()));
            }
        }

        void fail() {
            enter(LinkState.Phase.REFUSED, stopped(failure));
            var _ = context.sink()
                    .append(read.keySet().stream()
                            .map(s -> sample(s, Value.missing(), Quality.BAD_DEVICE_FAILURE))
                            .toList());
        }

        @Override
        public LinkState state() {
            return state;
        }

        @Override
        public Reading read(String point) throws LinkException {
            Signal signal = signal(point, false);
            Reading reading = shown.get(signal.name());
            if (reading == null) {
                throw new LinkException(Told.of("simulated-by-none", "{signal} is simulated by no model")
                        .with("signal", signal.name()));
            }
            return reading;
        }

        @Override
        public Reading write(String point, Value value) throws LinkException {
            Signal signal = signal(point, true);
            String why = failure;
            if (why != null) {
                throw new LinkException(stopped(why));
            }
            if (!models.isDrivenBy(signal.name())) {
                throw new LinkException(Told.of("simulated-drives-none", "{signal} drives no model of the simulation")
                        .with("signal", signal.name()));
            }
            double number = value.asDouble();
            if (Double.isNaN(number)) {
                throw new LinkException(Told.of("simulated-number", "{signal} takes a number, not {value}")
                        .with("signal", signal.name())
                        .with("value", value));
            }
            wanted.put(signal.name(), number);
            return new Reading(value, Quality.GOOD, context.time().epochNanos());
        }

        private Signal signal(String point, boolean written) throws LinkException {
            var address = new PointAddress(connection, point);
            return plant.signals()
                    .filter(s -> (written ? s.to() : s.from())
                            .filter(address::equals)
                            .isPresent())
                    .findFirst()
                    .orElseThrow(() -> new LinkException(Told.of(
                                    "simulated-no-signal",
                                    "no signal of the plant file is at {point}, and only signals are simulated")
                            .with("point", address)));
        }

        @Override
        public void browse(String from, int depth, Duration patience, Consumer<PointDescription> each)
                throws LinkException {
            throw new LinkException(
                    Told.of("simulated-no-device", "{connection} is simulated: there is no device to look at")
                            .with("connection", connection));
        }

        @Override
        public void close() {
            links.remove(connection);
            enter(LinkState.Phase.CLOSED, Told.NOTHING);
        }
    }
}
