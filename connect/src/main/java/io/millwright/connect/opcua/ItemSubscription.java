package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.connect.Delivery;
import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/// The signals of one link as monitored items of one subscription: small servers have room for few subscriptions.
///
/// The server samples each item at its signal's interval and queues what it sampled; the queue has room for several
/// publishing intervals, so that nothing is dropped while a message is late. Where it overflows all the same, the
/// server sets the overflow bit of a status code, which is kept.
final class ItemSubscription implements OpcUaSubscription.SubscriptionListener {

    private static final int ITEMS_PER_CALL = 1000;
    private static final int VALUES_PER_MESSAGE = 5000;
    private static final int QUEUED_INTERVALS = 10;
    private static final int LONGEST_QUEUE = 1000;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

    /// What an item is monitored for.
    private record Monitored(SignalName signal, boolean element) {}

    private final OpcUaSession session;
    private final OpcUaSettings settings;
    private final Time time;
    private final Delivery delivery;
    private final LongAdder lost;
    private final OpcUaSubscription subscription;

    /// @param lost counts the messages that the server says were lost
    ItemSubscription(OpcUaSession session, OpcUaSettings settings, Time time, Delivery delivery, LongAdder lost) {
        this.session = session;
        this.settings = settings;
        this.time = time;
        this.delivery = delivery;
        this.lost = lost;
        subscription = new OpcUaSubscription(
                session.client(), (double) settings.publishing().toMillis());
        subscription.setSubscriptionListener(this);
        subscription.setMaxNotificationsPerPublish(uint(VALUES_PER_MESSAGE));
        subscription.setMaxMonitoredItemsPerCall(uint(ITEMS_PER_CALL));
        subscription.setTargetKeepAliveInterval((double) KEEP_ALIVE.toMillis());
    }

    /// Creates the subscription and its items.
    void create(List<Signal> signals) throws LinkException {
        try {
            subscription.create();
        } catch (UaException e) {
            throw session.failure(e);
        }
        var bad = new ArrayList<Sample>();
        long now = time.epochNanos();
        for (Signal signal : signals) {
            NodePoint point = NodePoint.parse(signal.from().orElseThrow().point());
            try {
                subscription.addMonitoredItem(item(signal, point));
            } catch (LinkException e) {
                bad.add(new Sample(signal.name(), Value.missing(), e.quality(), now, now));
            }
        }
        delivery.hand(bad);
        createItems(true);
    }

    /// Creates the items that the server did not let us create so far.
    ///
    /// @param tell whether those that fail get a sample that says why
    void createItems(boolean tell) throws LinkException {
        var bad = new ArrayList<Sample>();
        long now = time.epochNanos();
        for (MonitoredItemServiceOperationResult result : subscription.createMonitoredItems()) {
            if (!result.serviceResult().isGood()) {
                throw session.failure(new UaException(result.serviceResult()));
            }
            StatusCode status = result.operationResult().orElse(StatusCode.GOOD);
            if (!status.isGood() && tell) {
                SignalName name = monitored(result.monitoredItem()).signal();
                bad.add(new Sample(name, Value.missing(), new Quality((int) status.value()), now, now));
            }
        }
        delivery.hand(bad);
    }

    /// Reads every item once: after an interruption a value that did not change would not be sent again, and the
    /// signal would stay bad.
    void refresh() throws LinkException {
        List<OpcUaMonitoredItem> items = subscription.getMonitoredItems().stream()
                .filter(i -> i.getMonitoredItemId().isPresent())
                .toList();
        for (int from = 0; from < items.size(); from += ITEMS_PER_CALL) {
            List<OpcUaMonitoredItem> part = items.subList(from, Math.min(items.size(), from + ITEMS_PER_CALL));
            try {
                var ids = part.stream().map(OpcUaMonitoredItem::getReadValueId).toList();
                deliver(part, Attributes.read(session.client(), TimestampsToReturn.Both, ids));
            } catch (UaException e) {
                throw session.failure(e);
            }
        }
    }

    private OpcUaMonitoredItem item(Signal signal, NodePoint point) throws LinkException {
        String range = point.element().isEmpty() ? null : point.element();
        var item = new OpcUaMonitoredItem(
                new ReadValueId(session.node(point), AttributeId.Value.uid(), range, QualifiedName.NULL_VALUE));
        double samplingMillis = signal.every().toNanos() / 1e6;
        item.setSamplingInterval(samplingMillis);
        double queued = QUEUED_INTERVALS * Math.max(1, settings.publishing().toMillis() / samplingMillis);
        item.setQueueSize(uint((int) Math.min(LONGEST_QUEUE, Math.ceil(queued))));
        item.setDiscardOldest(true);
        item.setUserObject(new Monitored(signal.name(), range != null));
        return item;
    }

    private static Monitored monitored(OpcUaMonitoredItem item) {
        return (Monitored) item.getUserObject().orElseThrow();
    }

    @Override
    public void onDataReceived(OpcUaSubscription from, List<OpcUaMonitoredItem> items, List<DataValue> values) {
        deliver(items, values);
    }

    private void deliver(List<OpcUaMonitoredItem> items, List<DataValue> values) {
        long now = time.epochNanos();
        var batch = new ArrayList<Sample>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Monitored monitored = monitored(items.get(i));
            Reading reading = Variants.reading(values.get(i), monitored.element(), now);
            batch.add(new Sample(monitored.signal(), reading.value(), reading.quality(), reading.sourceNanos(), now));
        }
        delivery.hand(batch);
    }

    @Override
    public void onNotificationDataLost(OpcUaSubscription from) {
        lost.increment();
    }

    @Override
    public void onWatchdogTimerElapsed(OpcUaSubscription from) {
        session.fail(new LinkException(Quality.BAD_TIMEOUT, "the server sends nothing for this subscription any more"));
    }

    @Override
    public void onStatusChanged(OpcUaSubscription from, StatusCode status) {
        session.fail(new LinkException(
                Quality.BAD_NO_COMMUNICATION, "the server ended the subscription: " + Failures.name(status.value())));
    }

    @Override
    public void onTransferFailed(OpcUaSubscription from, StatusCode status) {
        session.fail(new LinkException(
                Quality.BAD_NO_COMMUNICATION, "the server forgot the subscription: " + Failures.name(status.value())));
    }
}
