package io.millwright.node.st.debug;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.test.TestResult;
import io.millwright.iec61131.test.TestRun;
import io.millwright.iec61131.test.TestRunner;
import io.millwright.iec61131.type.Variable;
import io.millwright.node.simulate.LargeStack;
import io.millwright.node.simulate.Models;
import io.millwright.node.simulate.TestModels;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The scans of a program, or a test, in virtual time.
final class LiveCourse implements Course {
    private final Launch launch;
    private final Checked checked;
    private final Program program;
    private final Session session;
    private volatile @Nullable Machine machine;
    private volatile long scan;

    /// @param program what was compiled of `checked`
    /// @throws IllegalArgumentException where there is nothing to run
    LiveCourse(Launch launch, Checked checked, Program program, Session session) {
        this.launch = launch;
        this.checked = checked;
        this.program = program;
        this.session = session;
        if (launch.test().isEmpty()) {
            instance(Run.start(program, new InterpretBackend()));
        } else {
            test();
        }
    }

    private Variable instance(Run run) {
        List<Variable> all = run.instances();
        String names = all.stream().map(Variable::name).collect(Collectors.joining(", "));
        if (launch.program().isEmpty()) {
            if (all.size() == 1) {
                return all.getFirst();
            }
            throw new IllegalArgumentException(
                    all.isEmpty() ? "there is no PROGRAM in these files" : "\"program\": write one of " + names);
        }
        return run.instance(launch.program())
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"program\": there is no " + launch.program() + "; there are " + names));
    }

    private Checked.Test test() {
        return checked.tests().stream()
                .filter(t -> t.title().equals(launch.test()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"test\": there is no TEST '" + launch.test() + "'"));
    }

    @Override
    public int run() {
        return launch.test().isEmpty() ? scans() : tested();
    }

    private int scans() {
        Run run = Run.start(program, new InterpretBackend(session));
        started(run.machine());
        Variable instance = instance(run);
        long begin = System.nanoTime();
        for (long i = 1; !session.isEnded() && (launch.scans() == 0 || i <= launch.scans()); i++) {
            scan = i;
            run.scan(instance, launch.cycle().toNanos());
            if (launch.scans() == 0) {
                begin = waitFor(begin);
            }
        }
        return session.isEnded() ? 1 : 0;
    }

    /// Waits until the next scan is due; a program that stood still does not catch up.
    private long waitFor(long begin) {
        long due = begin + launch.cycle().toNanos();
        long now = session.waitUntil(due);
        return Math.max(due, now - Duration.ofSeconds(1).toNanos());
    }

    private int tested() {
        Checked one = new Checked(
                checked.program(), checked.diagnostics(), checked.scope(), checked.usages(), List.of(test()));
        // What was trusted runs with the stack that such code takes.
        TestRun run = launch.trustFmu() ? LargeStack.call(() -> tested(one)) : tested(one);
        for (TestResult result : run.results()) {
            session.events()
                    .output(
                            result.passed() ? "stdout" : "stderr",
                            (result.passed() ? "pass  " : "FAIL  ") + result.title()
                                    + (result.message().isEmpty() ? "" : ": " + result.message()) + "\n");
        }
        return run.passed() ? 0 : 1;
    }

    private TestRun tested(Checked one) {
        try (var models = new TestModels(new Models(launch.folder(), launch.trustFmu()))) {
            return new TestRunner(new InterpretBackend(session), System::nanoTime, machine -> {
                        models.clear();
                        machine.wiring().to(models);
                        started(machine);
                    })
                    .run(one, false);
        }
    }

    private void started(Machine running) {
        running.output(text -> session.events().output("stdout", text));
        machine = running;
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public long nowNanos() {
        return Objects.requireNonNull(machine).nowNanos();
    }

    @Override
    public long scan() {
        return scan;
    }

    @Override
    public void stop() {
        Machine running = machine;
        if (running != null) {
            running.stop();
        }
    }
}
