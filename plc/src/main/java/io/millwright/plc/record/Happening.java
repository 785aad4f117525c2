package io.millwright.plc.record;

import io.millwright.plc.Mode;

/// What happened in a run besides its scans.
public sealed interface Happening {
    /// A scan did not end well.
    ///
    /// @param message why
    record Faulted(String message) implements Happening {}

    /// A variable is forced from now on.
    ///
    /// @param value as a program would write it
    record Forced(String variable, String value) implements Happening {}

    /// A variable is forced no longer.
    record Released(String variable) implements Happening {}

    /// A variable was changed once.
    ///
    /// @param value as a program would write it
    record Written(String variable, String value) implements Happening {}

    /// The PLC began to run, stopped or paused.
    record Entered(Mode mode) implements Happening {}

    /// Another program runs from now on.
    record Loaded() implements Happening {}

    /// This PLC, which did the scans of another one, writes the outputs from now on.
    record TookOver() implements Happening {}

    /// A task came too late.
    ///
    /// @param scans how many of its scans were left out
    record LeftOut(String task, long scans) implements Happening {}

    /// Scans are missing in the recording.
    ///
    /// @param first the first of them
    /// @param last the last one
    record Missing(long first, long last) implements Happening {}

    /// What happened, for people.
    default String text() {
        return switch (this) {
            case Faulted(var message) -> "fault: " + message;
            case Forced(var variable, var value) -> variable + " was forced to " + value;
            case Released(var variable) -> variable + " was released";
            case Written(var variable, var value) -> variable + " was set to " + value;
            case Entered(var mode) -> "mode: " + mode;
            case Loaded _ -> "a program was loaded";
            case TookOver _ -> "this PLC took over";
            case LeftOut(var task, long scans) ->
                (scans == 1 ? "a scan of task " : scans + " scans of task ") + task + " left out";
            case Missing(long first, long last) -> "scans " + first + " to " + last + " were not recorded";
        };
    }
}
