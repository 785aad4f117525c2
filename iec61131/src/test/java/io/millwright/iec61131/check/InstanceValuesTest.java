package io.millwright.iec61131.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Value;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Initial values of an instance (6.6.3.2). The order of declarations does not matter.
class InstanceValuesTest {
    @Test
    void anInstanceIsGivenValuesBeforeItsBlockIsDeclared() {
        String text = """
                PROGRAM p
                VAR d : divider := (by := 3); q : INT; END_VAR
                d();
                q := d.q;
                END_PROGRAM
                FUNCTION_BLOCK divider
                VAR_INPUT by : INT; END_VAR
                VAR_OUTPUT q : INT; END_VAR
                q := 12 / by;
                END_FUNCTION_BLOCK
                """;
        Checked checked = Compiler.compile(List.of(new Source("divider.st", text)), Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        Run run = Run.start(Objects.requireNonNull(checked.program()), new JvmBackend());
        run.scan(run.instances().getFirst(), 1);
        assertEquals(new Value.Whole(4), run.read(run.find("p.q").orElseThrow()));
    }
}
