package io.millwright.node.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.Mw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    /// A broken statement hides no mistake in the use of its unit, as in an editor.
    @Test
    void mistakesBesideABrokenStatementAreTold(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.st"), """
                FUNCTION_BLOCK A
                VAR_INPUT x : INT; END_VAR
                x := ;
                END_FUNCTION_BLOCK

                PROGRAM p
                VAR a : A; END_VAR
                a(y := 3);
                END_PROGRAM
                """);
        var out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertEquals(1, Mw.commandLine().execute("st", "check", file.toString()));
        } finally {
            System.setOut(before);
        }
        String told = out.toString(StandardCharsets.UTF_8);
        assertTrue(told.contains(":3:6: error E010"), told);
        assertTrue(told.contains(":8:3: error E403"), told);
        assertTrue(told.contains("2 errors"), told);
    }
}
