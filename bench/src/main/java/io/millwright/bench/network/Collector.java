package io.millwright.bench.network;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// What the garbage collector does in a while: a part of the times by the clock, and of no processor time of a
/// thread.
final class Collector {

    private long octets;
    private long count;
    private long millis;

    /// From now on.
    void begin() {
        octets = allocated();
        count = sum(GarbageCollectorMXBean::getCollectionCount);
        millis = sum(GarbageCollectorMXBean::getCollectionTime);
    }

    /// What there was since.
    ///
    /// @param pieces of work that were done
    String among(int pieces) {
        long collected = sum(GarbageCollectorMXBean::getCollectionCount) - count;
        return String.format(
                Locale.ROOT,
                "%.2f MB allocated for each, %d collections, %.1f ms each",
                (allocated() - octets) / 1e6 / pieces,
                collected,
                (double) (sum(GarbageCollectorMXBean::getCollectionTime) - millis) / Math.max(1, collected));
    }

    /// By this thread.
    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }

    private static long sum(ToLongFunction<GarbageCollectorMXBean> figure) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(figure)
                .sum();
    }
}
