package io.millwright.bench.st;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A kernel in a process of its own, compiled and run by Millwright; told what to do as the driver in C is: a number of
/// scans for each line, answered with the nanoseconds of this thread's processor time, and the sum.
final class Scanner {

    private static final long CYCLE_NANOS = 10_000_000;

    private Scanner() {}

    /// How a kernel is run.
    enum Mode {
        PLAIN("Millwright");

        private final String title;

        Mode(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /// @param arguments the kernel
    public static void main(String[] arguments) throws IOException {
        Run run = Run.start(compiled(Kernel.valueOf(arguments[0])), new JvmBackend());
        Variable program = run.instances().getFirst();
        var sum = run.find("kernel.checksum").orElseThrow();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            long scans = Long.parseLong(line);
            long began = threads.getCurrentThreadCpuTime();
            for (long i = 0; i < scans; i++) {
                run.scan(program, CYCLE_NANOS);
            }
            long nanos = threads.getCurrentThreadCpuTime() - began;
            System.out.println(nanos + " " + ((Value.Whole) run.read(sum)).value());
        }
    }

    private static Program compiled(Kernel kernel) {
        Checked checked =
                Compiler.compile(List.of(new Source(kernel.file("st"), kernel.text("st"))), Dialect.COMMON);
        Program program = checked.program();
        if (program == null) {
            throw new IllegalStateException(checked.diagnostics().toString());
        }
        return program;
    }
}
