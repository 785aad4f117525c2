package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Map;
import javax.net.ssl.SSLException;

/// What the user is told of what went wrong with a broker.
final class BrokerFault {

    /// The first reason code of MQTT 5 that is an error (MQTT 5, clause 2.4).
    static final int FIRST_ERROR = 0x80;

    private static final int SESSION_TAKEN_OVER = 0x8E;

    private static final Told MALFORMED = Told.of("mqtt-malformed-packet", "malformed packet");

    /// MQTT 5, table 2.6.
    private static final Map<Integer, Told> REASONS = Map.ofEntries(
            Map.entry(0x81, MALFORMED),
            Map.entry(0x82, Told.of("mqtt-protocol-error", "protocol error")),
            Map.entry(0x83, Told.of("mqtt-implementation-specific-error", "implementation specific error")),
            Map.entry(0x84, Told.of("mqtt-unsupported-protocol-version", "unsupported protocol version")),
            Map.entry(0x85, Told.of("mqtt-client-identifier-not-valid", "client identifier not valid")),
            Map.entry(0x86, Told.of("mqtt-bad-user-name-or-password", "bad user name or password")),
            Map.entry(0x87, Told.of("mqtt-not-authorized", "not authorized")),
            Map.entry(0x88, Told.of("mqtt-server-unavailable", "server unavailable")),
            Map.entry(0x89, Told.of("mqtt-server-busy", "server busy")),
            Map.entry(0x8A, Told.of("mqtt-banned", "banned")),
            Map.entry(0x8B, Told.of("mqtt-server-shutting-down", "server shutting down")),
            Map.entry(0x8C, Told.of("mqtt-bad-authentication-method", "bad authentication method")),
            Map.entry(0x8D, Told.of("mqtt-keep-alive-timeout", "keep alive timeout")),
            Map.entry(SESSION_TAKEN_OVER, Told.of("mqtt-session-taken-over", "session taken over")),
            Map.entry(0x8F, Told.of("mqtt-topic-filter-invalid", "topic filter invalid")),
            Map.entry(0x90, Told.of("mqtt-topic-name-invalid", "topic name invalid")),
            Map.entry(0x91, Told.of("mqtt-packet-identifier-in-use", "packet identifier in use")),
            Map.entry(0x92, Told.of("mqtt-packet-identifier-not-found", "packet identifier not found")),
            Map.entry(0x93, Told.of("mqtt-receive-maximum-exceeded", "receive maximum exceeded")),
            Map.entry(0x94, Told.of("mqtt-topic-alias-invalid", "topic alias invalid")),
            Map.entry(0x95, Told.of("mqtt-packet-too-large", "packet too large")),
            Map.entry(0x96, Told.of("mqtt-message-rate-too-high", "message rate too high")),
            Map.entry(0x97, Told.of("mqtt-quota-exceeded", "quota exceeded")),
            Map.entry(0x98, Told.of("mqtt-administrative-action", "administrative action")),
            Map.entry(0x99, Told.of("mqtt-payload-format-invalid", "payload format invalid")),
            Map.entry(0x9A, Told.of("mqtt-retain-not-supported", "retain not supported")),
            Map.entry(0x9B, Told.of("mqtt-qos-not-supported", "QoS not supported")),
            Map.entry(0x9C, Told.of("mqtt-use-another-server", "use another server")),
            Map.entry(0x9D, Told.of("mqtt-server-moved", "server moved")),
            Map.entry(0x9E, Told.of("mqtt-shared-subscriptions-not-supported", "shared subscriptions not supported")),
            Map.entry(0x9F, Told.of("mqtt-connection-rate-exceeded", "connection rate exceeded")),
            Map.entry(0xA0, Told.of("mqtt-maximum-connect-time", "maximum connect time")),
            Map.entry(
                    0xA1,
                    Told.of("mqtt-subscription-identifiers-not-supported", "subscription identifiers not supported")),
            Map.entry(
                    0xA2,
                    Told.of("mqtt-wildcard-subscriptions-not-supported", "wildcard subscriptions not supported")));

    /// Return codes of MQTT 3.1.1 (table 3.1) as reason codes of MQTT 5.
    private static final Map<Integer, Integer> OLD_RETURN_CODES = Map.of(1, 0x84, 2, 0x85, 3, 0x88, 4, 0x86, 5, 0x87);

    private BrokerFault() {}

    /// The name of a reason code of MQTT 5.
    static Told reason(int code) {
        Told known = REASONS.get(code);
        return known == null
                ? Told.of("mqtt-reason", "reason {number}").with("number", "0x%02X".formatted(code))
                : known;
    }

    /// A broker that does not admit us.
    ///
    /// @param code a reason code of MQTT 5 or a return code of 3.1.1
    static LinkException refusal(BrokerSettings settings, int code) {
        int reason = OLD_RETURN_CODES.getOrDefault(code, code);
        return switch (reason) {
            case 0x86, 0x87, 0x8A ->
                LinkException.refused(
                        Quality.BAD_USER_ACCESS_DENIED, notAdmitted(settings).with("broker", settings.address()));
            case 0x88, 0x89, 0x97, 0x9F ->
                new LinkException(
                        Quality.BAD_NOT_CONNECTED,
                        Told.of("broker-unavailable", "the broker {broker} is not available just now: {reason}")
                                .with("broker", settings.address())
                                .with("reason", reason(reason)));
            default ->
                LinkException.refused(
                        Quality.BAD_NOT_CONNECTED,
                        Told.of("broker-refuses", "the broker {broker} refuses the connection: {reason}")
                                .with("broker", settings.address())
                                .with("reason", reason(reason)));
        };
    }

    private static Told notAdmitted(BrokerSettings settings) {
        return settings.user()
                .map(user -> Told.of(
                                "broker-user",
                                "the broker {broker} does not admit user {user}: check user and password-file")
                        .with("user", user))
                .orElseGet(() -> Told.of(
                        "broker-no-user",
                        "the broker {broker} does not admit a client without user: check user and password-file"));
    }

    /// A broker of which nothing was heard for so long.
    static LinkException silent(BrokerSettings settings, int seconds) {
        return new LinkException(
                Quality.BAD_TIMEOUT,
                Told.of("broker-silent", "the broker {broker} did not answer within {seconds} s")
                        .with("broker", settings.address())
                        .with("seconds", seconds));
    }

    /// A broker that ends the connection without a word.
    static LinkException hangsUp(BrokerSettings settings) {
        return fault(settings, Told.of("broker-closed", "the broker closed the connection"));
    }

    /// What listens there is no broker.
    static LinkException noBroker(BrokerSettings settings, Told reason) {
        return fault(settings, noMqtt().with("reason", reason));
    }

    private static LinkException fault(BrokerSettings settings, Told reason) {
        return new LinkException(
                Quality.BAD_COMMUNICATION_ERROR,
                Told.of("broker-fault", "{broker}: {reason}")
                        .with("broker", settings.address())
                        .with("reason", reason));
    }

    private static Told noMqtt() {
        return Told.of("broker-no-mqtt", "what listens there does not speak MQTT: {reason}");
    }

    /// A broker that ends the connection and says why.
    ///
    /// @param code a reason code of MQTT 5
    static LinkException dismissal(BrokerSettings settings, int code) {
        return code == SESSION_TAKEN_OVER
                ? LinkException.refused(
                        Quality.BAD_NOT_CONNECTED,
                        Told.of(
                                        "broker-taken-over",
                                        "another client has taken the client id {client} at {broker}: give "
                                                + "each its own client-id")
                                .with("broker", settings.address())
                                .with("client", settings.clientId()))
                : new LinkException(
                        Quality.BAD_COMMUNICATION_ERROR,
                        Told.of("broker-ended", "the broker {broker} ended the connection: {reason}")
                                .with("broker", settings.address())
                                .with("reason", reason(code)));
    }

    /// Whatever else goes wrong on the way to a broker.
    static LinkException of(BrokerSettings settings, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case LinkException known -> {
                    return known;
                }
                case UnknownHostException _ -> {
                    return new LinkException(
                            Quality.BAD_NOT_CONNECTED,
                            Told.of("broker-host-unknown", "the host of {broker} is not known: check the endpoint")
                                    .with("broker", settings.address()));
                }
                case ConnectTimeoutException _ -> {
                    return new LinkException(
                            Quality.BAD_TIMEOUT,
                            Told.of("broker-no-answer", "{broker} does not answer")
                                    .with("broker", settings.address()));
                }
                case ConnectException _ -> {
                    return new LinkException(
                            Quality.BAD_NOT_CONNECTED,
                            Told.of("broker-nobody-listens", "nobody listens at {broker}: is the broker running?")
                                    .with("broker", settings.address()));
                }
                case CertificateException e -> {
                    return LinkException.refused(
                            Quality.BAD_CERTIFICATE_UNTRUSTED,
                            Told.of(
                                            "broker-untrusted",
                                            "the certificate of {broker} is not trusted: {reason}; name its "
                                                    + "issuer in ca-file")
                                    .with("broker", settings.address())
                                    .with("reason", e.getMessage()));
                }
                default -> {}
            }
        }
        return fault(settings, words(error));
    }

    private static Told words(Throwable error) {
        String message = error.getMessage() == null || error.getMessage().isBlank()
                ? error.getClass().getSimpleName()
                : error.getMessage();
        return switch (error) {
            case TooLongFrameException _ ->
                Told.of("broker-large-message", "what it sends is larger than {bytes} bytes")
                        .with("bytes", BrokerSettings.MAX_MESSAGE_BYTES);
            case CodecException e
            when e.getCause() instanceof SSLException tls ->
                Told.of("broker-tls", "TLS fails: {reason}").with("reason", tls.getMessage());
            case CodecException _ -> noMqtt().with("reason", message);
            // The codec stumbles over some malformed packets.
            case RuntimeException _ -> noMqtt().with("reason", MALFORMED);
            default -> SystemTold.said(message);
        };
    }
}
