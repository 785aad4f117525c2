package io.millwright.historian;

import io.millwright.historian.segment.Segment;
import java.util.List;

/// Which segments to merge. Sizes fall into tiers, each eight times the one before; eight neighbours of one tier, or
/// smaller, become one. So the number of segments grows with the logarithm of the samples until segments have their
/// full size, and every sample is rewritten once per tier.
final class MergePolicy {

    private static final int RUN = 8;
    private static final long FIRST_TIER_BYTES = 4L << 20;

    private MergePolicy() {}

    /// Neighbours to be merged, oldest first; empty if all is well.
    ///
    /// @param segments all, oldest first
    /// @param bytesMax no merged segment is to be longer than about this
    static List<Segment> choose(List<Segment> segments, long bytesMax) {
        for (long tier = FIRST_TIER_BYTES; tier / RUN < bytesMax; tier *= RUN) {
            List<Segment> run = chooseBelow(segments, tier, bytesMax);
            if (!run.isEmpty()) {
                return run;
            }
        }
        return List.of();
    }

    private static List<Segment> chooseBelow(List<Segment> segments, long tier, long bytesMax) {
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            long size = segments.get(i).bytes();
            if (size >= tier || size >= bytesMax / 2) {
                from = i + 1;
                bytes = 0;
                continue;
            }
            if (bytes + size > bytesMax) {
                return segments.subList(from, i);
            }
            bytes += size;
            if (i - from + 1 == RUN) {
                return segments.subList(from, i + 1);
            }
        }
        return List.of();
    }
}
