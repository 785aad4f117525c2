package io.millwright.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A piece of control logic and what it is bound to. With its deadline it is a control loop.
///
/// @param name its name in the plant file
/// @param source the file and the program in it, e.g. `dosing.st#LevelControl`
/// @param every the cycle time of its task
/// @param binds which signal each of its variables stands for
/// @param deadline the longest time from the sensor's sample to the actuator's write; empty where nothing depends on
///     it
public record Program(
        String name, String source, Duration every, Map<String, SignalName> binds, Optional<Duration> deadline) {

    public Program {
        binds = Map.copyOf(binds);
        if (every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException(name + ": `every` must be longer than nothing, e.g. 10ms");
        }
    }
}
