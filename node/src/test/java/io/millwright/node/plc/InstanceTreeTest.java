package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.node.plc.ControlDesk.InstanceView;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Every instance is found under the path by which its variables are, with what it inherits and where its text
/// is.
class InstanceTreeTest {
    private static final String TEXT = """
            FUNCTION_BLOCK Base
            VAR n : INT; END_VAR
                n := n + 1;
            END_FUNCTION_BLOCK
            FUNCTION_BLOCK Derived EXTENDS Base
            VAR inner : Base; END_VAR
            END_FUNCTION_BLOCK
            TYPE Pair : STRUCT first : Base; x : INT; END_STRUCT END_TYPE
            PROGRAM p
            VAR
                one : Derived;
                two : ARRAY[1..2] OF Base;
                grid : ARRAY[0..1, 3..3] OF Base;
                pair : Pair;
                numbers : ARRAY[1..1000] OF INT;
            END_VAR
                one(); two[1](); two[2]();
            END_PROGRAM
            """;

    @Test
    void instancesAreFoundInInstancesArraysAndStructures() {
        Checked checked = Compiler.compile(List.of(new Source("p.st", TEXT)), Dialect.COMMON);
        assertEquals(List.of(), checked.diagnostics());
        List<InstanceView> found =
                InstanceTree.of(Objects.requireNonNull(checked.program()).globals());
        assertEquals(
                List.of(
                        new InstanceView("p", List.of("p"), "p.st", 9),
                        new InstanceView("p.one", List.of("Derived", "Base"), "p.st", 5),
                        base("p.one.inner"),
                        base("p.two[1]"),
                        base("p.two[2]"),
                        base("p.grid[0,3]"),
                        base("p.grid[1,3]"),
                        base("p.pair.first")),
                found);
    }

    private static InstanceView base(String path) {
        return new InstanceView(path, List.of("Base"), "p.st", 1);
    }
}
