package io.millwright.node.plc.record;

import io.millwright.plc.record.Happening;
import java.util.Locale;

/// What happened besides scans, in parts that can be told in any language.
///
/// @param kind fault, force, release, write, mode, program, take-over, overrun or gap
/// @param text what, for people, in English
/// @param subject the variable, or the task; of a gap its first scan; empty otherwise
/// @param value what the variable was forced or set to, as a program would write it; the mode; the message of a
///     fault; how many scans were left out; of a gap its last scan; empty otherwise
public record HappeningView(String kind, String text, String subject, String value) {
    static HappeningView of(Happening what) {
        String text = what.text();
        return switch (what) {
            case Happening.Faulted(var message) -> new HappeningView("fault", text, "", message);
            case Happening.Forced(var variable, var value) -> new HappeningView("force", text, variable, value);
            case Happening.Released(var variable) -> new HappeningView("release", text, variable, "");
            case Happening.Written(var variable, var value) -> new HappeningView("write", text, variable, value);
            case Happening.Entered(var mode) ->
                new HappeningView("mode", text, "", mode.name().toLowerCase(Locale.ROOT));
            case Happening.Loaded _ -> new HappeningView("program", text, "", "");
            case Happening.TookOver _ -> new HappeningView("take-over", text, "", "");
            case Happening.LeftOut(var task, long scans) ->
                new HappeningView("overrun", text, task, Long.toString(scans));
            case Happening.Missing(long first, long last) ->
                new HappeningView("gap", text, Long.toString(first), Long.toString(last));
        };
    }
}
