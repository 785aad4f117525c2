package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.connect.LinkTold;
import io.millwright.model.Quality;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// One connection to a broker, from its opening to its loss, by MQTT 5 or 3.1.1; it does not connect again. Safe for
/// use by many threads.
///
/// When more of QoS 1 and 2 waits for its acknowledgement than the settings allow, no more is read: the rest waits in
/// the socket, and then in the broker.
public final class BrokerConnection implements AutoCloseable {

    private static final int ANSWER_SECONDS = 10;

    private final BrokerSettings settings;
    private final BrokerHandler handler;
    private final LossNotice notice;
    private final boolean resumed;

    private BrokerConnection(BrokerSettings settings, BrokerHandler handler, LossNotice notice, boolean resumed) {
        this.settings = settings;
        this.handler = handler;
        this.notice = notice;
        this.resumed = resumed;
    }

    /// Connects.
    ///
    /// @param messages hears of every message, in order, from the moment the broker admits us; must not block
    /// @param lost hears once, with the reason, when the connection that was there is gone; not after [#close]
    /// @throws LinkException if the broker cannot be reached or refuses us
    public static BrokerConnection open(
            BrokerSettings settings, Consumer<MqttMessage> messages, Consumer<LinkException> lost)
            throws LinkException {
        var notice = new LossNotice(lost);
        var handler = new BrokerHandler(settings, Packets.connect(settings), messages, notice);
        try {
            Transport.connect(settings, handler);
            boolean resumed = await(handler.admission(), settings);
            notice.opened();
            return new BrokerConnection(settings, handler, notice, resumed);
        } catch (LinkException e) {
            handler.leave();
            throw e;
        }
    }

    /// Subscribes, and waits until the broker agrees.
    ///
    /// @param filters topic filters
    /// @param qos the highest quality of service wanted
    /// @throws LinkException if the broker does not agree or is gone
    public void subscribe(List<String> filters, int qos) throws LinkException {
        await(subscribing(filters, qos), settings);
    }

    /// Subscribes without waiting: the answer of a broker that has many messages for us comes behind them.
    ///
    /// @return completes when the broker agrees; fails with a [LinkException] if it does not or is gone
    public CompletableFuture<Void> subscribing(List<String> filters, int qos) {
        return handler.subscribe(filters, qos);
    }

    /// Whether the broker had kept our session, with its subscriptions and what arrived for them meanwhile.
    public boolean resumed() {
        return resumed;
    }

    /// Ends subscriptions; does not wait.
    public void unsubscribe(List<String> filters) {
        handler.unsubscribe(filters);
    }

    /// Publishes.
    ///
    /// @return completes when the broker has the message (QoS 1 and 2) or it is on its way (QoS 0), with whether
    ///     the broker had somebody to give it to, as far as it says; fails if the broker does not take it
    public CompletableFuture<Boolean> publish(MqttPublication publication) {
        return handler.publish(publication);
    }

    /// Publishes without waiting for what becomes of it; a broken connection tells of itself.
    public void send(MqttPublication publication) {
        var _ = publish(publication);
    }

    /// Publishes something before leaving: waits until it is out, but no longer than half a second.
    public void lastWord(MqttPublication publication) {
        var _ = publish(publication)
                .orTimeout(500, TimeUnit.MILLISECONDS)
                .exceptionally(_ -> false)
                .join();
    }

    /// Leaves; the broker drops the will.
    @Override
    public void close() {
        var _ = notice.leaving();
        handler.leave();
    }

    /// Waits for the broker's answer.
    static <T> T await(CompletableFuture<T> answer, BrokerSettings settings) throws LinkException {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw BrokerFault.of(settings, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw BrokerFault.silent(settings, ANSWER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException(Quality.BAD_SHUTDOWN, LinkTold.INTERRUPTED);
        }
    }
}
