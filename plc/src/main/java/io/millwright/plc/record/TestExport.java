package io.millwright.plc.record;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.plc.Loaded;
import io.millwright.plc.image.Binding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes a stretch of a recording as a TEST in Structured Text: inputs are set, time goes on, programs run,
/// and outputs must be what they were. `mw st test` runs it together with the program.
public final class TestExport {
    /// A longer test would be too large for a routine.
    private static final int SCANS_MOST = 300;

    private final Replay replay;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> told = new HashMap<>();
    private final Loaded loaded;
    private final List<Slot> inputs;
    private long nanos;
    private String refused = "";

    private TestExport(Replay replay) {
        this.replay = replay;
        this.loaded = replay.loaded();
        this.nanos = 0;
        this.inputs = loaded.inputs().stream().map(i -> i.slot()).toList();
    }

    /// Writes a test.
    ///
    /// @param from after which scan it begins
    /// @param to the last scan, at most 300 further on
    /// @throws RecordingError where it was not recorded, or a test cannot do what happened: then use a
    ///     [Comparison]
    public static String of(RecordedRun run, long from, long to, Backend backend) throws RecordingError {
        if (to <= from || to - from > SCANS_MOST) {
            throw new RecordingError("a test holds 1 to " + SCANS_MOST + " scans, not " + (to - from)
                    + "; compare the program with the recording instead");
        }
        Replay replay = Replay.of(run, backend);
        replay.toScan(from);
        return new TestExport(replay).write(from, to);
    }

    private String write(long from, long to) throws RecordingError {
        text.append("TEST 'recorded scans ")
                .append(from + 1)
                .append(" to ")
                .append(to)
                .append("'\nVAR\n");
        for (Variable instance : loaded.run().instances()) {
            text.append("  ").append(instance.name()).append(" : ");
            text.append(((UnitType) instance.type().resolved()).name()).append(";\n");
        }
        text.append("END_VAR\n");
        first();
        replay.listen(this::hear);
        while (replay.scan() < to && replay.forward()) {
            if (!refused.isEmpty()) {
                throw new RecordingError("scan " + replay.scan() + ": " + refused
                        + "; a test cannot do that: compare the program with the recording instead");
            }
            check();
        }
        return text.append("END_TEST\n").toString();
    }

    /// Sets the variables that have another value than at first.
    private void first() throws RecordingError {
        Loaded fresh = RecordedProgram.load(loaded.project(), new InterpretBackend());
        Map<String, String> before = new LinkedHashMap<>();
        for (Slot slot : fresh.state().slots()) {
            before.put(slot.name(), literal(slot));
        }
        if (!loaded.run().forces().isEmpty()) {
            throw new RecordingError("variables are forced, which a test cannot do: compare the program with the"
                    + " recording instead");
        }
        for (Slot slot : loaded.state().slots()) {
            String now = literal(slot);
            if (!now.equals(before.get(slot.name()))) {
                if (slot.name().indexOf('~') >= 0) {
                    throw new RecordingError("what " + slot.name() + " remembers cannot be set by a test: begin where"
                            + " the recording begins");
                }
                set(slot.name(), now);
            }
        }
        advance(loaded.run().machine().nowNanos());
    }

    private void set(String name, String literal) throws RecordingError {
        if (literal.isEmpty()) {
            throw new RecordingError(
                    name + " has a value that cannot be written: compare the program with the" + " recording instead");
        }
        text.append("  ").append(name).append(" := ").append(literal).append(";\n");
        told.put(name, literal);
    }

    private void advance(long to) {
        if (to > nanos) {
            text.append("  ADVANCE_TIME(").append(to - nanos).append(");\n");
            nanos = to;
        }
    }

    private void hear(Event event) {
        try {
            switch (event) {
                case Event.Scan scan -> scan(scan);
                case Event.Written(var name, var value) -> {
                    Slot slot = loaded.run().slot(name).orElseThrow();
                    slot.set(value);
                    set(name, literal(slot));
                }
                case Event.Key key -> {
                    if (key.frame().begins() || key.frame().scan() != replay.scan()) {
                        refused = "another program was loaded, or scans are missing";
                    }
                }
                case Event.Forced _, Event.Released _, Event.Faulted _ ->
                    refused = event.happening().orElseThrow().text();
                case Event.Entered _, Event.TookOver _ -> {}
            }
        } catch (RecordingError e) {
            refused = String.valueOf(e.getMessage());
        }
    }

    private void scan(Event.Scan scan) throws RecordingError {
        advance(scan.nanos());
        for (int i = 0; i < inputs.size(); i++) {
            Slot slot = inputs.get(i);
            String literal = literal(slot, scan.inputs()[i]);
            if (!literal.equals(told.get(slot.name()))) {
                set(slot.name(), literal);
            }
        }
        for (Variable instance : loaded.tasks().get(scan.task()).instances()) {
            text.append("  ").append(instance.name()).append("();\n");
        }
    }

    /// Asserts what changed since it was asserted last.
    private void check() throws RecordingError {
        for (Binding binding : loaded.project().bindings()) {
            if (binding instanceof Binding.Output(var variable, var _, var _)) {
                Slot slot = loaded.run().slot(variable).orElseThrow();
                String now = literal(slot);
                if (now.isEmpty()) {
                    throw new RecordingError(variable + " has a value that cannot be written: compare the program"
                            + " with the recording instead");
                }
                if (!now.equals(told.put(variable, now))) {
                    text.append("  ASSERT_EQ(").append(variable).append(", ").append(now);
                    text.append(", 'scan ").append(replay.scan()).append("');\n");
                }
            }
        }
    }

    private static String literal(Slot slot) {
        return slot.isText() ? Quoted.of(slot) : literal(slot, slot.bits());
    }

    /// The value as the language writes it; empty where it cannot.
    private static String literal(Slot slot, long bits) {
        if (slot.type().resolved() instanceof EnumerationType enumeration) {
            return enumeration.values().entrySet().stream()
                    .filter(e -> e.getValue() == bits)
                    .map(e -> enumeration.name() + "#" + e.getKey())
                    .findFirst()
                    .orElse("");
        }
        Elementary type = slot.type().elementary();
        if (type == null) {
            return "";
        }
        return switch (type.family()) {
            case REAL -> {
                double real = Double.longBitsToDouble(bits);
                String digits = type == Elementary.REAL ? Float.toString((float) real) : Double.toString(real);
                yield Double.isFinite(real) ? type.name() + "#" + digits : "";
            }
            case BIT -> type == Elementary.BOOL ? bits != 0 ? "TRUE" : "FALSE" : type.name() + "#16#" + hex(bits);
            case SIGNED, UNSIGNED ->
                type.name() + "#" + (bits < 0 && type.isUnsigned() ? Long.toUnsignedString(bits) : bits);
            case DURATION -> type.name() + "#" + (bits < 0 ? "-" : "") + Long.toUnsignedString(Math.abs(bits)) + "ns";
            case CHARACTER, DATE, TIME_OF_DAY, DATE_AND_TIME -> "";
        };
    }

    private static String hex(long bits) {
        return Long.toHexString(bits).toUpperCase(Locale.ROOT);
    }
}
