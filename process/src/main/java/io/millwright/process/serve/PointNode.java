package io.millwright.process.serve;

import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilter;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilterContext;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/// The value of one point as OPC UA shows it, and the items that monitor it.
final class PointNode implements AttributeFilter {

    private static final long NANOS_PER_TICK = 100;
    /// 1601-01-01 to 1970-01-01 in 100 ns (OPC 10000-6, 5.2.2.5).
    private static final long TICKS_BEFORE_EPOCH = 116_444_736_000_000_000L;

    private final Point point;
    private final Ledger ledger;
    private final String notation;
    private final List<DataItem> items = new ArrayList<>();
    private @Nullable Reading shown;

    PointNode(Point point, Ledger ledger, Time time) {
        this.point = point;
        this.ledger = ledger;
        notation = "ns=2;s=" + point.name();
        if (point.reading().sourceNanos() == 0 && point.writable()) {
            point.update(new Reading(point.reading().value(), Quality.GOOD, time.epochNanos()));
        }
        point.listen(this::updated);
    }

    private synchronized void updated(Reading next) {
        if (items.isEmpty()) {
            shown = next;
            return;
        }
        var value = asDataValue(next);
        boolean sampled = false;
        for (var item : items) {
            if (item.isSamplingEnabled()) {
                item.setValue(value);
                sampled = true;
            }
        }
        boolean changed = shown == null
                || !shown.value().equals(next.value())
                || !shown.quality().equals(next.quality());
        shown = next;
        if (sampled && changed) {
            ledger.enter(notation, next.sourceNanos() / NANOS_PER_TICK * NANOS_PER_TICK);
        }
    }

    synchronized void monitor(DataItem item) {
        items.add(item);
        item.setValue(asDataValue(point.reading()));
    }

    synchronized void refresh(DataItem item) {
        item.setValue(asDataValue(point.reading()));
    }

    synchronized void forget(DataItem item) {
        items.remove(item);
    }

    synchronized int monitored() {
        return items.size();
    }

    @Override
    public @Nullable Object getAttribute(AttributeFilterContext context, AttributeId attribute) {
        return attribute == AttributeId.Value ? asDataValue(point.reading()) : context.getAttribute(attribute);
    }

    @Override
    public void writeAttribute(AttributeFilterContext context, AttributeId attribute, @Nullable Object value)
            throws UaException {
        if (attribute != AttributeId.Value || !(value instanceof DataValue data)) {
            throw new UaException(StatusCodes.Bad_NotWritable);
        }
        try {
            point.write(asValue(data.value().value()));
        } catch (IllegalArgumentException e) {
            throw new UaException(StatusCodes.Bad_OutOfRange, e.getMessage());
        }
    }

    private static Value asValue(@Nullable Object value) throws UaException {
        return switch (value) {
            case Boolean b -> Value.of(b);
            case Double d -> Value.of(d);
            case String text -> Value.of(text);
            case null, default -> throw new UaException(StatusCodes.Bad_TypeMismatch);
        };
    }

    private static DataValue asDataValue(Reading reading) {
        var variant = switch (reading.value()) {
            case Value.Bool b -> Variant.ofBoolean(b.value());
            case Value.Int i -> Variant.ofInt64(i.value());
            case Value.Real r -> Variant.ofDouble(r.value());
            case Value.Text t -> Variant.ofString(t.value());
            case Value.Missing _ -> Variant.NULL_VALUE;
        };
        var time = new DateTime(reading.sourceNanos() / NANOS_PER_TICK + TICKS_BEFORE_EPOCH);
        return new DataValue(variant, new StatusCode(reading.quality().code()), time, null);
    }
}
