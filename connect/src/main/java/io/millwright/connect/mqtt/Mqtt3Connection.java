package io.millwright.connect.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A connection that speaks MQTT 3.1.1.
final class Mqtt3Connection implements BrokerConnection {

    private final BrokerSettings settings;
    private final Mqtt3AsyncClient client;
    private final LossNotice notice;

    private Mqtt3Connection(BrokerSettings settings, Mqtt3AsyncClient client, LossNotice notice) {
        this.settings = settings;
        this.client = client;
        this.notice = notice;
    }

    static Mqtt3Connection open(BrokerSettings settings, Consumer<MqttMessage> messages, Consumer<LinkException> lost)
            throws LinkException {
        var notice = new LossNotice(settings, lost);
        Mqtt3AsyncClient client = Mqtt3Client.builder()
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
        return new Mqtt3Connection(settings, client, notice);
    }

    private static Mqtt3Connect connect(BrokerSettings settings) throws LinkException {
        var connect = Mqtt3Connect.builder()
                .cleanSession(settings.sessionExpirySeconds() == 0)
                .keepAlive(settings.keepAliveSeconds());
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

    private static Mqtt3Publish message(MqttPublication publication) {
        return Mqtt3Publish.builder()
                .topic(publication.topic())
                .payload(publication.payload())
                .qos(Mqtt5Connection.qos(publication.qos()))
                .retain(publication.retain())
                .build();
    }

    private static MqttMessage arrived(Mqtt3Publish message) {
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
                .map(filter -> Mqtt3Subscription.builder()
                        .topicFilter(filter)
                        .qos(Mqtt5Connection.qos(qos))
                        .build());
        var subscribe = Mqtt3Subscribe.builder().addSubscriptions(subscriptions).build();
        ClientParts.await(client.subscribe(subscribe), settings);
    }

    @Override
    public void unsubscribe(List<String> filters) {
        var start = Mqtt3Unsubscribe.builder();
        Mqtt3Unsubscribe all = filters.stream()
                .skip(1)
                .reduce(start.topicFilter(filters.getFirst()), (b, f) -> b.addTopicFilter(f), (a, b) -> b)
                .build();
        var _ = client.unsubscribe(all);
    }

    @Override
    public CompletableFuture<Boolean> publish(MqttPublication publication) {
        return client.publish(message(publication)).thenApply(_ -> true);
    }

    @Override
    public void close() {
        if (notice.leaving()) {
            var _ = client.disconnect();
        }
    }
}
