package io.millwright.node.plc.record;

import io.millwright.plc.record.Mark;

/// A place in a run where something happened besides its scans.
///
/// @param scan the last scan before it; of a fault and an overrun the one that it happened in
/// @param epochMillis when, since 1970
/// @param kind as [HappeningView] has it
/// @param text what, for people, in English
/// @param subject as [HappeningView] has it
/// @param value likewise
public record MarkView(long scan, double epochMillis, String kind, String text, String subject, String value) {
    private static final double NANOS_PER_MILLI = 1e6;

    static MarkView of(Mark mark) {
        var what = HappeningView.of(mark.what());
        return new MarkView(
                mark.scan(),
                mark.epochNanos() / NANOS_PER_MILLI,
                what.kind(),
                what.text(),
                what.subject(),
                what.value());
    }
}
