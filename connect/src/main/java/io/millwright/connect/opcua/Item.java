package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/// A signal as a monitored item of a subscription. Used by one thread.
final class Item {

    /// So many publishing intervals fit into the server's queue, and at least so much time: longer than a session waits
    /// for its connection to be mended.
    private static final int QUEUED_INTERVALS = 10;

    private static final Duration QUEUED_TIME = Duration.ofSeconds(10);
    private static final int LONGEST_QUEUE = 1000;

    private final SignalName signal;
    private final int handle;
    private final ReadValueId node;
    private final boolean element;
    private final double samplingMillis;
    private final int queue;
    private boolean monitored;
    private boolean first = true;
    private Quality refused = Quality.GOOD;
    private long refusedNanos = Long.MIN_VALUE;
    private @Nullable Sample read;

    private Item(Signal signal, int handle, ReadValueId node, boolean element, int queue) {
        this.signal = signal.name();
        this.handle = handle;
        this.node = node;
        this.element = element;
        this.queue = queue;
        samplingMillis = signal.every().toNanos() / 1e6;
    }

    /// @param handle by which the server names it in its messages
    /// @throws LinkException if the server does not know the namespace of the signal's point
    static Item of(Signal signal, int handle, OpcUaSession session, Duration publishing) throws LinkException {
        NodePoint point = NodePoint.parse(signal.from().orElseThrow().point());
        String range = point.element().isEmpty() ? null : point.element();
        var node = new ReadValueId(session.node(point), AttributeId.Value.uid(), range, QualifiedName.NULL_VALUE);
        long queued = Math.max(
                QUEUED_TIME.toNanos(), publishing.multipliedBy(QUEUED_INTERVALS).toNanos());
        long queue = Math.clamp(queued / signal.every().toNanos(), QUEUED_INTERVALS, LONGEST_QUEUE);
        return new Item(signal, handle, node, range != null, (int) queue);
    }

    ReadValueId node() {
        return node;
    }

    /// Whether the server monitors it.
    boolean isMonitored() {
        return monitored;
    }

    MonitoredItemCreateRequest request() {
        var parameters = new MonitoringParameters(uint(handle), samplingMillis, null, uint(queue), true);
        return new MonitoredItemCreateRequest(node, MonitoringMode.Reporting, parameters);
    }

    /// The server's answer to the request.
    ///
    /// @return what the signal is worth from now on, when it was refused for another reason than before
    Optional<Sample> created(StatusCode status, long now) {
        monitored = status.isGood();
        var why = new Quality((int) status.value());
        if (monitored || why.equals(refused)) {
            return Optional.empty();
        }
        refused = why;
        refusedNanos = now;
        return Optional.of(new Sample(signal, Value.missing(), why, now, now));
    }

    /// What the server holds now.
    ///
    /// A value that is older than the outage it comes after would be hidden by the bad sample of that outage. It is
    /// known to hold again only since the server said so (OPC 10000-4, 7.11: the server's timestamp), and gets that
    /// time.
    ///
    /// @param badSince when the signal was said to be bad last
    Sample current(DataValue value, long badSince, long now) {
        Sample sample = sample(value, now);
        long bad = Math.max(badSince, refusedNanos);
        if (sample.sourceNanos() <= bad) {
            long known = Variants.serverNanos(value, now);
            sample = new Sample(signal, sample.value(), sample.quality(), known > bad ? known : now, now);
        }
        read = sample;
        return sample;
    }

    /// A value out of the server's queue.
    ///
    /// @return empty if it is the one that was read last
    Optional<Sample> notified(DataValue value, long badSince, long now) {
        if (first) {
            first = false;
            return Optional.of(current(value, badSince, now));
        }
        Sample sample = sample(value, now);
        Sample known = read;
        if (known != null && sample.sourceNanos() >= known.sourceNanos()) {
            read = null;
        }
        boolean again = known != null
                && known.sourceNanos() == sample.sourceNanos()
                && known.value().equals(sample.value())
                && known.quality().equals(sample.quality());
        return again ? Optional.empty() : Optional.of(sample);
    }

    private Sample sample(DataValue value, long now) {
        Reading reading = Variants.reading(value, element, now);
        return new Sample(signal, reading.value(), reading.quality(), reading.sourceNanos(), now);
    }
}
