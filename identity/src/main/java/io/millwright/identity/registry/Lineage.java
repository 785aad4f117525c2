package io.millwright.identity.registry;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/// Which numbers a ledger's transactions have. After each start they leap: to the microseconds since 1970, or, if the
/// clock is behind, by a random length. So a ledger that was restored from an older copy gives no number again that
/// the lost one has given, and every number that the lost one gave later lies in the leap: whoever has followed it
/// that far is known to be ahead. May be used from many threads at once.
public final class Lineage {

    private static final long LEAP_MAX = 1L << 40;

    private final long base;

    /// The number before each leap, by the number behind it.
    private final ConcurrentSkipListMap<Long, Long> leaps = new ConcurrentSkipListMap<>();

    private final List<Rejoined> rejoined = new CopyOnWriteArrayList<>();

    /// How one who has followed a ledger stands to it.
    public enum Standing {
        /// What comes next can be told.
        SHARED,

        /// Everything has to be copied.
        FORGOTTEN,

        /// The ledger does not know what the other has followed: it is an older copy of the one that was followed.
        AHEAD
    }

    /// What a restored ledger had lost and was given back by one who had followed it.
    ///
    /// @param followed how far: a number that the ledger itself never gave
    /// @param from the first transaction by which it was given back
    /// @param to the last one
    public record Rejoined(long followed, long from, long to) {}

    /// @param last the newest transaction at the start
    /// @param epochMicros now
    public Lineage(long last, long epochMicros, RandomGenerator random) {
        base = epochMicros > last ? epochMicros : last + random.nextLong(1, LEAP_MAX);
        leapt(last, base + 1);
    }

    /// The number of the transaction after this one, given now.
    public long after(long last) {
        return Math.max(last, base) + 1;
    }

    /// Nothing has the numbers in between.
    public void leapt(long before, long behind) {
        leaps.put(behind, before);
    }

    public void rejoin(Rejoined given) {
        rejoined.add(given);
    }

    /// @param followed the last transaction that the other has followed; 0 or less for none
    /// @param last the newest transaction of the ledger
    /// @param forgotten the newest that it can no longer tell
    public Standing standing(long followed, long last, long forgotten) {
        if (followed > 0 && branch(followed, last) != followed) {
            long given = rejoined.stream()
                    .mapToLong(Rejoined::followed)
                    .filter(number -> number >= followed && branch(number, last) == branch(followed, last))
                    .max()
                    .orElse(0);
            if (given != followed) {
                return given > followed ? Standing.FORGOTTEN : Standing.AHEAD;
            }
        }
        return Math.max(0, followed) < forgotten ? Standing.FORGOTTEN : Standing.SHARED;
    }

    /// The newest transaction of the ledger that one who has followed up to this number has seen too.
    public long branch(long followed, long last) {
        var leap = leaps.higherEntry(followed);
        boolean within = leap != null && followed > leap.getValue();
        return within ? leap.getValue() : Math.min(followed, last);
    }

    /// Whether a transaction only gave back what others had kept.
    public boolean gaveBack(long number) {
        return rejoined.stream().anyMatch(r -> r.from() <= number && number <= r.to());
    }

    /// The transaction before the newest so many.
    public long before(long last, long count) {
        long end = last;
        long left = count;
        for (var leap : leaps.headMap(last, true).descendingMap().entrySet()) {
            long run = end - leap.getKey() + 1;
            if (run > left) {
                break;
            }
            left -= Math.max(0, run);
            end = Math.min(end, leap.getValue());
        }
        return Math.max(0, end - left);
    }
}
