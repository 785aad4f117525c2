package io.millwright.connect.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A connection that speaks MQTT 5.
final class Mqtt5Connection implements BrokerConnection {

    private final BrokerSettings settings;
    private final Mqtt5AsyncClient client;
    private final LossNotice notice;

    private Mqtt5Connection(BrokerSettings settings, Mqtt5AsyncClient client, LossNotice notice) {
        this.settings = settings;
        this.client = client;
        this.notice = notice;
    }

    static Mqtt5Connection open(BrokerSettings settings, Consumer<MqttMessage> messages, Consumer<LinkException> lost)
            throws LinkException {
        var notice = new LossNotice(settings, lost);
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier(settings.clientId())
                .transportConfig(ClientParts.transport(settings))
                .executorConfig(ClientParts.executors())
                .addDisconnectedListener(context -> notice.disconnected(context.getCause()))
                .buildAsync();
        // Before connecting: a broker that kept a session sends its messages right behind its admission.
        client.publishes(MqttGlobalPublishFilter.ALL, message -> messages.accept(arrived(message)), true);
        ClientParts.await(client.connect(connect(settings)), settings);
        if (!notice.opened()) {
            throw new LinkException(
                    Quality.BAD_COMMUNICATION_ERROR, settings.address() + " closed the connection at once");
        }
        return new Mqtt5Connection(settings, client, notice);
    }

    private static Mqtt5Connect connect(BrokerSettings settings) throws LinkException {
        var connect = Mqtt5Connect.builder()
                .cleanStart(settings.sessionExpirySeconds() == 0)
                .sessionExpiryInterval(settings.sessionExpirySeconds())
                .keepAlive(settings.keepAliveSeconds())
                .restrictions()
                .receiveMaximum(settings.receiveMaximum())
                .maximumPacketSize(BrokerSettings.MAX_MESSAGE_BYTES)
                .applyRestrictions();
        if (settings.user().isPresent()) {
            connect = connect.simpleAuth()
                    .username(settings.user().get())
                    .password(ClientParts.password(settings))
                    .applySimpleAuth();
        }
        if (settings.will().isPresent()) {
            connect = connect.willPublish(message(settings.will().get()));
        }
        return connect.build();
    }

    private static Mqtt5Publish message(MqttPublication publication) {
        return Mqtt5Publish.builder()
                .topic(publication.topic())
                .payload(publication.payload())
                .qos(qos(publication.qos()))
                .retain(publication.retain())
                .build();
    }

    static MqttQos qos(int qos) {
        return switch (qos) {
            case 0 -> MqttQos.AT_MOST_ONCE;
            case 1 -> MqttQos.AT_LEAST_ONCE;
            default -> MqttQos.EXACTLY_ONCE;
        };
    }

    private static MqttMessage arrived(Mqtt5Publish message) {
        return new MqttMessage(
                message.getTopic().toString(),
                message.getPayloadAsBytes(),
                message.getQos().getCode(),
                message.isRetain(),
                message::acknowledge);
    }

    @Override
    public void subscribe(List<String> filters, int qos) throws LinkException {
        var subscriptions = filters.stream()
                .map(filter -> Mqtt5Subscription.builder()
                        .topicFilter(filter)
                        .qos(qos(qos))
                        .noLocal(true)
                        .build());
        var subscribe = Mqtt5Subscribe.builder().addSubscriptions(subscriptions).build();
        ClientParts.await(client.subscribe(subscribe), settings);
    }

    @Override
    public void unsubscribe(List<String> filters) {
        var start = Mqtt5Unsubscribe.builder();
        Mqtt5Unsubscribe all = filters.stream()
                .skip(1)
                .reduce(start.topicFilter(filters.getFirst()), (b, f) -> b.addTopicFilter(f), (a, b) -> b)
                .build();
        var _ = client.unsubscribe(all);
    }

    @Override
    public CompletableFuture<Boolean> publish(MqttPublication publication) {
        return client.publish(message(publication)).thenApply(Mqtt5Connection::reachedSomebody);
    }

    private static boolean reachedSomebody(Mqtt5PublishResult result) {
        return !(result instanceof Mqtt5PublishResult.Mqtt5Qos1Result qos1
                && qos1.getPubAck().getReasonCode() == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS);
    }

    @Override
    public void close() {
        if (notice.leaving()) {
            var _ = client.disconnect();
        }
    }
}
