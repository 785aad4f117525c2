package io.millwright.plc.record;

import io.millwright.iec61131.type.Value;

/// What happened between scans, for people.
final class Words {
    private Words() {}

    static String of(Event event) {
        return switch (event) {
            case Event.Written(var name, var value) -> name + " was set to " + of(value);
            case Event.Forced(var name, var value) -> name + " was forced to " + of(value);
            case Event.Released(var name) -> name + " was released";
            case Event.Entered(var mode) -> "mode: " + mode;
            case Event.Scan scan -> "scan " + scan.number();
            case Event.Faulted fault -> "fault: " + fault.message();
            case Event.Key key -> "state after scan " + key.frame().scan();
        };
    }

    private static String of(Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth ? "TRUE" : "FALSE";
            case Value.Whole(long whole) -> Long.toString(whole);
            case Value.Real(double real) -> Double.toString(real);
            case Value.Text(String text) -> "'" + text + "'";
            default -> value.toString();
        };
    }
}
