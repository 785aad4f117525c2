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
/// @param deadline the longest time from the sensor's sample to the actuator's write; empty where nothing
///     depends on it
/// @param conduct how urgent it is, and what it does when something is wrong
public record Program(
        String name,
        String source,
        Duration every,
        Map<String, SignalName> binds,
        Optional<Duration> deadline,
        Conduct conduct) {

    /// How a program is run.
    ///
    /// @param priority of its task, 0 the most urgent (IEC 61131-3, 6.8.2)
    /// @param watchdog how long one scan may take; empty for any time
    /// @param onBad what variables are given whose signal is bad; those not named hold their last value
    /// @param ageMax how old the values of variables may be; those not named may be of any age
    /// @param safe what the signals of variables are set to when the program does not run; those not named are
    ///     left as they are
    public record Conduct(
            int priority,
            Optional<Duration> watchdog,
            Map<String, BadInput> onBad,
            Map<String, Duration> ageMax,
            Map<String, Value> safe) {

        /// Nothing special.
        public static final Conduct USUAL = new Conduct(0, Optional.empty(), Map.of(), Map.of(), Map.of());

        public Conduct {
            onBad = Map.copyOf(onBad);
            ageMax = Map.copyOf(ageMax);
            safe = Map.copyOf(safe);
        }
    }

    public Program {
        binds = Map.copyOf(binds);
        if (every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException(name + ": `every` must be longer than nothing, e.g. 10ms");
        }
    }

    /// The file of its text, as the plant file names it.
    public String file() {
        return source.substring(0, source.indexOf('#'));
    }

    /// The name of the PROGRAM in that file.
    public String program() {
        return source.substring(source.indexOf('#') + 1);
    }
}
