package io.millwright.iec61131.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import io.millwright.testkit.Property;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Functions and names of other makers. Examples are those of Beckhoff's Information System; the rest are
/// remainders of exact arithmetic (`fmod` of ISO/IEC 9899, 7.12.10.1) and decimals of [BigDecimal].
class MakersFunctionsTest {

    @Test
    void partsOfNumbers() {
        Table.check("""
                LREAL | LTRUNC(2.8) | 2.0
                LREAL | LTRUNC(-2.8) | -2.0
                LREAL | LTRUNC(LREAL#9.3E18) | 9.3E18
                LREAL | LTRUNC(LREAL#1.5E300) | 1.5E300
                LREAL | FRAC(LREAL#2.75) | 0.75
                LREAL | FRAC(LREAL#-2.75) | -0.75
                LREAL | LMOD(LREAL#400.5, 360) | 40.5
                LREAL | LMOD(LREAL#-400.5, 360) | -40.5
                LREAL | LMOD(LREAL#400.5, -360) | 40.5
                LREAL | MODABS(LREAL#400.5, 360) | 40.5
                LREAL | MODABS(LREAL#-400.5, 360) | 319.5
                LREAL | MODABS(LREAL#-400.5, -360) | 319.5
                BOOL | IS_VALID(LMOD(LREAL#1.5, 0)) | FALSE""");
    }

    @Test
    void fixedPoint() {
        Table.check("""
                STRING | LREAL_TO_FMTSTR(LREAL#123.456, 2, TRUE) | '123.46'
                STRING | LREAL_TO_FMTSTR(LREAL#123.456, 2, FALSE) | '123.45'
                STRING | LREAL_TO_FMTSTR(LREAL#-2.5, 0, TRUE) | '-3'
                STRING | LREAL_TO_FMTSTR(LREAL#0.996, 2, TRUE) | '1.00'
                STRING | LREAL_TO_FMTSTR(in := LREAL#1.05, iPrecision := 3, bRound := FALSE) | '1.050'
                STRING | LREAL_TO_FMTSTR(LREAL#7.0, -1, TRUE) | '7'
                STRING | LREAL_TO_FMTSTR(LREAL#1E19, 2, TRUE) | ''""");
    }

    /// Cut off, a number of few digits is what [BigDecimal] says; the product with a power of ten is rounded
    /// once, so numbers whose decimals go on beyond LREAL are left out.
    @Test
    void fixedPointIsThatOfDecimals() {
        Property.check(2000, random -> {
            long eighths = random.nextLong(-(1L << 50), 1L << 50);
            int places = random.nextInt(0, 4);
            for (var rounding : List.of(RoundingMode.DOWN, RoundingMode.HALF_UP)) {
                var exact =
                        new BigDecimal(eighths).divide(BigDecimal.valueOf(8)).setScale(places, rounding);
                var text = new Text(36);
                MakersFunctions.fixedPoint(eighths / 8.0, places, rounding == RoundingMode.HALF_UP, text);
                String sign = eighths < 0 ? "-" : "";
                assertEquals(sign + exact.abs().toPlainString(), text.toString());
            }
        });
    }

    @Test
    void aFunctionOfTheUsersComesFirst() {
        String own = "FUNCTION LTRUNC : LREAL VAR_INPUT x : LREAL; END_VAR LTRUNC := 123; END_FUNCTION\n";
        Table.check(Dialect.COMMON, own, "LREAL | LTRUNC(2.8) | 123.0");
    }

    private static List<Diagnostic> diagnostics(String text, Dialect dialect) {
        return Compiler.compile(List.of(new Source("up.st", text)), dialect).diagnostics();
    }

    @Test
    void theTimeSinceTheStartHasTheNameOfAVariable() {
        String text = """
                PROGRAM p
                VAR_EXTERNAL __SYSTEM_UP_TIME : TIME; END_VAR
                VAR t : TIME; l : LTIME; END_VAR
                t := __SYSTEM_UP_TIME; l := __system_up_ltime;
                END_PROGRAM
                """;
        var program = Objects.requireNonNull(Compiler.compile(List.of(new Source("up.st", text)), Dialect.COMMON)
                .program());
        for (Backend backend : List.of(new JvmBackend(), new InterpretBackend())) {
            Run run = Run.start(program, backend);
            for (long now : new long[] {1_000_000_000, 5_000_000_000L}) {
                run.machine().advance(now - run.machine().nowNanos());
                run.scan(run.instances().getFirst(), 0);
                assertEquals(new Value.Whole(now), run.read(run.find("p.t").orElseThrow()));
                assertEquals(new Value.Whole(now), run.read(run.find("p.l").orElseThrow()));
            }
        }
        assertEquals("E020", diagnostics(text, Dialect.STANDARD).getFirst().code());
        var written = diagnostics(text.replace("t := __SYSTEM_UP_TIME", "__SYSTEM_UP_TIME := t"), Dialect.COMMON);
        assertEquals(1, written.size(), written::toString);
    }
}
