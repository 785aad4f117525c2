package io.millwright.plc.image;

import io.millwright.model.BadInput;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.Optional;

/// A variable of a program and the signal it stands for.
public sealed interface Binding {
    /// The path of the variable: `LevelControl.Level`, a global, or an address as `%IW4`.
    String variable();

    SignalName signal();

    /// A signal that is copied into a variable before each scan.
    ///
    /// @param onBad what the program is given where the value is bad
    /// @param ageMax how old a value may be before it counts as bad; empty where any age will do
    record Input(String variable, SignalName signal, BadInput onBad, Optional<Duration> ageMax) implements Binding {}

    /// A variable that is copied to a signal after each scan.
    ///
    /// @param safe what the signal is set to when the PLC stops, faults or ends; empty to leave it as it is
    record Output(String variable, SignalName signal, Optional<Value> safe) implements Binding {}
}
