package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which periods make a hyperperiod too long, and others that do not.
///
/// Periods are kept one after another, those of most streams first and of these the roundest, as long as the
/// hyperperiod of what is kept has no more frames of all streams than it may. The others are to blame. Each of them
/// has another period in its place: one that differs by at most a twentieth and has the shortest hyperperiod with what
/// is kept; where there is none, the nearest.
final class Harmony {

    /// How many periods are named.
    private static final int NAMED = 8;

    /// How many streams of a period are named.
    private static final int STREAMS = 3;

    /// So many multiples of the hyperperiod that is kept are looked at for a period.
    private static final int MULTIPLES = 100;

    private static final double NEAR = 0.05;

    private final Map<Long, List<Integer>> streams = new TreeMap<>();
    private final List<Long> culprits = new ArrayList<>();

    /// The hyperperiod of what is kept.
    private long kept = 1;

    /// Frames of all streams in a nanosecond.
    private double frequency;

    private final long most;

    private Harmony(List<Stream> all, long most) {
        this.most = most;
        for (var stream : all) {
            streams.computeIfAbsent(stream.periodNanos(), _ -> new ArrayList<>())
                    .add(stream.id());
        }
        frequency = all.stream().mapToDouble(s -> 1.0 / s.periodNanos()).sum();
        streams.keySet().stream()
                .sorted(Comparator.comparingInt((Long p) -> -of(p).size())
                        .thenComparingInt(Harmony::digits)
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(this::keep);
    }

    /// Why streams have too many frames in their hyperperiod, and what would be right; nothing where they have not.
    static Optional<Message> missing(List<Stream> streams, long most) {
        return Periods.isBounded(
                        most, streams.stream().mapToLong(Stream::periodNanos).toArray())
                ? Optional.empty()
                : Optional.of(new Harmony(streams, most).message());
    }

    /// The streams of a period.
    private List<Integer> of(long period) {
        return streams.getOrDefault(period, List.of());
    }

    private void keep(long period) {
        long both = Periods.hyperperiod(kept, period);
        if (both * frequency <= most) {
            kept = both;
        } else {
            culprits.add(period);
        }
    }

    /// How many digits of a number are before its last zeros.
    private static int digits(long number) {
        return Long.toString(number).replaceAll("0+$", "").length();
    }

    private Message message() {
        var blamed = culprits.stream()
                .map(p -> period(p, of(p).stream().distinct().toList()))
                .toList();
        var rather = instead();
        return Message.of(
                        rather.isEmpty() ? "periods-apart" : "periods",
                        "the least common multiple of the periods is too long: more than {most} frames, because of"
                                + " {periods}; periods that are multiples of each other would be right"
                                + (rather.isEmpty() ? "" : ", e.g. {proposal}"))
                .figure("most", most)
                .parts("periods", blamed, NAMED)
                .parts("proposal", rather, NAMED);
    }

    private static Message period(long period, List<Integer> streams) {
        return Message.of("period", "{period} of " + (streams.size() == 1 ? "stream" : "streams") + " {streams}")
                .nanos("period", period)
                .streams("streams", streams, STREAMS);
    }

    /// Periods in the place of those that are named.
    private List<Message> instead() {
        var periods = new LinkedHashMap<Long, Long>();
        for (long culprit : culprits.subList(0, Math.min(NAMED, culprits.size()))) {
            var other = other(culprit);
            other.ifPresent(p -> {
                periods.put(culprit, p);
                kept = Periods.hyperperiod(kept, p);
                frequency += of(culprit).size() * (1.0 / p - 1.0 / culprit);
            });
        }
        return periods.entrySet().stream()
                .map(e -> Message.of("instead", "{to} instead of {from}")
                        .nanos("from", e.getKey())
                        .nanos("to", e.getValue()))
                .toList();
    }

    private Optional<Long> other(long period) {
        var possible = new ArrayList<Long>();
        for (long multiple = 1; multiple <= MULTIPLES; multiple++) {
            divisors(possible, multiple, period);
        }
        for (long multiple = period / kept; multiple <= period / kept + 1; multiple++) {
            divisors(possible, multiple, period);
        }
        for (long multiple = (long) (most / (kept * frequency)); multiple > 0; multiple /= 2) {
            possible.add(kept * multiple);
        }
        for (long parts = Math.max(1, kept / period); parts > 0; parts--) {
            if (kept % parts == 0) {
                possible.add(kept / parts);
                break;
            }
        }
        return possible.stream()
                .filter(p -> isBounded(p, period))
                .min(Comparator.comparingLong(
                                (Long p) -> away(p, period) <= NEAR ? Periods.hyperperiod(kept, p) : Long.MAX_VALUE)
                        .thenComparingDouble(p -> away(p, period)));
    }

    /// Periods near one that divide a multiple of the hyperperiod.
    private void divisors(List<Long> possible, long multiple, long period) {
        long whole = Math.multiplyHigh(kept, multiple) == 0 ? kept * multiple : 0;
        long nearest = Math.max(1, Math.round((double) whole / period));
        for (long parts = Math.max(1, nearest - 1); parts <= nearest + 1; parts++) {
            if (whole > 0 && whole % parts == 0) {
                possible.add(whole / parts);
            }
        }
    }

    private boolean isBounded(long other, long period) {
        double all = frequency + of(period).size() * (1.0 / other - 1.0 / period);
        return Periods.hyperperiod(kept, other) * all <= most;
    }

    private static double away(long other, long period) {
        return Math.abs((double) other / period - 1);
    }
}
