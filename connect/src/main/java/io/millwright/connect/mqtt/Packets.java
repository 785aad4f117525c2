package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The packets we send (MQTT 5, clause 3; MQTT 3.1.1, clause 3).
final class Packets {

    static final MqttMessage PING = MqttMessage.PINGREQ;
    static final MqttMessage DISCONNECT = MqttMessage.DISCONNECT;

    private Packets() {}

    /// @throws LinkException if the password cannot be read
    static MqttConnectMessage connect(BrokerSettings settings) throws LinkException {
        boolean five = settings.version() == 5;
        var connect = MqttMessageBuilders.connect()
                .protocolVersion(five ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1)
                .clientId(settings.clientId())
                .cleanSession(settings.sessionExpirySeconds() == 0)
                .keepAlive(settings.keepAliveSeconds());
        if (five) {
            var properties = new MqttProperties();
            properties.add(new IntegerProperty(MqttProperties.SESSION_EXPIRY_INTERVAL, (int)
                    Math.min(settings.sessionExpirySeconds(), Integer.MAX_VALUE)));
            properties.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, settings.receiveMaximum()));
            properties.add(new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, BrokerSettings.MAX_MESSAGE_BYTES));
            connect.properties(properties);
        }
        if (settings.user().isPresent()) {
            connect.username(settings.user().get());
            if (settings.passwordFile().isPresent()) {
                connect.password(password(settings.passwordFile().get()));
            }
        }
        settings.will()
                .ifPresent(will -> connect.willFlag(true)
                        .willTopic(will.topic())
                        .willMessage(will.payload())
                        .willQoS(MqttQoS.valueOf(will.qos()))
                        .willRetain(will.retain()));
        return connect.build();
    }

    private static byte[] password(Path file) throws LinkException {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").getBytes(StandardCharsets.UTF_8);
        } catch (IOException | UncheckedIOException e) {
            throw LinkException.refused(
                    Quality.BAD_CONFIGURATION_ERROR,
                    Told.of("mqtt-password-file", "the password file {file} cannot be read")
                            .with("file", file));
        }
    }

    /// @param id between 1 and 65535; 0 at QoS 0
    static MqttPublishMessage publish(MqttPublication publication, int id) {
        return MqttMessageBuilders.publish()
                .topicName(publication.topic())
                .payload(Unpooled.wrappedBuffer(publication.payload()))
                .qos(MqttQoS.valueOf(publication.qos()))
                .retained(publication.retain())
                .messageId(id)
                .build();
    }

    /// Without what we publish ourselves, as far as the version lets us say so.
    static MqttSubscribeMessage subscribe(List<String> filters, int qos, int id) {
        var option =
                new MqttSubscriptionOption(MqttQoS.valueOf(qos), true, false, RetainedHandlingPolicy.SEND_AT_SUBSCRIBE);
        var subscribe = MqttMessageBuilders.subscribe().messageId(id);
        filters.forEach(filter -> subscribe.addSubscription(filter, option));
        return subscribe.build();
    }

    static MqttUnsubscribeMessage unsubscribe(List<String> filters, int id) {
        var unsubscribe = MqttMessageBuilders.unsubscribe().messageId(id);
        filters.forEach(unsubscribe::addTopicFilter);
        return unsubscribe.build();
    }

    /// PUBACK, PUBREC, PUBREL or PUBCOMP.
    static MqttMessage reply(MqttMessageType type, int id) {
        MqttQoS reserved = type == MqttMessageType.PUBREL ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        return new MqttMessage(
                new MqttFixedHeader(type, false, reserved, false, 2), MqttMessageIdVariableHeader.from(id));
    }
}
