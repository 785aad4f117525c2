package io.millwright.iec61131.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Machines that share code take and put the same variables by one plan, and each its own.
class SamplerPlanTest {
    private static final String TEXT = """
            FUNCTION_BLOCK Tank VAR level : LREAL; n : UINT; END_VAR
            level := level + 0.5; n := n + 3;
            END_FUNCTION_BLOCK
            PROGRAM P
            VAR
              k : DINT; s : STRING; a : ARRAY[1..3] OF INT;
              t : ARRAY[0..1] OF Tank; q AT %QW4 : WORD; b : BOOL;
            END_VAR
            k := k - 7; a[2] := a[2] + 1; t[1](); b := NOT b; q := q + 1; s := 'x';
            END_PROGRAM
            """;

    private static Program program() {
        var checked = Compiler.compile(List.of(new Source("p.st", TEXT)), Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        return checked.program();
    }

    private static void scan(Run run, int times) {
        for (int i = 0; i < times; i++) {
            run.scan(run.instances().getFirst(), 10_000_000);
        }
    }

    /// By each variable alone.
    private static long[] alone(List<Slot> slots) {
        return slots.stream().mapToLong(s -> s.isText() ? 0 : s.bits()).toArray();
    }

    private static long[] taken(Run run, List<Slot> slots) {
        long[] bits = new long[slots.size()];
        run.machine().sampler(slots).take(bits);
        return bits;
    }

    @Test
    void eachMachineHasItsOwnValues() {
        var program = program();
        Run one = Run.start(program, new JvmBackend());
        Run other = Run.start(program, p -> one.machine().another(p));
        scan(one, 5);
        scan(other, 1);
        List<Slot> ofOne = one.state().slots();
        List<Slot> ofOther = other.state().slots();

        assertArrayEquals(alone(ofOne), taken(one, ofOne));
        assertArrayEquals(alone(ofOther), taken(other, ofOther));
        assertEquals(-35, taken(one, ofOne)[0]);
        assertEquals(-7, taken(other, ofOther)[0]);

        other.machine().placer(ofOther).put(taken(one, ofOne));
        assertArrayEquals(alone(ofOne), alone(ofOther));
    }

    /// Lists with the same variables in another order, with fewer, and with some bits of one instead of it.
    @Test
    void otherListsHaveOtherPlans() {
        var program = program();
        Run run = Run.start(program, new JvmBackend());
        scan(run, 5);
        List<Slot> all = run.state().slots();
        assertArrayEquals(alone(all.reversed()), taken(run, all.reversed()));
        assertArrayEquals(alone(all.subList(0, 3)), taken(run, all.subList(0, 3)));
        Slot k = run.slot("P.k").orElseThrow();
        Slot low = run.slot("P.k.%B0").orElseThrow();
        assertArrayEquals(new long[] {-35}, taken(run, List.of(k)));
        assertArrayEquals(new long[] {-35 & 0xFF}, taken(run, List.of(low)));
        assertArrayEquals(new long[] {-35}, taken(run, List.of(k)));
    }

    /// Of ever other lists, as people watch them, the latest are kept; one that is asked for again counts as new.
    @Test
    void fewPlansAreKept() {
        Run run = Run.start(program(), new JvmBackend());
        List<Slot> all = run.state().slots();
        var plans = new SamplerPlans();
        List<List<Slot>> lists = IntStream.range(0, SamplerPlans.PLANS_MAX + 1)
                .mapToObj(i -> Collections.nCopies(i + 1, all.getFirst()))
                .toList();
        for (List<Slot> list : lists) {
            plans.keep(plan(list));
            assertNotNull(plans.find(lists.getFirst(), SamplerCode.Use.TAKE));
        }
        assertNull(plans.find(lists.get(1), SamplerCode.Use.TAKE), "nobody asked for it again");
        assertNotNull(plans.find(lists.get(2), SamplerCode.Use.TAKE));
        assertNull(plans.find(lists.get(2), SamplerCode.Use.PUT), "it is for something else");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists
    private static SamplerPlan plan(List<Slot> list) {
        List<Step>[] ways = list.stream().map(Slot::steps).toArray(List[]::new);
        return new SamplerPlan(SamplerCode.Use.TAKE, ways, List.of(), new int[0], 0, new int[0], new AtomicBoolean());
    }
}
