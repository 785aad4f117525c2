package io.millwright.plc.image;

import io.millwright.model.SignalName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The values of signals on their way between drivers and scans. It outlives programs: one that is changed
/// while it runs finds the newest values there.
public final class SignalTable {
    private final Map<SignalName, InputCell> inputs = new ConcurrentHashMap<>();
    private final Map<SignalName, OutputCell> outputs = new ConcurrentHashMap<>();

    /// Where a program reads the signal, if one does.
    public Optional<InputCell> read(SignalName signal) {
        return Optional.ofNullable(inputs.get(signal));
    }

    /// Where a program reads the signal, from now on.
    public InputCell input(SignalName signal) {
        return inputs.computeIfAbsent(signal, _ -> new InputCell());
    }

    public OutputCell output(SignalName signal) {
        return outputs.computeIfAbsent(signal, _ -> new OutputCell());
    }
}
