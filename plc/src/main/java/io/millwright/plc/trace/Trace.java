package io.millwright.plc.trace;

import java.util.List;

/// What was traced: for each scan its time and the values of all variables.
///
/// @param names of the variables
/// @param nanos the time that the program saw in each scan
/// @param scans the number of each scan
/// @param values of each variable in each scan: numbers as they are, TRUE as 1, times in nanoseconds
/// @param trigger the place of the scan in which the trigger fired; -1 where it did not
public record Trace(List<String> names, long[] nanos, long[] scans, double[][] values, int trigger) {
    public Trace {
        names = List.copyOf(names);
    }

    /// How many scans there are.
    public int length() {
        return nanos.length;
    }
}
