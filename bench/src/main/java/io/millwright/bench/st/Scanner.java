package io.millwright.bench.st;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Slot;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A kernel in a process of its own, compiled and run by Millwright; told what to do as the driver in C is: a
/// number of scans for each line, answered with the nanoseconds of this thread's processor time, and the sum.
final class Scanner {

    private static final long CYCLE_NANOS = 10_000_000;

    /// How many variables are forced.
    private static final int FORCED = 10;

    /// How many scans lie between two copies of the watched variables: 200 ms of the program's time.
    private static final int LOOK = 20;

    private Scanner() {}

    /// How a kernel is run.
    enum Mode {
        PLAIN("Millwright"),

        /// Every variable is watched; ten are forced that the program writes in every scan and that do not
        /// count for the sum.
        FORCED("Millwright watched and forced");

        private final String title;

        Mode(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /// @param arguments the kernel, and the [Mode]
    public static void main(String[] arguments) throws IOException {
        var kernel = Kernel.valueOf(arguments[0]);
        boolean forced = Mode.valueOf(arguments[1]) == Mode.FORCED;
        Run run = Run.start(compiled(kernel, forced), new JvmBackend());
        Variable program = run.instances().getFirst();
        if (forced) {
            force(run, kernel);
        }
        Looker looker = forced ? Looker.start(run, run.slots(program)) : null;
        Slot sum = slot(run, "checksum");
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            long scans = Long.parseLong(line);
            long began = threads.getCurrentThreadCpuTime();
            for (long i = 0; i < scans; i++) {
                run.scan(program, CYCLE_NANOS);
                if (looker != null && i % LOOK == 0) {
                    looker.put();
                }
            }
            long nanos = threads.getCurrentThreadCpuTime() - began;
            System.out.println(nanos + " " + sum.bits());
        }
        if (looker != null && looker.changes() == 0) {
            throw new IllegalStateException("nothing that is watched changed");
        }
    }

    private static Slot slot(Run run, String name) {
        return run.slot("kernel." + name).orElseThrow(() -> new IllegalStateException("there is no " + name));
    }

    private static void force(Run run, Kernel kernel) {
        kernel.idle().forEach(name -> {
            Slot slot = slot(run, name);
            run.force(slot, slot.value());
        });
        for (int i = kernel.idle().size(); i < FORCED; i++) {
            run.force(slot(run, "out" + i), new Value.Whole(i));
        }
    }

    private static Program compiled(Kernel kernel, boolean outputs) {
        String text = kernel.text("st");
        Checked checked = Compiler.compile(
                List.of(new Source(kernel.file("st"), outputs ? withOutputs(text) : text)), Dialect.COMMON);
        Program program = checked.program();
        if (program == null) {
            throw new IllegalStateException(checked.diagnostics().toString());
        }
        return program;
    }

    /// A kernel that writes ten outputs at the end of each scan.
    private static String withOutputs(String text) {
        String declared = each("out%1$d : UDINT; ");
        String written = each("out%1$d := checksum + %1$d; ");
        return text.replace("PROGRAM kernel\n", "PROGRAM kernel\nVAR_OUTPUT " + declared + "END_VAR\n")
                .replace("END_PROGRAM", written + "\nEND_PROGRAM");
    }

    private static String each(String form) {
        return IntStream.range(0, FORCED).mapToObj(form::formatted).collect(Collectors.joining());
    }
}
