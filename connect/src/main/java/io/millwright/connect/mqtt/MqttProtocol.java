package io.millwright.connect.mqtt;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.Protocol;
import io.millwright.connect.Settings;
import io.millwright.model.Connection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The protocol `mqtt`: signals that are published on topics of a broker (MQTT 5 and 3.1.1, OASIS).
///
/// Endpoint `mqtt://host:1883` or `mqtts://host:8883`. A point is `topic` where the payload is one value, or
/// `topic#/member` for a member of a JSON payload (a JSON pointer, RFC 6901).
///
/// | setting | means | usually |
/// |---|---|---|
/// | `version` | `5` or `3.1.1` | `5` |
/// | `client-id` | the name of our session at the broker | made from node and connection, always the same |
/// | `user`, `password-file` | the first line of the file is the password | none |
/// | `ca-file` | certificates (PEM) that sign the broker's | the JDK's |
/// | `keep-alive` | how often a silent broker is asked whether it is there | `10s` |
/// | `qos` | quality of service of the subscriptions, 0 to 2 | `1` |
/// | `session-expiry` | for how many seconds the broker keeps messages for us while we are away; 0: none | a week |
/// | `receive-maximum` | how many messages may be on their way to being durable | `8192` |
/// | `time` | the member of JSON payloads that tells the source time, e.g. `/ts` | the time of receipt |
/// | `time-unit` | what a number there counts: `s`, `ms`, `us`, `ns`; a text is ISO 8601 | `ms` |
///
/// Messages of QoS 1 and 2 are acknowledged when their samples are durable, and not before: what we lose by a crash,
/// and what the sink does not take, the broker sends again. A sample may then come twice. Messages of QoS 0 have no
/// such net.
public final class MqttProtocol implements Protocol {

    @Override
    public String name() {
        return "mqtt";
    }

    @Override
    public Set<String> schemes() {
        return Set.copyOf(BrokerAddress.SCHEMES);
    }

    @Override
    public List<Problem> check(Connection connection) {
        var settings = new Settings(connection);
        MqttSettings.read(connection, settings, "mw");
        return settings.problems();
    }

    @Override
    public Optional<String> checkPoint(String point) {
        try {
            MqttPoint.parse(point);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Link open(Connection connection, LinkContext context) {
        String clientId = clientId(connection, context.securityFolder());
        return new MqttLink(connection, MqttSettings.read(connection, new Settings(connection), clientId), context);
    }

    /// The same at every start of the same node, so that it finds its session again; another on every other node.
    public static String clientId(Connection connection, Path nodeFolder) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "";
        }
        String seed = host + "\n" + nodeFolder.toAbsolutePath() + "\n" + connection.name();
        UUID digest = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
        return "mw-" + Long.toHexString(digest.getMostSignificantBits());
    }
}
