package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// Whether streams that occupy a link strictly periodically come apart, by what their periods have in common.
///
/// Two of them with periods `p` and `q` come apart if and only if what they occupy does modulo `gcd(p, q)` (see
/// [Timeline]). Let `u(g, S)` be how much streams `S`, whose periods are multiples of `g`, occupy modulo `g`, each
/// moment counted once; it is at most `g`.
///
/// 1. Where each period of `S` has just `g` in common with each period of `T`, what they occupy comes apart
///    modulo `g`: `u(g, S ∪ T) = u(g, S) + u(g, T)`.
/// 2. Where all periods of `S` are multiples of `h = k·g`, at most `k` moments modulo `h` are the same modulo
///    `g`: `u(g, S) ≥ u(h, S) / k`.
/// 3. Of one period `p = k·g`, where `u < g`: some moment is free. The `k` moments of the period that are the
///    same modulo `g` divide it into `k` parts, and what is occupied lies in one part each. In a part nothing
///    overlaps, even modulo `g`, so that no part holds more than `u`: it is as if `k` machines did all of it in
///    the time `u` (*P‖Cmax*).
///
/// So from the greatest common divisors downwards `u` is bounded from below, and where the bound is above `g` the
/// streams do not come apart.
///
/// @param common what the periods of all streams are multiples of, `g`
/// @param together how much of it is occupied at least; more than there is
/// @param streams the longest first
record Crowding(long common, long together, List<Stream> streams) {

    /// So many periods are looked at: those with the most to send.
    private static final int PERIODS = 8;

    /// Why some streams do not come apart on a link: as few of them as are found.
    ///
    /// @param length how long a stream occupies the link, in nanoseconds
    static Optional<Crowding> of(Collection<Stream> streams, ToLongFunction<Stream> length) {
        var lengths = lengths(streams, length);
        for (long common : commonOf(lengths.keySet())) {
            var many = streams.stream()
                    .filter(s -> s.periodNanos() % common == 0)
                    .sorted(Comparator.comparingLong(length).reversed().thenComparingInt(Stream::id))
                    .toList();
            if (occupied(common, lengths(many, length)) > common) {
                return Optional.of(narrow(common, many, length));
            }
        }
        return Optional.empty();
    }

    /// One stream after another is left out where the others are too many without it, the shortest first.
    private static Crowding narrow(long common, List<Stream> streams, ToLongFunction<Stream> length) {
        var few = new ArrayList<>(streams);
        for (int i = few.size() - 1; i >= 0; i--) {
            var stream = few.remove(i);
            if (occupied(common, lengths(few, length)) <= common) {
                few.add(i, stream);
            }
        }
        return new Crowding(common, occupied(common, lengths(few, length)), List.copyOf(few));
    }

    /// For how long the streams of each period occupy the link, the longest first.
    private static SortedMap<Long, List<Long>> lengths(Collection<Stream> streams, ToLongFunction<Stream> length) {
        var all = new TreeMap<Long, List<Long>>();
        streams.forEach(s ->
                all.computeIfAbsent(s.periodNanos(), _ -> new ArrayList<>()).add(length.applyAsLong(s)));
        all.values().forEach(l -> l.sort(Comparator.reverseOrder()));
        if (all.size() > PERIODS) {
            all.entrySet().stream()
                    .sorted(Comparator.comparingDouble(e -> (double) sum(e.getValue()) / e.getKey()))
                    .limit(all.size() - PERIODS)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(all::remove);
        }
        return all;
    }

    private static Collection<Long> commonOf(Collection<Long> periods) {
        var all = new TreeSet<Long>();
        for (long one : periods) {
            for (long other : periods) {
                if (one < other) {
                    all.add(Periods.gcd(one, other));
                }
            }
        }
        return all;
    }

    /// How much is occupied modulo `common` at least; more than that only where the streams do not come apart.
    private static long occupied(long common, SortedMap<Long, List<Long>> lengths) {
        if (lengths.isEmpty()) {
            return 0;
        }
        long period = lengths.firstKey();
        if (lengths.size() == 1) {
            return Math.min(common, busiest(lengths.firstEntry().getValue(), period / common));
        }
        var group = new TreeMap<Long, List<Long>>();
        var others = new TreeMap<>(lengths);
        join(period, common, others, group);
        if (!others.isEmpty()) {
            return occupied(common, group) + occupied(common, others);
        }
        long more = Periods.common(
                lengths.keySet().stream().mapToLong(Long::longValue).toArray());
        long most = more > common ? Math.ceilDiv(occupied(more, lengths), more / common) : 0;
        for (long one : lengths.keySet()) {
            most = Math.max(most, occupied(common, more > common ? only(lengths, one) : without(lengths, one)));
        }
        return most;
    }

    private static SortedMap<Long, List<Long>> only(SortedMap<Long, List<Long>> lengths, long period) {
        return lengths.subMap(period, period + 1);
    }

    private static SortedMap<Long, List<Long>> without(SortedMap<Long, List<Long>> lengths, long period) {
        var rest = new TreeMap<>(lengths);
        rest.remove(period);
        return rest;
    }

    /// Moves a period over, with those that have more in common with it, and with these.
    private static void join(
            long period, long common, SortedMap<Long, List<Long>> from, SortedMap<Long, List<Long>> group) {
        group.put(period, from.remove(period));
        for (long other : List.copyOf(from.keySet())) {
            if (from.containsKey(other) && Periods.gcd(period, other) > common) {
                join(other, common, from, group);
            }
        }
    }

    /// How long the busiest of some machines works at least: on average all of them do so for as long as that; and
    /// of the longest `i·k + 1` pieces of work one of `k` machines has `i + 1`.
    ///
    /// @param lengths of each piece of work, the longest first
    private static long busiest(List<Long> lengths, long machines) {
        long least = Math.ceilDiv(sum(lengths), machines);
        for (long last = 0; last < lengths.size(); last += machines) {
            int many = (int) (last / machines) + 1;
            least = Math.max(least, sum(lengths.subList((int) last + 1 - many, (int) last + 1)));
        }
        return least;
    }

    private static long sum(List<Long> lengths) {
        return lengths.stream().mapToLong(Long::longValue).sum();
    }
}
