package io.millwright.plc.record;

/// A program that went another way than the one that was recorded: an alarm.
///
/// @param scan after which scan it was seen
/// @param variable the first that differs; empty where only a hash was recorded at that scan
/// @param recorded its value there, as text
/// @param own its value here, as text
public record Divergence(long scan, String variable, String recorded, String own) {
    @Override
    public String toString() {
        return variable.isEmpty()
                ? "after scan " + scan + " the state is another one than was recorded"
                : "after scan " + scan + " " + variable + " is " + own + ", recorded was " + recorded;
    }
}
