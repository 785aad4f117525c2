package io.millwright.plc.record;

import io.millwright.iec61131.type.Value;
import io.millwright.plc.Mode;
import java.util.Optional;
import java.util.OptionalLong;

/// What a log tells of, in the order in which it happened.
sealed interface Event {
    /// The state of a program, from which the following events go on.
    record Key(KeyFrame frame, RecordedProgram program) implements Event {}

    /// A scan that ended well.
    ///
    /// @param nanos the time that the program saw
    /// @param inputs what all inputs were given; the array is used again for the next scan
    /// @param hash of the state after it, where it was recorded
    record Scan(long number, int task, long nanos, long[] inputs, OptionalLong hash) implements Event {}

    /// A scan that did not end well.
    ///
    /// @param trap the name of what the program did; empty where it did not begin as an input was bad
    record Faulted(long number, int task, long nanos, long[] inputs, Optional<String> trap, String message)
            implements Event {}

    record Written(String name, Value value) implements Event {}

    record Forced(String name, Value value) implements Event {}

    record Released(String name) implements Event {}

    record Entered(Mode mode) implements Event {}

    /// The PLC that did the scans of another one goes on by itself.
    record TookOver() implements Event {}

    /// What happened, besides a scan that ended well.
    default Optional<Happening> happening() {
        return switch (this) {
            case Written(var name, var value) -> Optional.of(new Happening.Written(name, Shown.of(value)));
            case Forced(var name, var value) -> Optional.of(new Happening.Forced(name, Shown.of(value)));
            case Released(var name) -> Optional.of(new Happening.Released(name));
            case Entered(var mode) -> Optional.of(new Happening.Entered(mode));
            case TookOver _ -> Optional.of(new Happening.TookOver());
            case Faulted fault -> Optional.of(new Happening.Faulted(fault.message()));
            case Scan _, Key _ -> Optional.empty();
        };
    }
}
