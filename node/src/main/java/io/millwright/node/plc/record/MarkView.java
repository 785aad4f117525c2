package io.millwright.node.plc.record;

import io.millwright.plc.record.Mark;
import java.util.Locale;

/// Something that happened in a run besides its scans.
///
/// @param scan the last scan before it; of a fault and an overrun the one that it happened in
/// @param epochMillis when, since 1970
/// @param kind fault, force, write, mode, program, overrun or gap
/// @param text what, for people
public record MarkView(long scan, double epochMillis, String kind, String text) {
    private static final double NANOS_PER_MILLI = 1e6;

    static MarkView of(Mark mark) {
        return new MarkView(
                mark.scan(),
                mark.epochNanos() / NANOS_PER_MILLI,
                mark.kind().name().toLowerCase(Locale.ROOT),
                mark.text());
    }
}
