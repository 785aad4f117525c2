package io.millwright.plc.image;

import io.millwright.iec61131.machine.Slot;
import io.millwright.model.BadInput;
import io.millwright.model.Quality;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// An input of one version of a program: finds out before each scan what its variable is given.
public final class InputPoint {
    private final Binding.Input binding;
    private final Slot slot;
    private final InputCell cell;
    private final Conversion conversion;
    private final long substitute;
    private final long ageMaxNanos;
    private InputCell.@Nullable Arrival seen;
    private Quality quality = Quality.BAD_WAITING_FOR_INITIAL_DATA;
    private long bits;

    /// @throws IllegalArgumentException where the variable cannot stand for a signal, or cannot hold its
    ///     substitute
    public InputPoint(Binding.Input binding, Slot slot, InputCell cell) {
        this.binding = binding;
        this.slot = slot;
        this.cell = cell;
        this.conversion = Conversion.of(slot.type());
        this.ageMaxNanos = binding.ageMax().map(d -> d.toNanos()).orElse(Long.MAX_VALUE);
        this.bits = slot.bits();
        this.substitute = binding.onBad() instanceof BadInput.Substitute(var value)
                ? conversion
                        .bits(value, slot.type())
                        .orElseThrow(() -> new IllegalArgumentException(binding.variable() + " is of type "
                                + slot.type().name() + " and cannot be " + value))
                : 0;
    }

    public Binding.Input binding() {
        return binding;
    }

    public Slot slot() {
        return slot;
    }

    /// The quality with which the signal was delivered last, whether or not a scan has seen it.
    public Quality received() {
        InputCell.Arrival newest = cell.newest();
        return newest == null ? Quality.BAD_WAITING_FOR_INITIAL_DATA : newest.quality();
    }

    /// The quality of the signal at the last [#decide].
    public Quality quality() {
        return quality;
    }

    /// Finds out what the variable is given next, without changing it. Allocates nothing where no new value
    /// came.
    ///
    /// @param nowNanos by the pace of the PLC
    /// @return whether the program may run
    @SuppressWarnings("ReferenceEquality") // a new arrival is a new object
    public boolean decide(long nowNanos) {
        InputCell.Arrival newest = cell.newest();
        if (newest != seen && newest != null) {
            seen = newest;
            take(newest);
        }
        boolean old = seen != null && nowNanos - seen.atNanos() > ageMaxNanos;
        if (old && !quality.isBad()) {
            quality = Quality.BAD_TIMEOUT;
        }
        return !quality.isBad()
                || switch (binding.onBad()) {
                    case BadInput.Hold _ -> true;
                    case BadInput.Substitute _ -> {
                        bits = substitute;
                        yield true;
                    }
                    case BadInput.Stop _ -> false;
                };
    }

    private void take(InputCell.Arrival arrival) {
        quality = arrival.quality();
        if (!quality.isBad()) {
            OptionalLong converted = conversion.bits(arrival.value(), slot.type());
            converted.ifPresentOrElse(b -> bits = b, () -> quality = Quality.BAD_OUT_OF_RANGE);
        }
    }

    /// Goes on from where the input of the program before was, so that a value that is held stays.
    ///
    /// @param before of the same signal
    public void takeOver(InputPoint before) {
        boolean same = before.slot.type().elementary() == slot.type().elementary();
        seen = same ? before.seen : null;
        quality = before.quality;
        bits = same ? before.bits : slot.bits();
    }

    /// What the variable is given next.
    public long bits() {
        return bits;
    }

    /// Lets another value be given than the one of the signal: when a recording is replayed.
    public void replace(long otherBits) {
        bits = otherBits;
    }

    /// Gives the variable its value.
    public void put() {
        slot.set(bits);
    }
}
