package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The example of `docs/how-to/compiler-from-java.md`, whose program is read from that page.
class UsedAloneTest {
    private static final Path PAGE = Path.of("../docs/how-to/compiler-from-java.md");
    private static final long CYCLE = 10_000_000;

    @Test
    void theTankOfThePageFillsAndIsHeld() throws IOException {
        Run run = Run.start(Objects.requireNonNull(compiled().program()), new JvmBackend());
        Variable tank = run.instance("tank").orElseThrow();
        Slot valve = run.slot("tank.valve").orElseThrow();
        Slot full = run.slot("tank.pump.Q").orElseThrow();

        valve.set(new Value.Real(2.5));
        int scans = 0;
        while (!full.value().equals(new Value.Truth(true))) {
            run.scan(tank, CYCLE);
            scans++;
        }
        // From 20 by 2 a scan: above 50 in scan 16, and T#1s of 10 ms after it.
        assertEquals(16 + 100, scans);
        assertEquals(new Value.Real(100), run.slot("tank.level").orElseThrow().value());

        run.force(valve, new Value.Real(0));
        run.scan(tank, CYCLE);
        assertEquals(new Value.Real(99.5), run.slot("tank.level").orElseThrow().value());
    }

    private static Checked compiled() throws IOException {
        MatchResult program = Pattern.compile("\"\"\"\n(.*?)\"\"\"", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .findFirst()
                .orElseThrow();
        return Compiler.compile(List.of(new Source("tank.st", program.group(1))), Dialect.COMMON);
    }
}
