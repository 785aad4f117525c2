package io.millwright.node.simulate;

import io.millwright.model.Quantity;
import io.millwright.model.Unit;

/// From the unit of a signal to that of a port of a model and back. A side without a unit takes that of the
/// other.
///
/// @param signal of the plant file
/// @param port of the model
record UnitChange(Unit signal, Unit port) {

    /// @throws IllegalArgumentException if both have units and these measure different things
    UnitChange {
        boolean unknown = signal.equals(Unit.ONE) || port.equals(Unit.ONE);
        if (!unknown && !signal.isCommensurableWith(port)) {
            throw new IllegalArgumentException(
                    "the signal is in " + signal + ", the model in " + port + ", which measures something else");
        }
    }

    private boolean isNone() {
        return signal.equals(port) || signal.equals(Unit.ONE) || port.equals(Unit.ONE);
    }

    double toPort(double value) {
        return isNone() ? value : new Quantity(value, signal).to(port).value();
    }

    double toSignal(double value) {
        return isNone() ? value : new Quantity(value, port).to(signal).value();
    }
}
