package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Packer;
import io.millwright.iec61131.machine.Placer;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Many variables taken, packed and put at once are what each of them is by itself.
class PackerTest {
    private static final long SEED = Long.getLong("mw.seed", 7);

    static List<Backend> backends() {
        return List.of(new JvmBackend(), new InterpretBackend());
    }

    /// Every elementary type, alone, in arrays, in instances of a block and of one that extends it, in the
    /// image.
    private static String text() {
        var text = new StringBuilder("FUNCTION_BLOCK Base VAR\n");
        for (Elementary type : Elementary.values()) {
            text.append("b_%s : %s; ".formatted(type, type));
        }
        text.append("END_VAR END_FUNCTION_BLOCK\nFUNCTION_BLOCK More EXTENDS Base VAR\n");
        for (Elementary type : Elementary.values()) {
            text.append("m_%s : %s; ".formatted(type, type));
        }
        text.append("END_VAR END_FUNCTION_BLOCK\nPROGRAM P VAR\n");
        for (Elementary type : Elementary.values()) {
            text.append("v_%s : %s; a_%s : ARRAY[1..3] OF %s;%n".formatted(type, type, type, type));
        }
        text.append("s : STRING[10]; q AT %QW4 : WORD; r AT %MD8 : REAL; l AT %ML9 : LINT;\n");
        text.append("one, two : Base; all : ARRAY[0..4] OF More; END_VAR END_PROGRAM\n");
        return text.toString();
    }

    private static Run run(Backend backend) {
        var checked = Compiler.compile(List.of(new Source("packed.st", text())), Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        return Run.start(Objects.requireNonNull(checked.program()), backend);
    }

    /// The variables as they were declared, and in another order.
    private static List<List<Slot>> orders(Run run, Random random) {
        List<Slot> declared = run.slots(run.instance("P").orElseThrow());
        assertTrue(declared.size() > 15 * Elementary.values().length, declared::toString);
        List<Slot> shuffled = new ArrayList<>(declared);
        Collections.shuffle(shuffled, random);
        return List.of(declared, shuffled);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whatIsPackedIsWhatEachVariableIs(Backend backend) {
        var random = new Random(SEED);
        Run run = run(backend);
        for (List<Slot> slots : orders(run, random)) {
            Machine machine = run.machine();
            Packer packer = machine.packer(slots);
            Sampler sampler = machine.sampler(slots);
            Placer placer = machine.placer(slots);
            for (int round = 0; round < 20; round++) {
                placer.put(random.longs(slots.size()).toArray());
                var packed = new int[packer.size()];
                packer.pack(packed);
                var unpacked = new long[slots.size()];
                packer.unpack(packed, unpacked);
                var taken = new long[slots.size()];
                sampler.take(taken);
                for (int i = 0; i < slots.size(); i++) {
                    Slot slot = slots.get(i);
                    long expected = slot.isText() ? 0 : slot.bits();
                    assertEquals(expected, unpacked[i], () -> slot + ", -Dmw.seed=" + SEED);
                    assertEquals(expected, taken[i], () -> slot + ", -Dmw.seed=" + SEED);
                }
            }
        }
    }

    /// What is put is what a variable takes when it is given the same by itself.
    @ParameterizedTest
    @MethodSource("backends")
    void whatIsPutIsWhatEachVariableTakes(Backend backend) {
        var random = new Random(SEED);
        Run together = run(backend);
        Run single = run(backend);
        List<Slot> slots = together.slots(together.instance("P").orElseThrow());
        List<Slot> others = single.slots(single.instance("P").orElseThrow());
        Placer placer = together.machine().placer(slots);
        for (int round = 0; round < 20; round++) {
            long[] bits = slots.stream()
                    .mapToLong(s -> s.type().elementary() == Elementary.BOOL ? random.nextInt(2) : random.nextLong())
                    .toArray();
            placer.put(bits);
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get(i);
                if (!slot.isText()) {
                    others.get(i).set(bits[i]);
                    assertEquals(others.get(i).bits(), slot.bits(), () -> slot + ", -Dmw.seed=" + SEED);
                }
            }
        }
    }
}
