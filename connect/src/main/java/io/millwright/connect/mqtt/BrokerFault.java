package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
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

    /// MQTT 5, table 2.6.
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(0x81, "malformed packet"),
            Map.entry(0x82, "protocol error"),
            Map.entry(0x83, "implementation specific error"),
            Map.entry(0x84, "unsupported protocol version"),
            Map.entry(0x85, "client identifier not valid"),
            Map.entry(0x86, "bad user name or password"),
            Map.entry(0x87, "not authorized"),
            Map.entry(0x88, "server unavailable"),
            Map.entry(0x89, "server busy"),
            Map.entry(0x8A, "banned"),
            Map.entry(0x8B, "server shutting down"),
            Map.entry(0x8C, "bad authentication method"),
            Map.entry(0x8D, "keep alive timeout"),
            Map.entry(SESSION_TAKEN_OVER, "session taken over"),
            Map.entry(0x8F, "topic filter invalid"),
            Map.entry(0x90, "topic name invalid"),
            Map.entry(0x91, "packet identifier in use"),
            Map.entry(0x92, "packet identifier not found"),
            Map.entry(0x93, "receive maximum exceeded"),
            Map.entry(0x94, "topic alias invalid"),
            Map.entry(0x95, "packet too large"),
            Map.entry(0x96, "message rate too high"),
            Map.entry(0x97, "quota exceeded"),
            Map.entry(0x98, "administrative action"),
            Map.entry(0x99, "payload format invalid"),
            Map.entry(0x9A, "retain not supported"),
            Map.entry(0x9B, "QoS not supported"),
            Map.entry(0x9C, "use another server"),
            Map.entry(0x9D, "server moved"),
            Map.entry(0x9E, "shared subscriptions not supported"),
            Map.entry(0x9F, "connection rate exceeded"),
            Map.entry(0xA0, "maximum connect time"),
            Map.entry(0xA1, "subscription identifiers not supported"),
            Map.entry(0xA2, "wildcard subscriptions not supported"));

    /// Return codes of MQTT 3.1.1 (table 3.1) as reason codes of MQTT 5.
    private static final Map<Integer, Integer> OLD_RETURN_CODES = Map.of(1, 0x84, 2, 0x85, 3, 0x88, 4, 0x86, 5, 0x87);

    private BrokerFault() {}

    /// The name of a reason code of MQTT 5.
    static String reason(int code) {
        return REASONS.getOrDefault(code, "reason 0x%02X".formatted(code));
    }

    /// A broker that does not admit us.
    ///
    /// @param code a reason code of MQTT 5 or a return code of 3.1.1
    static LinkException refusal(BrokerSettings settings, int code) {
        String broker = settings.address().toString();
        int reason = OLD_RETURN_CODES.getOrDefault(code, code);
        return switch (reason) {
            case 0x86, 0x87, 0x8A ->
                LinkException.refused(
                        Quality.BAD_USER_ACCESS_DENIED,
                        "the broker %s does not admit %s: check user and password-file"
                                .formatted(
                                        broker,
                                        settings.user().map(u -> "user " + u).orElse("a client without user")));
            case 0x88, 0x89, 0x97, 0x9F ->
                new LinkException(
                        Quality.BAD_NOT_CONNECTED,
                        "the broker %s is not available just now: %s".formatted(broker, reason(reason)));
            default ->
                LinkException.refused(
                        Quality.BAD_NOT_CONNECTED,
                        "the broker %s refuses the connection: %s".formatted(broker, reason(reason)));
        };
    }

    /// A broker that ends the connection and says why.
    ///
    /// @param code a reason code of MQTT 5
    static LinkException dismissal(BrokerSettings settings, int code) {
        String broker = settings.address().toString();
        return code == SESSION_TAKEN_OVER
                ? LinkException.refused(
                        Quality.BAD_NOT_CONNECTED,
                        "another client has taken the client id %s at %s: give each its own client-id"
                                .formatted(settings.clientId(), broker))
                : new LinkException(
                        Quality.BAD_COMMUNICATION_ERROR,
                        "the broker %s ended the connection: %s".formatted(broker, reason(code)));
    }

    /// Whatever else goes wrong on the way to a broker.
    static LinkException of(BrokerSettings settings, Throwable error) {
        String broker = settings.address().toString();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case LinkException known -> {
                    return known;
                }
                case UnknownHostException _ -> {
                    return new LinkException(
                            Quality.BAD_NOT_CONNECTED, "the host of " + broker + " is not known: check the endpoint");
                }
                case ConnectTimeoutException _ -> {
                    return new LinkException(Quality.BAD_TIMEOUT, broker + " does not answer");
                }
                case ConnectException _ -> {
                    return new LinkException(
                            Quality.BAD_NOT_CONNECTED, "nobody listens at " + broker + ": is the broker running?");
                }
                case CertificateException e -> {
                    return LinkException.refused(
                            Quality.BAD_CERTIFICATE_UNTRUSTED,
                            "the certificate of %s is not trusted: %s; name its issuer in ca-file"
                                    .formatted(broker, e.getMessage()));
                }
                default -> {}
            }
        }
        return new LinkException(Quality.BAD_COMMUNICATION_ERROR, "%s: %s".formatted(broker, words(error)));
    }

    private static String words(Throwable error) {
        String message = error.getMessage() == null || error.getMessage().isBlank()
                ? error.getClass().getSimpleName()
                : error.getMessage();
        return switch (error) {
            case TooLongFrameException _ ->
                "what it sends is larger than %d bytes".formatted(BrokerSettings.MAX_MESSAGE_BYTES);
            case CodecException e when e.getCause() instanceof SSLException tls -> "TLS fails: " + tls.getMessage();
            case CodecException _ -> "what listens there does not speak MQTT: " + message;
            // The codec stumbles over some malformed packets.
            case RuntimeException _ -> "what listens there does not speak MQTT: malformed packet";
            default -> message;
        };
    }
}
