package io.millwright.historian;

import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a historian may and must answer, kept in the simplest way: every sample ever handed over, and whether it was
/// acknowledged. One that was not may be there or not; but once it was read while ingestion runs, it has to stay.
final class Oracle {

    private record Entry(Sample sample, boolean acknowledged) {}

    private final Map<SignalName, TreeMap<Long, List<Entry>>> all = new HashMap<>();

    private final Map<SignalName, LatestOracle> latest = new HashMap<>();

    /// The historian's process ended.
    void reopened() {
        latest.values().forEach(LatestOracle::forget);
    }

    void add(Sample sample, boolean acknowledged) {
        if (!acknowledged) {
            latest.values().forEach(LatestOracle::mayForget);
        }
        latest.computeIfAbsent(sample.signal(), _ -> new LatestOracle()).add(sample, acknowledged);
        all.computeIfAbsent(sample.signal(), _ -> new TreeMap<>())
                .computeIfAbsent(sample.sourceNanos(), _ -> new ArrayList<>())
                .add(new Entry(sample, acknowledged));
    }

    /// Checks every signal over all times, and over a part.
    void check(Historian historian, long from, long to) {
        boolean durable = historian.state().phase() == HistorianState.Phase.RUNNING;
        for (SignalName signal : all.keySet()) {
            List<Sample> found = historian.query(signal, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
            checkSeries(signal, found, durable);
            List<Sample> part = found.stream()
                    .filter(s -> s.sourceNanos() >= from && s.sourceNanos() < to)
                    .toList();
            same(part, historian.query(signal, from, to, Integer.MAX_VALUE), signal + " in a part of the time");
            same((long) part.size(), historian.count(signal, from, to), signal + ": count");
            checkLatest(historian, signal, found, durable);
        }
    }

    private void checkLatest(Historian historian, SignalName signal, List<Sample> found, boolean durable) {
        Optional<Sample> now = historian.latest(signal);
        latest.get(signal).check(now, durable);
        same(found.isEmpty(), now.isEmpty(), signal + ": nothing is the latest");
        now.ifPresent(sample -> {
            boolean kept = found.stream().anyMatch(s -> s.sourceNanos() == sample.sourceNanos() && isSame(s, sample));
            same(true, kept, signal + ": the latest is one of those kept");
        });
    }

    private void checkSeries(SignalName signal, List<Sample> found, boolean durable) {
        TreeMap<Long, List<Entry>> times = all.getOrDefault(signal, new TreeMap<>());
        var byTime = new TreeMap<Long, Sample>();
        for (Sample sample : found) {
            if (byTime.put(sample.sourceNanos(), sample) != null) {
                throw new AssertionError(signal + ": twice at " + sample.sourceNanos());
            }
        }
        for (long time : byTime.keySet()) {
            if (!times.containsKey(time)) {
                throw new AssertionError("invented: " + byTime.get(time));
            }
        }
        times.forEach((time, entries) -> checkOne(signal, time, entries, byTime.get(time), durable));
    }

    /// The last acknowledged sample counts, or any later one that may be there.
    private static void checkOne(
            SignalName signal, long time, List<Entry> entries, @Nullable Sample found, boolean durable) {
        int lastAcknowledged = -1;
        for (int i = 0; i < entries.size(); i++) {
            lastAcknowledged = entries.get(i).acknowledged() ? i : lastAcknowledged;
        }
        if (found == null) {
            if (lastAcknowledged >= 0) {
                throw new AssertionError(
                        "lost: " + entries.get(lastAcknowledged).sample());
            }
            return;
        }
        int which = Math.max(lastAcknowledged, 0);
        while (which < entries.size() && !isSame(entries.get(which).sample(), found)) {
            which++;
        }
        boolean allowed = which < entries.size();
        boolean received = entries.stream().anyMatch(e -> e.sample().receivedNanos() == found.receivedNanos());
        if (!allowed || !received) {
            throw new AssertionError("wrong at %s %d: %s, handed over: %s".formatted(signal, time, found, entries));
        }
        if (durable) {
            entries.set(which, new Entry(entries.get(which).sample(), true));
        }
    }

    private static boolean isSame(Sample one, Sample other) {
        return one.value().equals(other.value()) && one.quality().equals(other.quality());
    }

    private static void same(Object expected, Object actual, String what) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + ", got " + actual);
        }
    }
}
