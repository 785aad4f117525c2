package io.millwright.plc.change;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.State;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.plc.Loaded;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Online changes of random programs with random edits.
class ChangePropertyTest {
    private static final int SCANS = 100;

    /// A program of random variables, each with a statement that changes it.
    private record RandomProgram(List<String> variables, List<String> statements) {
        static final List<String> KINDS = List.of(
                "INT",
                "DINT",
                "REAL",
                "LREAL",
                "BOOL",
                "STRING[12]",
                "TIME",
                "Point",
                "ARRAY[0..4] OF INT",
                "TON",
                "Ramp",
                "UINT");

        static RandomProgram of(SplittableRandom random) {
            List<String> variables = new ArrayList<>();
            List<String> statements = new ArrayList<>();
            int count = 3 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                String kind = KINDS.get(random.nextInt(KINDS.size()));
                variables.add("v" + i + " : " + kind + ";");
                statements.add(statement("v" + i, kind, random.nextInt(9) + 1));
            }
            return new RandomProgram(variables, statements);
        }

        private static String statement(String name, String kind, int k) {
            return switch (kind) {
                case "BOOL" -> name + " := NOT " + name + ";";
                case "STRING[12]" -> name + " := CONCAT('" + k + "', LEFT(" + name + ", 8));";
                case "TIME" -> name + " := " + name + " + T#" + k + "ms;";
                case "Point" -> name + ".x := " + name + ".x + " + k + ".5; " + name + ".n := " + name + ".n + 1;";
                case "ARRAY[0..4] OF INT" -> name + "[clock MOD 5] := " + name + "[(clock + 1) MOD 5] + " + k + ";";
                case "TON" -> name + "(IN := clock MOD 20 > 3, PT := T#" + k + "0ms);";
                case "Ramp" -> name + "(step := " + k + ");";
                case "REAL", "LREAL" -> name + " := " + name + " * 0.9 + " + k + ".0;";
                default -> name + " := (" + name + " + " + k + ") MOD 1000;";
            };
        }

        String text() {
            return """
                    TYPE Point : STRUCT x : LREAL; n : INT; END_STRUCT END_TYPE
                    FUNCTION_BLOCK Ramp
                    VAR_INPUT step : INT; END_VAR
                    VAR value : DINT; edge : R_TRIG; END_VAR
                    edge(CLK := value MOD 2 = 0);
                    value := value + step;
                    END_FUNCTION_BLOCK
                    PROGRAM Main
                    VAR clock : DINT; %s END_VAR
                    clock := clock + 1;
                    %s
                    END_PROGRAM
                    """.formatted(String.join("\n", variables), String.join("\n", statements));
        }

        /// With other variables in between, and nothing else changed.
        RandomProgram grown(SplittableRandom random) {
            List<String> more = new ArrayList<>(variables);
            List<String> work = new ArrayList<>(statements);
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                String kind = KINDS.get(random.nextInt(KINDS.size()));
                more.add(random.nextInt(more.size() + 1), "w" + i + " : " + kind + ";");
                work.add(random.nextInt(work.size() + 1), statement("w" + i, kind, 3));
            }
            return new RandomProgram(more, work);
        }
    }

    private static void scan(Loaded program, int count) {
        Variable main = program.run().instance("Main").orElseThrow();
        for (int i = 0; i < count; i++) {
            program.run().scan(main, Rig.CYCLE_NANOS);
        }
    }

    private static void change(Loaded from, Loaded to) {
        Planned planned = Planned.of(from, to, Set.of());
        assertEquals(List.of(), planned.plan().open());
        Migration migration = planned.migration(from, to);
        migration.warm(to.state(), System::nanoTime);
        migration.take();
        migration.put();
        to.run()
                .machine()
                .advance(from.run().machine().nowNanos() - to.run().machine().nowNanos());
    }

    /// The same text, compiled anew and put in place, goes on bit for bit.
    @Test
    void anUnchangedProgramGoesOnAsIfNothingHadHappened() {
        Property.check(40, random -> {
            String text = RandomProgram.of(random).text();
            Loaded one = ChangePlanTest.load(text);
            Loaded other = ChangePlanTest.load(text);
            scan(one, random.nextInt(SCANS));
            scan(other, random.nextInt(SCANS));
            change(one, other);
            for (int i = 0; i < SCANS; i++) {
                assertEquals(one.state().hash(), other.state().hash(), text);
                scan(one, 1);
                scan(other, 1);
            }
        });
    }

    @Test
    void anAdditionLeavesAllElseEqual() {
        Property.check(40, random -> {
            RandomProgram program = RandomProgram.of(random);
            Loaded one = ChangePlanTest.load(program.text());
            Loaded other = ChangePlanTest.load(program.grown(random).text());
            scan(one, random.nextInt(SCANS));
            change(one, other);
            scan(one, SCANS);
            scan(other, SCANS);
            for (Slot slot : one.state().slots()) {
                Value there = other.run().slot(slot.name()).map(Slot::value).orElse(null);
                boolean hidden = slot.name().contains("~");
                if (!hidden) {
                    assertEquals(slot.value(), there, slot.name());
                }
            }
        });
    }

    @Test
    void thereAndBackIsWhereItWas() {
        Property.check(40, random -> {
            RandomProgram program = RandomProgram.of(random);
            Loaded one = ChangePlanTest.load(program.text());
            Loaded other = ChangePlanTest.load(program.grown(random).text());
            Loaded again = ChangePlanTest.load(program.text());
            scan(one, random.nextInt(SCANS));
            change(one, other);
            Planned planned = Planned.of(again, other, Set.of());
            Migration back = planned.back(other, again);
            back.take();
            back.put();
            State.Snapshot before = one.state().take();
            State.Snapshot after = again.state().take();
            assertArrayEquals(before.bits(), after.bits());
            assertEquals(before.texts(), after.texts());
        });
    }
}
