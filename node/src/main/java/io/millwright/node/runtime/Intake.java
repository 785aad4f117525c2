package io.millwright.node.runtime;

import io.millwright.model.Quality;
import io.millwright.model.Range;
import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What stands between one connection and the historian: it counts, it measures how long samples take to become
/// durable, and it marks values outside the range of the plant file as uncertain. It never drops and never changes
/// a value.
final class Intake implements SampleSink {

    private final SampleSink historian;
    private final Map<SignalName, Range> ranges;
    private final LinkCounters counters;
    private final LatencyWindow latency;
    private final Time time;

    Intake(List<Signal> signals, SampleSink historian, LinkCounters counters, LatencyWindow latency, Time time) {
        this.historian = historian;
        this.counters = counters;
        this.latency = latency;
        this.time = time;
        ranges = HashMap.newHashMap(signals.size());
        for (var signal : signals) {
            signal.range().ifPresent(range -> ranges.put(signal.name(), range));
        }
    }

    @Override
    public CompletableFuture<Void> append(List<Sample> batch) {
        var checked = markOutOfRange(batch);
        counters.samples.add(checked.size());
        return historian.append(checked).whenComplete((_, failure) -> {
            if (failure == null) {
                counters.durable.add(checked.size());
                measure(checked);
            } else {
                counters.refused.add(checked.size());
            }
        });
    }

    private void measure(List<Sample> batch) {
        long now = time.epochNanos();
        for (var sample : batch) {
            if (!sample.quality().isBad()) {
                latency.record(now - sample.sourceNanos());
            }
        }
    }

    private List<Sample> markOutOfRange(List<Sample> batch) {
        List<Sample> changed = null;
        for (int i = 0; i < batch.size(); i++) {
            var sample = batch.get(i);
            if (isOutOfRange(sample)) {
                changed = changed == null ? new ArrayList<>(batch) : changed;
                changed.set(
                        i,
                        new Sample(
                                sample.signal(),
                                sample.value(),
                                Quality.UNCERTAIN_ENGINEERING_UNITS_EXCEEDED,
                                sample.sourceNanos(),
                                sample.receivedNanos()));
            }
        }
        return changed == null ? batch : changed;
    }

    private boolean isOutOfRange(Sample sample) {
        if (!sample.quality().isGood()) {
            return false;
        }
        var range = ranges.get(sample.signal());
        return range != null
                && switch (sample.value()) {
                    case Value.Int i -> !range.contains((double) i.value());
                    case Value.Real r -> !range.contains(r.value());
                    case Value.Bool _, Value.Text _, Value.Missing _ -> false;
                };
    }
}
