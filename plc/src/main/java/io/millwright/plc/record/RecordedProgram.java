package io.millwright.plc.record;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.BadInput;
import io.millwright.model.SignalName;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A program as a recording keeps it: its texts, its tasks and the names of its inputs and outputs, in order.
/// What an input does when it is bad and what an output is when the PLC stops is not kept: a replay gives the
/// inputs that were given, and tells nobody its outputs.
///
/// @param project what ran
/// @param bytes its encoding
/// @param hash SHA-256 of the encoding, in hexadecimal digits
record RecordedProgram(Project project, byte[] bytes, String hash) {
    static final int HASH_BYTES = 32;
    private static final long MAGIC = 0x4752_5043_4C50_574DL; // MWPLCPRG
    private static final int VERSION = 1;

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
        }
        byte[] encoded = bytes.toArray();
        return new RecordedProgram(project, encoded, hash(encoded));
    }

    private static void text(ByteSink sink, String text) {
        byte[] utf8 = ByteSink.utf8(text);
        sink.putVar(utf8.length);
        sink.putBytes(utf8, utf8.length);
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
        if (version != VERSION) {
            throw new RecordingError(
                    "it is written in version " + version + " of the format; this program reads version " + VERSION);
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
            bindings.add(binding(source));
        }
        return new Project(name, sources, dialect, tasks, bindings);
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

    private static Binding binding(ByteSource source) throws RecordingError {
        int kind = source.octet();
        String variable = source.utf8();
        SignalName signal = SignalName.parse(source.utf8());
        return kind == 0
                ? new Binding.Input(variable, signal, BadInput.hold(), Optional.empty())
                : new Binding.Output(variable, signal, Optional.empty());
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
