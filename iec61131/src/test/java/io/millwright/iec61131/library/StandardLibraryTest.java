package io.millwright.iec61131.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Traces of the standard function blocks; those of the timers are read off the figures of Table 46.
class StandardLibraryTest {
    private static final long MILLI = 1_000_000;

    /// One instance, `f`, which is called once with every step.
    private static final class Trace {
        private final Run run;

        Trace(String type) {
            String text = "PROGRAM p VAR f : %s; END_VAR f(); END_PROGRAM".formatted(type);
            Checked checked = Compiler.compile(List.of(new Source("trace.st", text)), Dialect.COMMON);
            assertEquals(List.of(), checked.diagnostics());
            run = Run.start(Objects.requireNonNull(checked.program()), new JvmBackend());
        }

        /// Sets inputs (`CU=1`), calls, and compares outputs; times are in milliseconds.
        Trace step(String inputs, String outputs) {
            for (String input : inputs.split(" ")) {
                String name = input.split("=")[0];
                long value = Long.parseLong(input.split("=")[1]);
                var path = run.find("p.f." + name).orElseThrow();
                Elementary type = Objects.requireNonNull(path.type().elementary());
                boolean time = type.family() == Elementary.Family.DURATION;
                run.write(
                        path,
                        type == Elementary.BOOL
                                ? new Value.Truth(value == 1)
                                : new Value.Whole(time ? value * MILLI : value));
            }
            run.scan(run.instances().getFirst(), 0);
            for (String output : outputs.split(" ")) {
                String name = output.split("=")[0];
                var path = run.find("p.f." + name).orElseThrow();
                boolean time = Objects.requireNonNull(path.type().elementary()).family() == Elementary.Family.DURATION;
                String shown = switch (run.read(path)) {
                    case Value.Truth(boolean v) -> v ? "1" : "0";
                    case Value.Whole(long v) -> Long.toString(time ? v / MILLI : v);
                    case Value other -> other.toString();
                };
                assertEquals(output, name + "=" + shown, inputs);
            }
            return this;
        }

        Trace later(long millis) {
            run.machine().advance(millis * MILLI);
            return this;
        }
    }

    /// Table 43.
    @Test
    void srPrefersToSetAndRsToReset() {
        new Trace("SR")
                .step("S1=0 R=0", "Q1=0")
                .step("S1=1 R=0", "Q1=1")
                .step("S1=0 R=0", "Q1=1")
                .step("S1=1 R=1", "Q1=1")
                .step("S1=0 R=1", "Q1=0");
        new Trace("RS")
                .step("S=1 R1=0", "Q1=1")
                .step("S=0 R1=0", "Q1=1")
                .step("S=1 R1=1", "Q1=0")
                .step("S=0 R1=0", "Q1=0");
    }

    /// Table 44.
    @Test
    void edgesAreSeenOnce() {
        new Trace("R_TRIG")
                .step("CLK=1", "Q=1")
                .step("CLK=1", "Q=0")
                .step("CLK=0", "Q=0")
                .step("CLK=1", "Q=1");
        new Trace("F_TRIG")
                .step("CLK=0", "Q=0")
                .step("CLK=1", "Q=0")
                .step("CLK=0", "Q=1")
                .step("CLK=0", "Q=0");
    }

    /// Table 45.
    @ParameterizedTest
    @ValueSource(strings = {"", "_INT", "_DINT", "_LINT", "_UDINT", "_ULINT"})
    void countersCountRisingEdges(String type) {
        new Trace("CTU" + type)
                .step("PV=2 CU=1", "CV=1 Q=0")
                .step("CU=1", "CV=1 Q=0")
                .step("CU=0", "CV=1")
                .step("CU=1", "CV=2 Q=1")
                .step("CU=0 R=1", "CV=0 Q=0")
                .step("CU=1 R=1", "CV=0");
        new Trace("CTD" + type)
                .step("PV=1 LD=1", "CV=1 Q=0")
                .step("LD=0 CD=1", "CV=0 Q=1")
                .step("CD=1", "CV=0 Q=1")
                .step("CD=1 LD=1", "CV=1 Q=0");
        new Trace("CTUD" + type)
                .step("PV=2 CU=0 CD=0", "CV=0 QU=0 QD=1")
                .step("CU=1", "CV=1 QU=0 QD=0")
                .step("CU=0", "CV=1")
                .step("CU=1 CD=1", "CV=1")
                .step("CU=0 CD=0", "CV=1")
                .step("CU=1", "CV=2 QU=1")
                .step("CU=0 CD=1", "CV=1 QU=0")
                .step("LD=1", "CV=2 QU=1")
                .step("R=1", "CV=0 QD=1");
    }

    @Test
    void countersStopAtTheEndsOfTheirType() {
        new Trace("CTUD").step("PV=32767 LD=1", "CV=32767").step("LD=0 CU=1", "CV=32767 QU=1");
        new Trace("CTD").step("PV=-32768 LD=1", "CV=-32768").step("LD=0 CD=1", "CV=-32768");
        new Trace("CTD_UDINT").step("PV=0 LD=1", "CV=0").step("LD=0 CD=1", "CV=0 Q=1");
        new Trace("CTU_ULINT").step("PV=1 CU=1", "CV=1 Q=1");
    }

    /// Table 46, figure of TP: the pulse lasts PT whatever IN does, and ET stays until IN is FALSE.
    @ParameterizedTest
    @ValueSource(strings = {"TP", "TP_TIME", "TP_LTIME"})
    void pulse(String type) {
        new Trace(type)
                .step("PT=100 IN=0", "Q=0 ET=0")
                .later(50)
                .step("IN=1", "Q=1 ET=0")
                .later(60)
                .step("IN=0", "Q=1 ET=60")
                .later(20)
                .step("IN=1", "Q=1 ET=80")
                .later(20)
                .step("IN=1", "Q=0 ET=100")
                .later(500)
                .step("IN=1", "Q=0 ET=100")
                .step("IN=0", "Q=0 ET=0")
                .step("IN=1", "Q=1 ET=0")
                .later(10)
                .step("IN=0", "Q=1 ET=10")
                .later(100)
                .step("IN=0", "Q=0 ET=0");
    }

    /// Table 46, figure of TON.
    @ParameterizedTest
    @ValueSource(strings = {"TON", "TON_TIME", "TON_LTIME"})
    void onDelay(String type) {
        new Trace(type)
                .step("PT=100 IN=0", "Q=0 ET=0")
                .later(50)
                .step("IN=1", "Q=0 ET=0")
                .later(99)
                .step("IN=1", "Q=0 ET=99")
                .later(1)
                .step("IN=1", "Q=1 ET=100")
                .later(500)
                .step("IN=1", "Q=1 ET=100")
                .step("IN=0", "Q=0 ET=0")
                .step("IN=1", "Q=0 ET=0")
                .later(60)
                .step("IN=0", "Q=0 ET=0");
    }

    /// Table 46, figure of TOF.
    @ParameterizedTest
    @ValueSource(strings = {"TOF", "TOF_TIME", "TOF_LTIME"})
    void offDelay(String type) {
        new Trace(type)
                .step("PT=100 IN=0", "Q=0 ET=0")
                .step("IN=1", "Q=1 ET=0")
                .later(500)
                .step("IN=0", "Q=1 ET=0")
                .later(60)
                .step("IN=1", "Q=1 ET=0")
                .later(10)
                .step("IN=0", "Q=1 ET=0")
                .later(99)
                .step("IN=0", "Q=1 ET=99")
                .later(1)
                .step("IN=0", "Q=0 ET=100")
                .later(500)
                .step("IN=0", "Q=0 ET=100")
                .step("IN=1", "Q=1 ET=0");
    }

    @Test
    void aChangedPresetCountsAtOnceAndANegativeOneAsZero() {
        new Trace("TON")
                .step("PT=100 IN=1", "Q=0 ET=0")
                .later(50)
                .step("PT=40", "Q=1 ET=40")
                .step("PT=-5", "Q=1 ET=0");
        new Trace("TP").step("PT=100 IN=1", "Q=1 ET=0").later(50).step("PT=40", "Q=0 ET=40");
        new Trace("TP").step("PT=-5 IN=1", "Q=0 ET=0");
        new Trace("TOF").step("PT=-5 IN=1", "Q=1 ET=0").step("IN=0", "Q=0 ET=0");
    }
}
