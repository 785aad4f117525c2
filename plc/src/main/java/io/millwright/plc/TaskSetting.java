package io.millwright.plc;

import java.util.List;
import java.util.Optional;

/// When which programs run (IEC 61131-3, 6.8.2).
///
/// @param intervalNanos how often; 0 where it is started by `single` or, without one, whenever nothing else is
///     due
/// @param single the global BOOL whose rising edge starts it once
/// @param priority 0 is the most urgent. A task that runs is not interrupted: the standard's non-preemptive
///     scheduling
/// @param watchdogNanos how long one scan may take before the PLC stops with a fault; 0 for any time
/// @param instances the programs it runs, in order
public record TaskSetting(
        String name,
        long intervalNanos,
        Optional<String> single,
        int priority,
        long watchdogNanos,
        List<String> instances) {
    /// The interval of programs that no task is given for.
    public static final long USUAL_INTERVAL_NANOS = 10_000_000;

    public TaskSetting {
        instances = List.copyOf(instances);
        if (intervalNanos < 0 || watchdogNanos < 0) {
            throw new IllegalArgumentException("task " + name + ": times are not negative");
        }
    }

    /// Whether it runs whenever nothing else is due.
    public boolean isFreewheeling() {
        return intervalNanos == 0 && single.isEmpty();
    }
}
