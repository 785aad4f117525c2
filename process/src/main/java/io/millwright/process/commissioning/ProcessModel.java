package io.millwright.process.commissioning;

import io.millwright.model.Quality;
import java.util.List;

/// A process in virtual time: what a controller is tried against. Time passes in [#step] and nowhere else; the
/// same inputs and steps give the same outputs. One thread at a time.
///
/// Ports are numbered, so that a scan looks up no names: [#input(String)] and [#output(String)] find the
/// numbers once.
public interface ProcessModel extends AutoCloseable {

    /// By what the process is driven.
    List<Port> inputs();

    /// What is seen of the process.
    List<Port> outputs();

    /// Drives an input from the next step on.
    ///
    /// @param input its place in [#inputs]
    /// @param value in the port's unit; outside its range it becomes the nearest end; NaN leaves the input as
    ///     it was
    /// @throws ProcessError if the model does not take it
    void set(int input, double value);

    /// What an output shows after the last step, or at first.
    ///
    /// @param output its place in [#outputs]
    double get(int output);

    /// How far the output can be trusted.
    default Quality quality(int output) {
        return Quality.GOOD;
    }

    /// Lets time pass.
    ///
    /// @param nanos how far, above 0
    /// @throws ProcessError if the model cannot go on; the message says why
    void step(long nanos);

    /// Frees what the model holds. It is not used afterwards.
    @Override
    default void close() {}

    /// The number of an input.
    ///
    /// @throws IllegalArgumentException if there is none of this name; the message names those there are
    default int input(String name) {
        return Ports.find("input", inputs(), name);
    }

    /// The number of an output.
    ///
    /// @throws IllegalArgumentException if there is none of this name; the message names those there are
    default int output(String name) {
        return Ports.find("output", outputs(), name);
    }
}
