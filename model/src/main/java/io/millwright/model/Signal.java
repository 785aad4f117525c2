package io.millwright.model;

import java.time.Duration;
import java.util.Optional;

/// One measured or commanded quantity of an asset.
///
/// @param name asset and signal
/// @param unit the unit of its values as a UCUM code (case sensitive), `1` for a plain number
/// @param range the values that can be; a sample outside is kept and marked uncertain
/// @param from where it is read; empty for a signal that is only commanded
/// @param to where it is written; empty for a signal that is only measured
/// @param every how often the source is sampled
/// @param description what it is, in the words of the plant's people
public record Signal(
        SignalName name,
        Unit unit,
        Optional<Range> range,
        Optional<PointAddress> from,
        Optional<PointAddress> to,
        Duration every,
        Optional<String> description) {

    /// The interval of a signal whose plant file gives none.
    public static final Duration USUAL_INTERVAL = Duration.ofSeconds(1);

    public Signal {
        if (from.isEmpty() && to.isEmpty()) {
            throw new IllegalArgumentException(name + " is neither read nor written: give `from`, `to` or both");
        }
        if (every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException(name + ": `every` must be longer than nothing, e.g. 100ms");
        }
    }

    /// A signal without a description.
    public Signal(
            SignalName name,
            Unit unit,
            Optional<Range> range,
            Optional<PointAddress> from,
            Optional<PointAddress> to,
            Duration every) {
        this(name, unit, range, from, to, every, Optional.empty());
    }

    /// Whether it can be commanded.
    public boolean isWritable() {
        return to.isPresent();
    }
}
