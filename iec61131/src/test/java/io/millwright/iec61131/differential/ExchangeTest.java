package io.millwright.iec61131.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Outcome;
import io.millwright.iec61131.Programs;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.xml.Edition10Writer;
import io.millwright.testkit.Property;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Random programs and charts do the same after they were written as IEC 61131-10 and read again.
class ExchangeTest {
    private static void same(String text, int scans) {
        var diagnostics = new Diagnostics();
        var tree = Parser.parse(new Source("a.st", text), Dialect.COMMON, diagnostics);
        String xml = Edition10Writer.write(tree, "a", Instant.EPOCH, diagnostics);
        assertEquals(List.of(), diagnostics.sorted());
        for (Backend backend : List.of(new JvmBackend(64), new InterpretBackend(64))) {
            String before = Outcome.of(Programs.compiled(text), backend, scans);
            assertEquals(before, Outcome.of(Programs.compiled(xml), backend, scans), text);
        }
    }

    @Test
    void randomProgramsDoTheSame() {
        Property.check(40, random -> same(Generator.text(Generator.program(random.nextLong(), "_a")), 3));
    }

    @Test
    void randomChartsDoTheSame() {
        Property.check(60, random -> same(chart(random), 12));
    }

    /// Steps with actions that count, and transitions between any of them.
    private static String chart(SplittableRandom random) {
        int steps = random.nextInt(1, 6);
        List<String> qualifiers = List.copyOf(new TreeSet<>(Body.Chart.QUALIFIERS));
        var text = new StringBuilder("PROGRAM p\nVAR n : INT; flag : BOOL; seen : BOOL; c0, c1, c2 : INT; END_VAR\n");
        for (int i = 0; i < steps; i++) {
            text.append(i == 0 ? "INITIAL_STEP s" : "STEP s").append(i).append(":\n");
            for (int k = random.nextInt(3); k > 0; k--) {
                String qualifier = qualifiers.get(random.nextInt(qualifiers.size()));
                boolean timed = List.of("L", "D", "SD", "DS", "SL").contains(qualifier);
                String action = random.nextInt(5) == 0 ? "flag" : "a" + random.nextInt(3);
                text.append(action).append('(').append(qualifier);
                text.append(timed ? ", T#" + random.nextInt(1, 60) + "ms" : "");
                text.append(random.nextInt(6) == 0 ? ", seen" : "").append(");\n");
            }
            text.append("END_STEP\n");
        }
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            int priority = random.nextInt(4);
            text.append("TRANSITION ").append(priority == 0 ? "" : "(PRIORITY := " + priority + ") ");
            text.append("FROM ").append(some(random, steps)).append(" TO ").append(some(random, steps));
            String condition = switch (random.nextInt(4)) {
                case 0 -> "TRUE";
                case 1 -> "flag";
                case 2 -> "s" + random.nextInt(steps) + ".T > T#" + random.nextInt(50) + "ms";
                default -> "c" + random.nextInt(3) + " MOD 3 = " + random.nextInt(3);
            };
            text.append(" := ").append(condition).append(";\nEND_TRANSITION\n");
        }
        for (int i = 0; i < 3; i++) {
            text.append("ACTION a%1$d: c%1$d := c%1$d + 1; n := n * 2 + %1$d; END_ACTION\n".formatted(i));
        }
        return text.append("END_PROGRAM\n").toString();
    }

    private static String some(SplittableRandom random, int steps) {
        var chosen = new TreeSet<String>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            chosen.add("s" + random.nextInt(steps));
        }
        return "(" + String.join(", ", chosen) + ")";
    }
}
