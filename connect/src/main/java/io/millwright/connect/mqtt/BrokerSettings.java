package io.millwright.connect.mqtt;

import io.millwright.connect.Settings;
import io.millwright.model.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// How to connect to a broker.
///
/// @param address where it listens
/// @param version 5 for MQTT 5, 3 for MQTT 3.1.1
/// @param clientId who we are; the broker keeps a session under this name and admits it once at a time
/// @param user the user name, if the broker wants one
/// @param passwordFile a file whose first line is the password; read at each connect
/// @param caFile certificates (PEM) that sign the broker's; the JDK's where it is empty
/// @param keepAliveSeconds after how long a silence the broker is asked whether it is there; a broker that does not
///     answer is given up after twice as long
/// @param sessionExpirySeconds how long the broker keeps messages for us while we are away; 0 starts clean and keeps
///     none
/// @param receiveMaximum how many messages of QoS 1 and 2 we take ahead of our acknowledgements, 1 to 65535; what is
///     beyond waits in the socket
/// @param will what the broker is to publish when we vanish
public record BrokerSettings(
        BrokerAddress address,
        int version,
        String clientId,
        Optional<String> user,
        Optional<Path> passwordFile,
        Optional<Path> caFile,
        int keepAliveSeconds,
        long sessionExpirySeconds,
        int receiveMaximum,
        Optional<MqttPublication> will) {

    /// The largest message we take, in bytes; told to MQTT 5 brokers.
    public static final int MAX_MESSAGE_BYTES = 4 << 20;

    /// The settings of a connection that concern its broker.
    public static final Set<String> KEYS =
            Set.of("version", "client-id", "user", "password-file", "ca-file", "keep-alive");

    private static final int USUAL_KEEP_ALIVE_SECONDS = 10;
    private static final int USUAL_RECEIVE_MAXIMUM = 8192;

    /// A clean session of MQTT 5 without a will.
    public static BrokerSettings clean(
            BrokerAddress address,
            String clientId,
            Optional<String> user,
            Optional<Path> passwordFile,
            Optional<Path> caFile) {
        return new BrokerSettings(
                address,
                5,
                clientId,
                user,
                passwordFile,
                caFile,
                USUAL_KEEP_ALIVE_SECONDS,
                0,
                USUAL_RECEIVE_MAXIMUM,
                Optional.empty());
    }

    /// Reads what a connection says about its broker: a clean session without a will. What is wrong is noted in the
    /// settings.
    ///
    /// @param schemes how its endpoint may begin, the one with TLS last
    /// @param usualClientId the client id where the connection gives none
    public static BrokerSettings read(
            Connection connection, Settings settings, List<String> schemes, String usualClientId) {
        var address = new BrokerAddress("localhost", 1883, false);
        try {
            address = BrokerAddress.parse(connection.endpoint(), schemes);
        } catch (IllegalArgumentException e) {
            settings.problem("endpoint", String.valueOf(e.getMessage()));
        }
        if (connection.setting("password-file").isPresent()
                && connection.setting("user").isEmpty()) {
            settings.problem("user", "password-file is given, but no user");
        }
        boolean five = settings.choice("version", List.of("5", "3.1.1"), "5").equals("5");
        int keepAlive = (int) settings.duration(
                        "keep-alive",
                        Duration.ofSeconds(1),
                        Duration.ofHours(18),
                        Duration.ofSeconds(USUAL_KEEP_ALIVE_SECONDS))
                .toSeconds();
        return new BrokerSettings(
                address,
                five ? 5 : 3,
                connection.setting("client-id").orElse(usualClientId),
                connection.setting("user"),
                connection.setting("password-file").map(Path::of),
                connection.setting("ca-file").map(Path::of),
                keepAlive,
                0,
                USUAL_RECEIVE_MAXIMUM,
                Optional.empty());
    }

    /// The same under another name and without a session: for a short visit beside the lasting connection.
    public BrokerSettings visitor() {
        var random = "mw-visit-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        return with(random, 0, receiveMaximum, Optional.empty());
    }

    /// The same with a session that the broker keeps.
    public BrokerSettings lasting(long expirySeconds, int maximum) {
        return with(clientId, expirySeconds, maximum, will);
    }

    /// The same with a will.
    public BrokerSettings leaving(MqttPublication lastWill) {
        return with(clientId, sessionExpirySeconds, receiveMaximum, Optional.of(lastWill));
    }

    private BrokerSettings with(String id, long expirySeconds, int maximum, Optional<MqttPublication> lastWill) {
        return new BrokerSettings(
                address, version, id, user, passwordFile, caFile, keepAliveSeconds, expirySeconds, maximum, lastWill);
    }
}
