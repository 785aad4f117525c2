package io.millwright.iec61131.machine;

import java.util.List;

/// What a test puts around a program: process models that live in its time. The seam to whoever has models.
public interface Surroundings {
    /// There is nothing.
    Surroundings NONE = new Surroundings() {
        @Override
        public void simulate(String model, List<Wire> wires) {
            throw new IllegalArgumentException("there are no process models here; `mw st test` has some");
        }

        @Override
        public void fault(String port, String fault) {
            throw new IllegalArgumentException("there is no process model here");
        }

        @Override
        public void advance(long nanos) {
            // Nothing lives in that time.
        }
    };

    /// Starts a model.
    ///
    /// @param wires what is given to it and taken from it, in the order of the text
    /// @throws IllegalArgumentException if there is no such model, or it has no such inputs and outputs; the
    ///     message says what would be right
    void simulate(String model, List<Wire> wires);

    /// Lets an input or output of a model have a fault from now on.
    ///
    /// @param fault `none` for none any more
    /// @throws IllegalArgumentException if there is no such port or fault
    void fault(String port, String fault);

    /// Lets the models' time pass, and gives the program what they show then.
    ///
    /// @throws IllegalArgumentException if a model cannot go on
    void advance(long nanos);
}
