package io.millwright.connect.mqtt;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import io.millwright.model.Quality;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// What the user is told of what went wrong with a broker.
final class BrokerFault {

    private BrokerFault() {}

    static BrokerException of(BrokerSettings settings, Throwable error) {
        if (error instanceof BrokerException known) {
            return known;
        }
        String broker = settings.address().toString();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Mqtt5ConnAckException e -> {
                    return refusal(settings, e.getMqttMessage().getReasonCode().name());
                }
                case Mqtt3ConnAckException e -> {
                    return refusal(settings, e.getMqttMessage().getReturnCode().name());
                }
                case Mqtt5DisconnectException e
                when "SESSION_TAKEN_OVER".equals(reason(e)) -> {
                    return new BrokerException(
                            "another client has taken the client id %s at %s: give each its own client-id"
                                    .formatted(settings.clientId(), broker),
                            Quality.BAD_NOT_CONNECTED,
                            true);
                }
                case UnknownHostException _ -> {
                    return lost("the host of " + broker + " is not known", Quality.BAD_NOT_CONNECTED);
                }
                case ConnectException _ -> {
                    return lost("nobody listens at " + broker, Quality.BAD_NOT_CONNECTED);
                }
                case CertificateException e -> {
                    return new BrokerException(
                            "the certificate of %s is not trusted: %s; name its issuer in ca-file"
                                    .formatted(broker, e.getMessage()),
                            Quality.BAD_CERTIFICATE_UNTRUSTED,
                            true);
                }
                case SSLException e
                when cause.getCause() == null -> {
                    return lost(
                            "%s does not speak TLS as we do: %s".formatted(broker, e.getMessage()),
                            Quality.BAD_SECURITY_CHECKS_FAILED);
                }
                default -> {}
            }
        }
        return lost("%s: %s".formatted(broker, words(error)), Quality.BAD_COMMUNICATION_ERROR);
    }

    private static String reason(Mqtt5DisconnectException e) {
        return e.getMqttMessage().getReasonCode().name();
    }

    private static BrokerException lost(String message, Quality quality) {
        return new BrokerException(message, quality, false);
    }

    private static BrokerException refusal(BrokerSettings settings, String code) {
        String broker = settings.address().toString();
        return switch (code) {
            case "NOT_AUTHORIZED", "BAD_USER_NAME_OR_PASSWORD", "BANNED" ->
                new BrokerException(
                        "the broker %s does not admit %s: check user and password-file"
                                .formatted(
                                        broker,
                                        settings.user().map(u -> "user " + u).orElse("a client without a user")),
                        Quality.BAD_USER_ACCESS_DENIED,
                        true);
            case "SERVER_UNAVAILABLE", "SERVER_BUSY", "CONNECTION_RATE_EXCEEDED", "QUOTA_EXCEEDED" ->
                lost("the broker %s is not available just now".formatted(broker), Quality.BAD_NOT_CONNECTED);
            default ->
                new BrokerException(
                        "the broker %s refuses the connection: %s".formatted(broker, lower(code)),
                        Quality.BAD_NOT_CONNECTED,
                        true);
        };
    }

    private static String lower(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String words(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }
}
