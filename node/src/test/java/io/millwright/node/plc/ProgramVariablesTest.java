package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.Pace;
import io.millwright.plc.pace.RealPace;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Variables are told to those who ask while scans go on: the thread that scans only reads values, few at once.
@Timeout(60)
class ProgramVariablesTest {
    private static final String TEXT = """
            VAR_GLOBAL many : ARRAY[1..60000] OF DINT := [7, 59999(3)]; name : STRING := 'abc'; END_VAR
            PROGRAM P VAR n : DINT; END_VAR n := n + 1; END_PROGRAM
            """;

    private final AtomicInteger asked = new AtomicInteger();

    /// Counts how often the thread that scans is asked for something.
    private Pace counting(Pace pace) {
        return new Pace() {
            @Override
            public long nowNanos() {
                return pace.nowNanos();
            }

            @Override
            public long epochNanos() {
                return pace.epochNanos();
            }

            @Override
            public void await(long dueNanos) {
                pace.await(dueNanos);
            }

            @Override
            public void wake() {
                asked.incrementAndGet();
                pace.wake();
            }
        };
    }

    @Test
    void manyVariablesAreReadInPieces() throws Exception {
        var project = new Project("p", List.of(new Source("p.st", TEXT)), Dialect.COMMON, List.of(), List.of());
        var checked = Compiler.compile(project.sources(), project.dialect());
        var loaded = Loaded.of(project, Objects.requireNonNull(checked.program()), new SignalTable(), new JvmBackend());
        var plc = new VirtualPlc(counting(new RealPace(0)), loaded);
        Thread scanning = Thread.ofPlatform().start(plc::serve);
        try {
            var all = ProgramVariables.now(plc, ProgramVariables.under(loaded, ""));
            assertEquals(ProgramVariables.MOST, all.size());
            assertEquals("many[1] : DINT = 7", shown(all.getFirst()));
            assertEquals("many[10000] : DINT = 3", shown(all.getLast()));
            assertEquals(ProgramVariables.MOST / ProgramVariables.PIECE, asked.get());
            var text = ProgramVariables.now(plc, ProgramVariables.under(loaded, "NAME"));
            assertEquals("name : STRING = abc", shown(text.getFirst()));
            assertEquals(List.of(), ProgramVariables.now(plc, List.of()));
        } finally {
            plc.close();
            scanning.join();
        }
    }

    private static String shown(ControlDesk.VariableView view) {
        return view.path() + " : " + view.type() + " = " + view.value();
    }
}
