package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.connect.Delivery;
import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;

/// The signals of one link as monitored items of one subscription: small servers have room for few subscriptions.
///
/// The server samples each item at its signal's interval and queues what it sampled; the queue has room for several
/// publishing intervals, so that nothing is dropped while a message is late. Where it overflows all the same, the
/// server sets the overflow bit of a status code, which is kept.
final class ItemSubscription {

    private static final int ITEMS_PER_CALL = 1000;
    private static final int VALUES_PER_MESSAGE = 5000;
    private static final double KEEP_ALIVE_MILLIS = 2000;
    private static final double LIFETIME_MILLIS = 60_000;
    private static final double LONGEST_SILENCE_MILLIS = 3_600_000;

    private final OpcUaSession session;
    private final OpcUaSettings settings;
    private final Time time;
    private final Delivery delivery;
    private final List<Item> items = new ArrayList<>();
    private UInteger id = uint(0);
    private Duration silence = Duration.ZERO;

    ItemSubscription(OpcUaSession session, OpcUaSettings settings, Time time, Delivery delivery) {
        this.session = session;
        this.settings = settings;
        this.time = time;
        this.delivery = delivery;
    }

    /// The server's number for it.
    UInteger id() {
        return id;
    }

    /// The longest time for which the server says nothing about it (OPC 10000-4, 5.14.2: keep-alive).
    Duration silence() {
        return silence;
    }

    /// Creates the subscription and its items.
    void create(List<Signal> signals) throws LinkException {
        double interval = settings.publishing().toNanos() / 1e6;
        long keepAlive = (long) Math.max(1, KEEP_ALIVE_MILLIS / interval);
        long lifetime = (long) Math.ceil(Math.max(3.0 * keepAlive, LIFETIME_MILLIS / interval));
        try {
            CreateSubscriptionResponse created = session.client()
                    .createSubscription(
                            interval, uint(lifetime), uint(keepAlive), uint(VALUES_PER_MESSAGE), true, ubyte(0));
            id = created.getSubscriptionId();
            double millis = created.getRevisedPublishingInterval()
                    * created.getRevisedMaxKeepAliveCount().doubleValue();
            silence = Duration.ofMillis((long) Math.clamp(millis, 0, LONGEST_SILENCE_MILLIS));
        } catch (UaException e) {
            throw session.failure(e);
        }
        var bad = new ArrayList<Sample>();
        for (Signal signal : signals) {
            try {
                items.add(Item.of(signal, items.size(), session, settings.publishing()));
            } catch (LinkException e) {
                bad.add(bad(signal, e.quality()));
            }
        }
        delivery.hand(bad);
        createItems();
    }

    private Sample bad(Signal signal, Quality why) {
        long now = time.epochNanos();
        return new Sample(signal.name(), Value.missing(), why, now, now);
    }

    /// Creates the items that the server did not let us create so far. One that fails for another reason than before
    /// gets a sample that says why.
    void createItems() throws LinkException {
        List<Item> missing = items.stream().filter(item -> !item.isMonitored()).toList();
        for (int from = 0; from < missing.size(); from += ITEMS_PER_CALL) {
            createItems(missing.subList(from, Math.min(missing.size(), from + ITEMS_PER_CALL)));
        }
    }

    private void createItems(List<Item> missing) throws LinkException {
        var bad = new ArrayList<Sample>();
        try {
            List<MonitoredItemCreateRequest> requests =
                    missing.stream().map(Item::request).toList();
            List<MonitoredItemCreateResult> results = Attributes.complete(
                    session.client()
                            .createMonitoredItems(id, TimestampsToReturn.Both, requests)
                            .getResults(),
                    missing.size());
            for (int i = 0; i < results.size(); i++) {
                StatusCode status = results.get(i).getStatusCode();
                missing.get(i).created(status, time.epochNanos()).ifPresent(bad::add);
            }
        } catch (UaException e) {
            throw session.failure(e);
        }
        delivery.hand(bad);
    }

    /// Reads every item once: after an interruption a value that did not change would not be sent again, and the
    /// signal would stay bad.
    void refresh() throws LinkException {
        List<Item> monitored = items.stream().filter(Item::isMonitored).toList();
        for (int from = 0; from < monitored.size(); from += ITEMS_PER_CALL) {
            List<Item> part = monitored.subList(from, Math.min(monitored.size(), from + ITEMS_PER_CALL));
            try {
                var ids = part.stream().map(Item::node).toList();
                List<DataValue> values = Attributes.read(session.client(), TimestampsToReturn.Both, ids);
                long now = time.epochNanos();
                var batch = new ArrayList<Sample>(part.size());
                for (int i = 0; i < part.size(); i++) {
                    batch.add(part.get(i).current(values.get(i), delivery.badSinceNanos(), now));
                }
                delivery.hand(batch);
            } catch (UaException e) {
                throw session.failure(e);
            }
        }
    }

    /// Delivers what the server sent. What it sends for items that there are not is left out.
    void deliver(List<MonitoredItemNotification> notifications) {
        long now = time.epochNanos();
        var batch = new ArrayList<Sample>(notifications.size());
        for (MonitoredItemNotification notification : notifications) {
            long handle = notification.getClientHandle().longValue();
            if (handle < items.size()) {
                items.get((int) handle)
                        .notified(notification.getValue(), delivery.badSinceNanos(), now)
                        .ifPresent(batch::add);
            }
        }
        delivery.hand(batch);
    }
}
