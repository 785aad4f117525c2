package io.millwright.node.command;

import io.millwright.historian.Historian;
import io.millwright.model.Plant;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Holds the historian to the ledger of the simulated machines: how many of the values they produced does it hold?
///
/// OPC UA and Sparkplug carry source times, so each value is looked up by signal and time. Modbus carries none:
/// there the number of values that the server answered with is compared with the number of samples held, signal by
/// signal.
final class DemoCount {

    private static final String MODBUS = "modbus-tcp";
    private static final int MOST_SAMPLES = 10_000_000;

    private final Plant plant;
    private final Historian historian;
    private final long sinceNanos;

    /// @param sinceNanos when the machines started; what an earlier run left in the historian does not count
    DemoCount(Plant plant, Historian historian, long sinceNanos) {
        this.plant = plant;
        this.historian = historian;
        this.sinceNanos = sinceNanos;
    }

    /// How many values of a signal were produced and are held.
    record Tally(Signal signal, long produced, long stored) {
        long lost() {
            return produced - stored;
        }
    }

    /// Counts, signal by signal.
    ///
    /// @param ledger source times of the values produced, by point
    List<Tally> of(Map<String, List<Long>> ledger) {
        return plant.signals()
                .filter(signal -> signal.from().isPresent())
                .map(signal -> tally(
                        signal, ledger.getOrDefault(signal.from().orElseThrow().point(), List.of())))
                .toList();
    }

    private Tally tally(Signal signal, List<Long> entries) {
        if (isModbus(signal)) {
            return new Tally(
                    signal,
                    entries.size(),
                    Math.min(entries.size(), usable(signal).size()));
        }
        long[] times = distinct(entries);
        return new Tally(signal, times.length, held(signal, times));
    }

    private boolean isModbus(Signal signal) {
        var name = signal.from().orElseThrow().connection();
        return plant.connection(name).orElseThrow().protocol().equals(MODBUS);
    }

    private static long[] distinct(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    }

    private long held(Signal signal, long[] times) {
        var held = new HashSet<Long>();
        usable(signal).forEach(sample -> held.add(sample.sourceNanos()));
        return Arrays.stream(times).filter(held::contains).count();
    }

    private List<Sample> usable(Signal signal) {
        return historian.query(signal.name(), sinceNanos, Long.MAX_VALUE, MOST_SAMPLES).stream()
                .filter(sample -> !sample.quality().isBad())
                .toList();
    }
}
