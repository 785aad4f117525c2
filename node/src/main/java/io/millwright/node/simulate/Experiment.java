package io.millwright.node.simulate;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Value;
import io.millwright.model.text.Durations;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.UsageError;
import io.millwright.node.st.Setting;
import io.millwright.process.commissioning.ProcessError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What is done in a [VirtualRun], and what is looked at.
final class Experiment {
    private static final double NANOS = 1e9;

    private record Write(long atNanos, String path, Value value) {}

    private record Watched(String name, Supplier<String> value) {}

    private final VirtualRun run;
    private final List<Write> writes = new ArrayList<>();
    private final List<Watched> watched = new ArrayList<>();

    Experiment(VirtualRun run) {
        this.run = run;
    }

    /// Changes a variable of the program, `PATH=VALUE[@TIME]`, or an input of a model,
    /// `MODEL:INPUT=VALUE[@TIME]`.
    ///
    /// @throws UsageError if it is neither
    void set(String text) {
        int equals = text.indexOf('=');
        int at = text.lastIndexOf('@');
        if (equals < 0 || at >= 0 && at < equals) {
            throw new UsageError("--set " + text + ": write VARIABLE=VALUE[@TIME], e.g. levels.SetPoint1=14.5@1min,"
                    + " or MODEL:INPUT=VALUE[@TIME]");
        }
        String name = text.substring(0, equals);
        String value = text.substring(equals + 1, at < 0 ? text.length() : at);
        long nanos = at < 0 ? 0 : time(text, text.substring(at + 1));
        int colon = name.indexOf(':');
        if (colon < 0) {
            Slot slot = run.slot(name);
            writes.add(new Write(nanos, name, Setting.value("--set", slot.type(), value, name)));
            writes.sort(Comparator.comparingLong(Write::atNanos));
        } else {
            run.plant().set(name.substring(0, colon), name.substring(colon + 1), number(text, value), nanos);
        }
    }

    private static long time(String text, String time) {
        try {
            return Durations.parse(time).toNanos();
        } catch (IllegalArgumentException e) {
            throw new UsageError("--set " + text + ": " + e.getMessage());
        }
    }

    private static double number(String text, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new UsageError("--set " + text + ": an input of a model takes a number");
        }
    }

    /// Looks at a variable of the program, or an output of a model, `MODEL:OUTPUT`.
    ///
    /// @throws UsageError if it is neither
    void watch(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            Slot slot = run.slot(name);
            watched.add(new Watched(name, () -> text(slot)));
        } else {
            var output = run.plant().output(name.substring(0, colon), name.substring(colon + 1));
            watched.add(new Watched(name, () -> Double.toString(output.getAsDouble())));
        }
    }

    /// Truth values as 0 and 1, for plotting.
    private static String text(Slot slot) {
        return switch (slot.value()) {
            case Value.Truth(boolean truth) -> truth ? "1" : "0";
            case Value.Whole(long whole) -> Long.toString(whole);
            case Value.Real(double real) -> Double.toString(real);
            case Value.Text(String characters) -> characters;
            case Value other -> String.valueOf(other);
        };
    }

    List<String> names() {
        return watched.stream().map(Watched::name).toList();
    }

    /// What is looked at, as it is now.
    List<String> values() {
        return watched.stream().map(w -> w.value().get()).toList();
    }

    /// Runs it.
    ///
    /// @param every how often a row is told, first at the beginning
    /// @param rows is told the time in seconds and the values, after the scans of that moment
    /// @throws FailedError if a model cannot go on
    void run(Duration length, Duration every, Consumer<List<String>> rows) {
        long end = length.toNanos();
        long row = 0;
        int next = 0;
        try {
            while (run.nowNanos() < end || row <= end) {
                long write = next < writes.size() ? writes.get(next).atNanos() : Long.MAX_VALUE;
                long until = Math.min(end, Math.min(row, write));
                if (write <= until && write == 0 && run.scans() == 0) {
                    // What is set from the beginning is there in the first scan.
                    run.write(writes.get(next).path(), writes.get(next).value());
                    next++;
                    continue;
                }
                run.runTo(until);
                if (until == row) {
                    List<String> cells = new ArrayList<>(List.of(Double.toString(row / NANOS)));
                    cells.addAll(values());
                    rows.accept(cells);
                    row += every.toNanos();
                }
                if (until == write) {
                    run.write(writes.get(next).path(), writes.get(next).value());
                    next++;
                }
                if (until == end) {
                    return;
                }
            }
        } catch (ProcessError e) {
            throw new FailedError("after " + run.nowNanos() / NANOS + " s: " + e.getMessage());
        }
    }
}
