package io.millwright.plc.library;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.testkit.Property;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whoever switches what at whatever time: the output of a PID controller moves from one scan to the next by no
/// more than its error, its measurement and its rate limit account for.
class BumplessTest {
    private static final String PROGRAM = """
            PROGRAM p
            VAR
                loop : PID;
                sp, pv, man, track, kp, ti : LREAL;
                auto, tracking : BOOL;
                form : PID_FORM;
                series : BOOL;
                out : LREAL;
            END_VAR
            IF series THEN
                form := PID_FORM#SERIES;
            ELSE
                form := PID_FORM#IDEAL;
            END_IF
            loop(SP := sp, PV := pv, AUTO := auto, TRACK := tracking, TRACK_VALUE := track, KP := kp, TI := ti,
                FORM := form, MAN := man);
            out := loop.OUT;
            END_PROGRAM
            """;

    private static final class Plant {
        private final Run run;
        private final Variable program;

        Plant(Program compiled) {
            run = Run.start(compiled, new JvmBackend());
            program = run.instances().getFirst();
        }

        void set(String name, double value) {
            run.write(run.find("p." + name).orElseThrow(), new Value.Real(value));
        }

        void set(String name, boolean value) {
            run.write(run.find("p." + name).orElseThrow(), new Value.Truth(value));
        }

        double get(String name) {
            return ((Value.Real) run.read(run.find("p." + name).orElseThrow())).value();
        }
    }

    /// With PI, from one scan to the next |Δout| ≤ KP/TI |e| Δt + KP |ΔPV|, with KP before or behind a change
    /// of it, whatever is switched: modes, settings, form. A hand that changes MAN, and a TRACK_VALUE that
    /// leaps, are no bumps and are left out.
    @Test
    void modesAndSettingsAreSwitchedWithoutABump() {
        Checked checked = ControlLibraryTest.compile(List.of(new Source("p.st", PROGRAM)));
        Program compiled = Objects.requireNonNull(checked.program());
        Property.check(20, random -> {
            var plant = new Plant(compiled);
            double pv = 20 + 60 * random.nextDouble();
            double sp = 20 + 60 * random.nextDouble();
            double kp = 1;
            double ti = 10;
            double kpBefore = 1;
            double before = Double.NaN;
            plant.set("man", 100 * random.nextDouble());
            plant.set("auto", random.nextBoolean());
            for (int scan = 0; scan < 400; scan++) {
                double seconds = 0.01 + 0.09 * random.nextDouble();
                if (random.nextInt(10) == 0) {
                    switchSomething(plant, random);
                }
                if (random.nextInt(20) == 0) {
                    kp = 0.1 + 5 * random.nextDouble();
                    ti = 1 + 50 * random.nextDouble();
                }
                plant.set("sp", sp);
                plant.set("pv", pv);
                plant.set("kp", kp);
                plant.set("ti", ti);
                if (scan > 0) {
                    // Who tracks follows something that moves as it does.
                    plant.set("track", before);
                }
                plant.run.scan(plant.program, (long) (seconds * 1e9));
                double out = plant.get("out");
                double allowed = kp / ti * Math.abs(sp - pv) * 0.1 + Math.max(kp, kpBefore) * 0.2 + 1e-9;
                kpBefore = kp;
                if (scan > 0) {
                    assertTrue(
                            Math.abs(out - before) <= allowed,
                            "scan %d: from %s to %s, allowed %s".formatted(scan, before, out, allowed));
                }
                before = out;
                pv += 0.4 * (random.nextDouble() - 0.5);
            }
        });
    }

    private static void switchSomething(Plant plant, SplittableRandom random) {
        switch (random.nextInt(3)) {
            case 0 -> plant.set("auto", random.nextBoolean());
            case 1 -> plant.set("tracking", random.nextBoolean());
            default -> plant.set("series", random.nextBoolean());
        }
    }
}
