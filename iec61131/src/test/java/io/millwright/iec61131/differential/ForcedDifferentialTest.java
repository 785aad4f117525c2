package io.millwright.iec61131.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.machine.Forces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Runs random programs in both back ends while random variables are forced and released; every variable, every
/// trap and every forced value must be the same after every scan. `-Dmw.seed=…` and `-Dmw.programs=…` as in
/// [DifferentialTest].
class ForcedDifferentialTest {
    private static final int USUAL = 200;

    /// Of how many variables one is forced before a scan.
    private static final int ONE_IN = 4;

    /// What shares its bytes with others, so that forcing one changes the other.
    private static final Pattern SHARED = Pattern.compile("\\.(nu|nv|na|mt|ms)\\b");

    private int forced;

    @Test
    void bothBackEndsAgreeWhateverIsForced() {
        int programs = Integer.getInteger("mw.programs", USUAL);
        long first = Long.getLong("mw.seed", System.nanoTime());
        for (long seed = first; seed < first + programs; seed++) {
            String text = Generator.text(Node.root(List.of(Generator.program(seed, "_0"))));
            var random = new Random(seed);
            Optional<String> difference =
                    Differential.difference(text, (program, runs) -> change(program, runs, random));
            assertEquals(Optional.empty(), difference, "seed " + seed + "\n" + text);
        }
        assertTrue(forced > programs, "so few variables were forced: " + forced);
    }

    private void change(Program program, List<Run> runs, Random random) {
        for (Forces.Force force : runs.getFirst().forces()) {
            String name = force.slot().name();
            if (!SHARED.matcher(name).find()) {
                assertEquals(force.value(), force.slot().value(), name);
            }
            if (random.nextInt(3) == 0) {
                runs.forEach(r -> r.release(r.slot(name).orElseThrow()));
            }
        }
        Set<String> counters = counters(program);
        List<Slot> slots = new ArrayList<>();
        program.globals().forEach(g -> slots.addAll(runs.getFirst().slots(g)));
        for (Slot slot : slots) {
            String last =
                    slot.name().substring(slot.name().lastIndexOf('.') + 1).replaceFirst("\\[.*", "");
            if (random.nextInt(ONE_IN) == 0 && !counters.contains(last)) {
                Value value = value(slot, random);
                runs.forEach(r -> r.force(r.slot(slot.name()).orElseThrow(), value));
                forced++;
            }
        }
    }

    /// The variables that end loops: one that keeps its value would not.
    private static Set<String> counters(Program program) {
        Set<String> names = new HashSet<>();
        program.routines()
                .values()
                .forEach(r -> Walk.instructions(r.body(), i -> {
                    if (i instanceof Instruction.For loop) {
                        name(loop.variable()).ifPresent(names::add);
                    }
                }));
        for (int i = 0; i < 10; i++) {
            names.add("w" + i);
        }
        return names;
    }

    private static Optional<String> name(Place place) {
        return switch (place) {
            case Place.Local(var variable) -> Optional.of(variable.name());
            case Place.Global(var variable) -> Optional.of(variable.name());
            case Place.Field(var _, Variable variable) -> Optional.of(variable.name());
            default -> Optional.empty();
        };
    }

    private static Value value(Slot slot, Random random) {
        Elementary type = slot.type().elementary();
        if (type == null) {
            return new Value.Text("f" + random.nextInt(100));
        }
        if (type == Elementary.BOOL) {
            return new Value.Truth(random.nextBoolean());
        }
        return type.family() == Family.REAL
                ? new Value.Real(random.nextInt(1000) / 8.0)
                : new Value.Whole(random.nextInt(120));
    }
}
