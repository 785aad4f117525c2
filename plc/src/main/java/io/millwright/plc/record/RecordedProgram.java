package io.millwright.plc.record;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.BadInput;
import io.millwright.model.Predictive;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A program as a recording keeps it and as another PLC is sent it: all of its project. Version 1 of the encoding did
/// not tell what an input does when it is bad, what an output is when the PLC stops, and predictive controllers; a
/// replay needs none of it, as it gives the inputs and does the writes that there were, and tells nobody its outputs.
///
/// @param project what ran
/// @param bytes its encoding
/// @param hash SHA-256 of the encoding, in hexadecimal digits
record RecordedProgram(Project project, byte[] bytes, String hash) {
    static final int HASH_BYTES = 32;
    private static final long MAGIC = 0x4752_5043_4C50_574DL; // MWPLCPRG
    private static final int VERSION = 2;

    private static final int HOLD = 0;
    private static final int SUBSTITUTE = 1;
    private static final int STOP = 2;

    static RecordedProgram of(Loaded loaded) {
        Project project = loaded.project();
        var bytes = new ByteBuilder();
        bytes.putLong(MAGIC);
        bytes.putVar(VERSION);
        text(bytes, project.name());
        text(bytes, project.dialect().name());
        bytes.putVar(project.sources().size());
        for (Source source : project.sources()) {
            text(bytes, source.name());
            text(bytes, source.text());
        }
        bytes.putVar(loaded.tasks().size());
        loaded.tasks().forEach(t -> put(bytes, t.setting()));
        bytes.putVar(project.bindings().size());
        for (Binding binding : project.bindings()) {
            bytes.put(binding instanceof Binding.Input ? 0 : 1);
            text(bytes, binding.variable());
            text(bytes, binding.signal().toString());
            rules(bytes, binding);
        }
        bytes.putVar(project.predictive().size());
        project.predictive().forEach(p -> RecordedPredictive.put(bytes, p));
        byte[] encoded = bytes.toArray();
        return new RecordedProgram(project, encoded, hash(encoded));
    }

    static void text(ByteSink sink, String text) {
        byte[] utf8 = ByteSink.utf8(text);
        sink.putVar(utf8.length);
        sink.putBytes(utf8, utf8.length);
    }

    private static void rules(ByteSink sink, Binding binding) {
        switch (binding) {
            case Binding.Input input -> {
                switch (input.onBad()) {
                    case BadInput.Hold _ -> sink.put(HOLD);
                    case BadInput.Stop _ -> sink.put(STOP);
                    case BadInput.Substitute(Value value) -> {
                        sink.put(SUBSTITUTE);
                        value(sink, value);
                    }
                }
                sink.putVar(input.ageMax().map(Duration::toNanos).orElse(-1L) + 1);
            }
            case Binding.Output output -> value(sink, output.safe().orElse(Value.missing()));
        }
    }

    /// The value of a signal.
    private static void value(ByteSink sink, Value value) {
        switch (value) {
            case Value.Bool(boolean truth) -> sink.put(truth ? 1 : 0);
            case Value.Real(double real) -> {
                sink.put(2);
                sink.putLong(Double.doubleToRawLongBits(real));
            }
            case Value.Int(long whole) -> {
                sink.put(3);
                sink.putSigned(whole);
            }
            case Value.Text(String characters) -> {
                sink.put(4);
                sink.putText(characters);
            }
            case Value.Missing _ -> sink.put(5);
        }
    }

    private static void put(ByteSink sink, TaskSetting task) {
        text(sink, task.name());
        sink.putVar(task.intervalNanos());
        text(sink, task.single().orElse(""));
        sink.putSigned(task.priority());
        sink.putVar(task.watchdogNanos());
        sink.putVar(task.instances().size());
        task.instances().forEach(i -> text(sink, i));
    }

    static String hash(byte[] encoded) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static RecordedProgram read(byte[] encoded) throws RecordingError {
        try {
            return new RecordedProgram(project(new ByteSource(encoded)), encoded, hash(encoded));
        } catch (IllegalArgumentException e) {
            throw new RecordingError("its program cannot be read: " + e.getMessage());
        }
    }

    private static Project project(ByteSource source) throws RecordingError {
        if (source.whole() != MAGIC) {
            throw new RecordingError("it is no program of a recording");
        }
        long version = source.var();
        if (version < 1 || version > VERSION) {
            throw new RecordingError("it is written in version " + version
                    + " of the format; this program reads versions 1 to " + VERSION);
        }
        String name = source.utf8();
        Dialect dialect = Dialect.valueOf(source.utf8());
        List<Source> sources = new ArrayList<>();
        for (int left = source.count(2); left > 0; left--) {
            sources.add(new Source(source.utf8(), source.utf8()));
        }
        List<TaskSetting> tasks = new ArrayList<>();
        for (int left = source.count(6); left > 0; left--) {
            tasks.add(task(source));
        }
        List<Binding> bindings = new ArrayList<>();
        for (int left = source.count(3); left > 0; left--) {
            bindings.add(binding(source, version));
        }
        List<Predictive> predictive = new ArrayList<>();
        for (int left = version == 1 ? 0 : source.count(RecordedPredictive.BYTES_MIN); left > 0; left--) {
            predictive.add(RecordedPredictive.read(source));
        }
        return new Project(name, sources, dialect, tasks, bindings, predictive);
    }

    private static TaskSetting task(ByteSource source) throws RecordingError {
        String name = source.utf8();
        long interval = source.var();
        String single = source.utf8();
        int priority = (int) source.signed();
        long watchdog = source.var();
        List<String> instances = new ArrayList<>();
        for (int left = source.count(1); left > 0; left--) {
            instances.add(source.utf8());
        }
        Optional<String> start = single.isEmpty() ? Optional.empty() : Optional.of(single);
        return new TaskSetting(name, interval, start, priority, watchdog, instances);
    }

    private static Binding binding(ByteSource source, long version) throws RecordingError {
        boolean input = source.octet() == 0;
        String variable = source.utf8();
        SignalName signal = SignalName.parse(source.utf8());
        if (version == 1) {
            return input
                    ? new Binding.Input(variable, signal, BadInput.hold(), Optional.empty())
                    : new Binding.Output(variable, signal, Optional.empty());
        }
        return input
                ? new Binding.Input(variable, signal, onBad(source), ageMax(source.var()))
                : new Binding.Output(
                        variable, signal, Optional.of(value(source)).filter(v -> !v.equals(Value.missing())));
    }

    private static BadInput onBad(ByteSource source) throws RecordingError {
        int rule = source.octet();
        return switch (rule) {
            case HOLD -> BadInput.hold();
            case STOP -> new BadInput.Stop();
            case SUBSTITUTE -> new BadInput.Substitute(value(source));
            default -> throw new RecordingError("there is no rule " + rule + " for bad inputs");
        };
    }

    private static Optional<Duration> ageMax(long nanosAndOne) throws RecordingError {
        if (nanosAndOne < 0) {
            throw new RecordingError("an age is negative");
        }
        return nanosAndOne == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanosAndOne - 1));
    }

    private static Value value(ByteSource source) throws RecordingError {
        int kind = source.octet();
        return switch (kind) {
            case 0, 1 -> Value.of(kind == 1);
            case 2 -> Value.of(Double.longBitsToDouble(source.whole()));
            case 3 -> Value.of(source.signed());
            case 4 -> Value.of(source.text());
            case 5 -> Value.missing();
            default -> throw new RecordingError("there is no kind " + kind + " of values of signals");
        };
    }

    /// Compiles a program and makes it ready, apart from any plant.
    static Loaded load(Project project, Backend backend) throws RecordingError {
        Checked checked = Compiler.compile(project.sources(), project.dialect());
        Program program = checked.program();
        if (program == null) {
            throw new RecordingError("its program is refused by this compiler: "
                    + checked.diagnostics().stream()
                            .filter(Diagnostic::isError)
                            .findFirst()
                            .map(d -> d.span().source().name() + ":" + d.span().line() + ": " + d.message())
                            .orElse("no reason was given"));
        }
        try {
            return Loaded.of(project, program, new SignalTable(), backend);
        } catch (ProjectError e) {
            throw new RecordingError(String.valueOf(e.getMessage()));
        }
    }
}
