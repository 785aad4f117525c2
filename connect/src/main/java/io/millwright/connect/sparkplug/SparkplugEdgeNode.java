package io.millwright.connect.sparkplug;

import io.millwright.connect.LinkException;
import io.millwright.connect.mqtt.BrokerAddress;
import io.millwright.connect.mqtt.BrokerConnection;
import io.millwright.connect.mqtt.BrokerSession;
import io.millwright.connect.mqtt.BrokerSettings;
import io.millwright.connect.mqtt.MqttMessage;
import io.millwright.connect.mqtt.SessionHandler;
import io.millwright.model.Quality;
import io.millwright.model.Time;
import io.millwright.model.Told;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An edge node (Sparkplug 3.0.0, 5): announces its devices with births, publishes what changes, obeys commands, and
/// leaves a will with the broker so that its death is known at once.
///
/// Connects, and connects again, by itself until closed. Answers requests for rebirth. While the broker or the primary
/// host is away, updates are kept and sent as historical afterwards. Data goes out at QoS 0, as the specification asks:
/// what is on its way when a broker dies is lost. Safe for use by many threads.
public final class SparkplugEdgeNode implements AutoCloseable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EdgeNodeSettings settings;
    private final EdgeNodeSession node;
    private final CommandListener commands;
    private final Time time;
    private volatile boolean online;
    private volatile @Nullable BrokerSession session;
    private @Nullable BrokerConnection connection;

    private SparkplugEdgeNode(
            EdgeNodeSettings settings, List<EdgeDevice> devices, CommandListener commands, Time time) {
        this.settings = settings;
        this.commands = commands;
        this.time = time;
        node = new EdgeNodeSession(settings, devices);
    }

    /// Starts an edge node; returns at once. Metrics have no value (null) until they are first published.
    ///
    /// @param devices its devices; one named [EdgeDevice#NODE] holds the edge node's own metrics
    public static SparkplugEdgeNode start(
            EdgeNodeSettings settings, List<EdgeDevice> devices, CommandListener commands, Time time) {
        var edgeNode = new SparkplugEdgeNode(settings, devices, commands, time);
        edgeNode.session = BrokerSession.start(settings.edgeNode(), edgeNode.new Shell(), time, _ -> {});
        return edgeNode;
    }

    /// Publishes new values of one device in one message. Returns at once.
    ///
    /// @param device the device's name, [EdgeDevice#NODE] for the edge node itself
    /// @throws IllegalArgumentException if there is no such device or metric or a value does not fit its type
    public void publish(String device, List<MetricUpdate> updates) {
        node.require(device, updates);
        List<MetricUpdate> fixed = List.copyOf(updates);
        execute((now, out) -> node.publish(device, fixed, now, out));
    }

    /// Tells the hosts that a device is gone (DDEATH); nothing when it is already.
    public void deviceGone(String device) {
        node.require(device, List.of());
        execute((now, out) -> node.deviceGone(device, now, out));
    }

    /// Tells the hosts that a device is back (DBIRTH); nothing when it never went.
    public void deviceBack(String device) {
        node.require(device, List.of());
        execute((now, out) -> node.deviceBack(device, now, out));
    }

    /// Whether its birth is with the broker.
    public boolean online() {
        return online;
    }

    private void execute(BiConsumer<Long, EdgeEffects> work) {
        BrokerSession open = session;
        if (open != null) {
            open.execute(() -> perform(work));
        }
    }

    /// Runs a step of the session and does what it asks for; on the session's thread.
    private void perform(BiConsumer<Long, EdgeEffects> work) {
        var out = new EdgeEffects();
        work.accept(nowMillis(), out);
        BrokerConnection open = connection;
        if (open != null) {
            out.publications.forEach(open::send);
        }
        online = node.isBorn();
        out.commands.forEach(c -> commands.commanded(c.device(), c.metric(), c.value()));
        BrokerSession owner = session;
        if (out.leave && owner != null) {
            owner.drop(new LinkException(
                    Quality.BAD_NO_COMMUNICATION, Told.of("sparkplug-host-away", "the primary host is away")));
        }
    }

    private long nowMillis() {
        return time.epochNanos() / NANOS_PER_MILLI;
    }

    /// Publishes its death and leaves.
    @Override
    public void close() {
        BrokerSession open = session;
        if (open != null) {
            open.close();
        }
    }

    /// The side that faces the broker.
    private final class Shell implements SessionHandler {

        @Override
        public BrokerSettings settings() {
            var address = BrokerAddress.parse(settings.endpoint(), BrokerAddress.SCHEMES);
            String clientId = settings.group() + "-" + settings.edgeNode();
            return BrokerSettings.clean(address, clientId, settings.user(), settings.passwordFile(), settings.caFile())
                    .leaving(node.will(nowMillis()));
        }

        @Override
        public void connected(BrokerConnection opened) throws LinkException {
            opened.subscribe(node.filters(), 1);
            connection = opened;
            perform(node::connected);
        }

        @Override
        public void received(List<MqttMessage> messages) {
            for (MqttMessage message : messages) {
                perform((now, out) -> node.received(message.topic(), message.payload(), now, out));
                message.acknowledgement().run();
            }
        }

        @Override
        public void disconnected(LinkException why) {
            gone();
        }

        /// A broker does not publish the will of a client that leaves on purpose, so the death is published before.
        @Override
        public void leaving(BrokerConnection open) {
            if (node.isBorn()) {
                open.lastWord(node.death(nowMillis()));
            }
            gone();
        }

        private void gone() {
            connection = null;
            node.disconnected();
            online = false;
        }

        @Override
        public OptionalLong deadline() {
            return OptionalLong.empty();
        }

        @Override
        public void elapsed() {}
    }
}
