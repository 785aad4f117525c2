package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One connection to a broker, from its opening to its loss; it does not connect again. Safe for use by many threads.
///
/// All connections of a process share one Netty event loop of one thread.
public sealed interface BrokerConnection extends AutoCloseable permits Mqtt5Connection, Mqtt3Connection {

    /// Connects.
    ///
    /// @param messages hears of every message, in order, from the moment the broker admits us; must not block
    /// @param lost hears once, with the reason, when the connection that was there is gone; not after [#close]
    /// @throws LinkException if the broker cannot be reached or refuses us
    static BrokerConnection open(BrokerSettings settings, Consumer<MqttMessage> messages, Consumer<LinkException> lost)
            throws LinkException {
        return settings.version() == 5
                ? Mqtt5Connection.open(settings, messages, lost)
                : Mqtt3Connection.open(settings, messages, lost);
    }

    /// Subscribes, and waits until the broker agrees.
    ///
    /// @param filters topic filters
    /// @param qos the highest quality of service wanted
    /// @throws LinkException if the broker does not agree or is gone
    void subscribe(List<String> filters, int qos) throws LinkException;

    /// Ends subscriptions; does not wait.
    void unsubscribe(List<String> filters);

    /// Publishes.
    ///
    /// @return completes when the broker has the message (QoS 1 and 2) or it is on its way (QoS 0), with whether
    ///     the broker had somebody to give it to, as far as it says; fails if the broker does not take it
    CompletableFuture<Boolean> publish(MqttPublication publication);

    /// Publishes without waiting for what becomes of it; a broken connection tells of itself.
    default void send(MqttPublication publication) {
        var _ = publish(publication);
    }

    /// Publishes something before leaving: waits until it is out, but no longer than half a second.
    default void lastWord(MqttPublication publication) {
        var _ = publish(publication)
                .orTimeout(500, TimeUnit.MILLISECONDS)
                .exceptionally(_ -> false)
                .join();
    }

    /// Leaves; the broker drops the will.
    @Override
    void close();
}
