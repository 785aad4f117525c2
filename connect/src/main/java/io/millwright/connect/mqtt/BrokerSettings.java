package io.millwright.connect.mqtt;

import io.millwright.connect.Protocol.Problem;
import io.millwright.model.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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
/// @param receiveMaximum how many messages of QoS 1 and 2 the broker may send ahead of our acknowledgements, 1 to 65535
///     (MQTT 5 only: under 3.1.1 the broker decides)
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

    private static final Set<String> KEYS =
            Set.of("version", "client-id", "user", "password-file", "ca-file", "keep-alive");
    private static final Pattern SMALL_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int USUAL_KEEP_ALIVE_SECONDS = 10;
    private static final int USUAL_RECEIVE_MAXIMUM = 8192;

    /// Everything wrong with what a connection says about its broker.
    ///
    /// @param own the settings that the protocol on top of MQTT knows besides
    public static List<Problem> check(Connection connection, Set<String> own) {
        var problems = new ArrayList<Problem>();
        try {
            BrokerAddress.parse(connection.endpoint());
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("endpoint", String.valueOf(e.getMessage())));
        }
        var known = new TreeSet<>(KEYS);
        known.addAll(own);
        for (String key : new TreeSet<>(connection.settings().keySet())) {
            if (!known.contains(key)) {
                problems.add(new Problem(
                        key,
                        "%s has no setting %s; it has %s"
                                .formatted(connection.protocol(), key, String.join(", ", known))));
            }
        }
        requireOneOf(connection, "version", List.of("5", "3.1.1"), problems);
        requireNumber(connection, "keep-alive", 1, 65535, problems);
        if (connection.setting("password-file").isPresent()
                && connection.setting("user").isEmpty()) {
            problems.add(new Problem("user", "password-file is given, but no user"));
        }
        return problems;
    }

    /// Adds a problem if the setting is given and is not one of the choices.
    public static void requireOneOf(Connection connection, String key, List<String> choices, List<Problem> problems) {
        connection.setting(key).filter(value -> !choices.contains(value)).ifPresent(value -> {
            problems.add(new Problem(
                    key, "\"%s\" is not a %s; write one of %s".formatted(value, key, String.join(", ", choices))));
        });
    }

    /// Adds a problem if the setting is given and is not a whole number between these two.
    public static void requireNumber(Connection connection, String key, int min, int max, List<Problem> problems) {
        connection.setting(key).ifPresent(value -> {
            boolean right = SMALL_NUMBER.matcher(value).matches()
                    && Integer.parseInt(value) >= min
                    && Integer.parseInt(value) <= max;
            if (!right) {
                problems.add(new Problem(
                        key, "\"%s\" is not a %s; write a whole number from %d to %d".formatted(value, key, min, max)));
            }
        });
    }

    /// The settings of a connection that [#check] found right: a clean session without a will.
    ///
    /// @param usualClientId the client id where the connection gives none
    public static BrokerSettings of(Connection connection, String usualClientId) {
        return new BrokerSettings(
                BrokerAddress.parse(connection.endpoint()),
                connection.setting("version").orElse("5").equals("5") ? 5 : 3,
                connection.setting("client-id").orElse(usualClientId),
                connection.setting("user"),
                connection.setting("password-file").map(Path::of),
                connection.setting("ca-file").map(Path::of),
                connection.setting("keep-alive").map(Integer::parseInt).orElse(USUAL_KEEP_ALIVE_SECONDS),
                0,
                USUAL_RECEIVE_MAXIMUM,
                Optional.empty());
    }

    /// A clean session of these settings for an edge node or another client of its own.
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

    /// The same, under another name and without a session: for a short visit beside the lasting connection.
    public BrokerSettings visitor(String visitorId) {
        return new BrokerSettings(
                address,
                version,
                visitorId,
                user,
                passwordFile,
                caFile,
                keepAliveSeconds,
                0,
                receiveMaximum,
                Optional.empty());
    }

    /// The same with a session that the broker keeps.
    public BrokerSettings lasting(long expirySeconds, int maximum) {
        return new BrokerSettings(
                address, version, clientId, user, passwordFile, caFile, keepAliveSeconds, expirySeconds, maximum, will);
    }

    /// The same with a will.
    public BrokerSettings leaving(MqttPublication lastWill) {
        return new BrokerSettings(
                address,
                version,
                clientId,
                user,
                passwordFile,
                caFile,
                keepAliveSeconds,
                sessionExpirySeconds,
                receiveMaximum,
                Optional.of(lastWill));
    }
}
