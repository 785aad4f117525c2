package io.millwright.connect.sparkplug;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.Protocol;
import io.millwright.connect.Settings;
import io.millwright.connect.mqtt.MqttProtocol;
import io.millwright.model.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The protocol `sparkplug`: a host application of Sparkplug 3.0.0 that takes the metrics of one group.
///
/// Endpoint `mqtt://host:1883` or `mqtts://host:8883`, on the command line also `sparkplug://host:1883?group=…`. A
/// point is `EDGE/DEVICE/METRIC`, or `EDGE//METRIC` for a metric of the edge node itself.
///
/// | setting | means | usually |
/// |---|---|---|
/// | `group` | the Sparkplug group | must be given |
/// | `host-id` | the name edge nodes wait for as their primary host; announced on `spBv1.0/STATE/…` | none |
/// | `reorder-timeout` | how long to wait for a message that is missing in a sequence | `2s` |
/// | `version`, `client-id`, `user`, `password-file`, `ca-file`, `keep-alive` | as in [MqttProtocol] | |
///
/// The specification sends data at QoS 0, so a broker keeps none for a host that is away: edge nodes do, when they wait
/// for a primary host. When the sink takes no more, the host therefore says that it is offline. Messages that do come
/// with QoS 1, such as deaths, are acknowledged when their samples are durable. Types and what becomes of them:
/// [SparkplugType].
public final class SparkplugProtocol implements Protocol {

    @Override
    public String name() {
        return "sparkplug";
    }

    @Override
    public Set<String> schemes() {
        return Set.copyOf(SparkplugSettings.SCHEMES);
    }

    @Override
    public List<Problem> check(Connection connection) {
        var settings = new Settings(connection);
        SparkplugSettings.read(connection, settings, "mw");
        return settings.problems();
    }

    @Override
    public Optional<String> checkPoint(String point) {
        try {
            SparkplugPoint.parse(point);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Link open(Connection connection, LinkContext context) {
        String clientId = MqttProtocol.clientId(connection, context.securityFolder());
        return new SparkplugLink(
                connection, SparkplugSettings.read(connection, new Settings(connection), clientId), context);
    }
}
