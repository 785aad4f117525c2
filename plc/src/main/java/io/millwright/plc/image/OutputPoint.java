package io.millwright.plc.image;

import io.millwright.iec61131.machine.Slot;
import java.util.OptionalLong;

/// An output of one version of a program: tells its signal after each scan what it is to be.
public final class OutputPoint {
    private final Binding.Output binding;
    private final Slot slot;
    private final OutputCell cell;
    private final Conversion conversion;
    private final OptionalLong safe;

    /// @throws IllegalArgumentException where the variable cannot stand for a signal, or cannot hold its safe
    ///     value
    public OutputPoint(Binding.Output binding, Slot slot, OutputCell cell) {
        this.binding = binding;
        this.slot = slot;
        this.cell = cell;
        this.conversion = Conversion.of(slot.type());
        this.safe = binding.safe().isEmpty()
                ? OptionalLong.empty()
                : conversion.bits(binding.safe().get(), slot.type());
        if (binding.safe().isPresent() && safe.isEmpty()) {
            throw new IllegalArgumentException(binding.variable() + " is of type "
                    + slot.type().name() + " and cannot be " + binding.safe().get());
        }
    }

    public Binding.Output binding() {
        return binding;
    }

    public Slot slot() {
        return slot;
    }

    public Conversion conversion() {
        return conversion;
    }

    /// Tells the signal the value of the variable.
    public void tell() {
        cell.offer(slot.bits(), conversion);
    }

    /// Tells the signal its safe value, where it has one.
    public void tellSafe() {
        if (safe.isPresent()) {
            cell.offer(safe.getAsLong(), conversion);
        }
    }
}
