package io.millwright.iec61131.test;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.test.TestResult.Outcome;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs the tests of a program, each on a fresh machine and in virtual time.
public final class TestRunner {
    private final Backend backend;
    private final LongSupplier nanoClock;
    private final Consumer<Machine> started;

    /// @param nanoClock tells how long a test took
    /// @param started is shown the machine of every test before it runs; who will stop an endless one by
    ///     [Machine#stop] needs it
    public TestRunner(Backend backend, LongSupplier nanoClock, Consumer<Machine> started) {
        this.backend = backend;
        this.nanoClock = nanoClock;
        this.started = started;
    }

    /// Runs every test, in order.
    ///
    /// @param checked a program without errors
    /// @param coverage whether branches are counted: those of all routines but the tests and the standard
    ///     library
    public TestRun run(Checked checked, boolean coverage) {
        Program plain = checked.program();
        if (plain == null) {
            throw new IllegalArgumentException("a program with errors cannot be tested");
        }
        Map<String, String> titles = new HashMap<>();
        checked.tests().forEach(t -> titles.put(t.instance(), t.title()));
        Coverage counted = coverage ? new Coverage(plain, s -> isCounted(s, titles.keySet())) : null;
        Program program = counted == null ? plain : counted.program();
        Map<String, Variable> instances = new HashMap<>();
        program.globals().forEach(g -> instances.put(g.name(), g));
        List<TestResult> results = new ArrayList<>();
        for (Checked.Test test : checked.tests()) {
            Variable instance = instances.get(test.instance());
            if (instance != null) {
                results.add(run(test, instance, program, counted, titles));
            }
        }
        return new TestRun(results, counted == null ? List.of() : counted.branches());
    }

    private static boolean isCounted(Signature signature, Set<String> tests) {
        String owner =
                signature.owner() == null ? signature.name() : signature.owner().name();
        return !tests.contains(owner) && !StandardLibrary.contains(signature.declared());
    }

    private TestResult run(
            Checked.Test test,
            Variable instance,
            Program program,
            @Nullable Coverage coverage,
            Map<String, String> titles) {
        Machine machine = backend.start(program);
        started.accept(machine);
        long before = nanoClock.getAsLong();
        Trap trap = scan(machine, instance);
        UnitType unit = (UnitType) instance.type().resolved();
        for (Variable variable : unit.variables()) {
            if (variable.name().equals(Checked.Test.TEARDOWN)) {
                machine.write(List.of(instance, variable), -1, new Value.Truth(true));
            }
        }
        Trap after = scan(machine, instance);
        long nanos = nanoClock.getAsLong() - before;
        if (coverage != null) {
            coverage.take(machine);
        }
        return result(test, trap != null ? trap : after, nanos, titles);
    }

    private static @Nullable Trap scan(Machine machine, Variable instance) {
        try {
            machine.run(instance);
            return null;
        } catch (Trap trap) {
            return trap;
        }
    }

    private static TestResult result(Checked.Test test, @Nullable Trap trap, long nanos, Map<String, String> titles) {
        Source source = test.span().source();
        if (trap == null) {
            return new TestResult(
                    test.title(), source.name(), test.span().line(), Outcome.PASSED, "", List.of(), nanos);
        }
        boolean assertion = trap.kind() == Trap.Kind.ASSERTION;
        String message = assertion || trap.detail().isEmpty()
                ? assertion ? trap.detail() : trap.kind().text()
                : trap.kind().text() + ": " + trap.detail();
        List<Trap.Position> stack = trap.stack().stream()
                .map(p -> new Trap.Position(titled(p.routine(), titles), p.source(), p.line()))
                .toList();
        return new TestResult(
                test.title(),
                source.name(),
                test.span().line(),
                assertion ? Outcome.FAILED : Outcome.TRAPPED,
                message,
                stack,
                nanos);
    }

    private static String titled(String routine, Map<String, String> titles) {
        int dot = routine.indexOf('.');
        String unit = dot < 0 ? routine : routine.substring(0, dot);
        String title = titles.get(unit);
        return title == null ? routine : dot < 0 ? "TEST '" + title + "'" : "SETUP";
    }
}
