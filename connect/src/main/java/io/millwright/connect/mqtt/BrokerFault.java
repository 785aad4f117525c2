package io.millwright.connect.mqtt;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;

/// What the user is told of what went wrong with a broker.
final class BrokerFault {

    private BrokerFault() {}

    static LinkException of(BrokerSettings settings, Throwable error) {
        String broker = settings.address().toString();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case LinkException known -> {
                    return known;
                }
                case Mqtt5ConnAckException e -> {
                    return refusal(settings, e.getMqttMessage().getReasonCode().name());
                }
                case Mqtt3ConnAckException e -> {
                    return refusal(settings, e.getMqttMessage().getReturnCode().name());
                }
                case Mqtt5DisconnectException e
                when e.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER -> {
                    return LinkException.refused(
                            Quality.BAD_NOT_CONNECTED,
                            "another client has taken the client id %s at %s: give each its own client-id"
                                    .formatted(settings.clientId(), broker));
                }
                case UnknownHostException _ -> {
                    return new LinkException(
                            Quality.BAD_NOT_CONNECTED, "the host of " + broker + " is not known: check the endpoint");
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

    private static LinkException refusal(BrokerSettings settings, String code) {
        String broker = settings.address().toString();
        return switch (code) {
            case "NOT_AUTHORIZED", "BAD_USER_NAME_OR_PASSWORD", "BANNED" ->
                LinkException.refused(
                        Quality.BAD_USER_ACCESS_DENIED,
                        "the broker %s does not admit %s: check user and password-file"
                                .formatted(
                                        broker,
                                        settings.user().map(u -> "user " + u).orElse("a client without user")));
            case "SERVER_UNAVAILABLE", "SERVER_BUSY", "CONNECTION_RATE_EXCEEDED", "QUOTA_EXCEEDED" ->
                new LinkException(
                        Quality.BAD_NOT_CONNECTED, "the broker %s is not available just now".formatted(broker));
            default ->
                LinkException.refused(
                        Quality.BAD_NOT_CONNECTED,
                        "the broker %s refuses the connection: %s".formatted(broker, lower(code)));
        };
    }

    private static String lower(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String words(Throwable error) {
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return error.getClass().getSimpleName();
        }
        return message.replaceFirst(
                "^Exception while decoding (\\w+): ", "what listens there does not speak MQTT: $1, ");
    }
}
