package io.millwright.node.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.Mw;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final String TEXT = """
        TYPE Views : UNION r : REAL; d : DWORD; t : STRING[5]; END_UNION END_TYPE
        FUNCTION_BLOCK Valve
        VAR open AT %QX3.1 : BOOL; name AT %QB8 : STRING[5]; END_VAR
            open := TRUE;
            name := 'V1';
        END_FUNCTION_BLOCK
        PROGRAM Main
        VAR n : INT; step : INT := 1; on : TON; views : Views; valve : Valve; END_VAR
            n := n + step;
            on(IN := TRUE, PT := T#10s);
            views.r := 1.0;
            valve();
        END_PROGRAM
        """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();
    private Path text;

    @BeforeEach
    void write() throws Exception {
        text = Files.writeString(folder.resolve("p.st"), TEXT);
    }

    private int run(String... options) {
        var words = Stream.concat(Stream.of("st", "run", text.toString(), "--scans", "4"), Stream.of(options));
        var outBefore = System.out;
        var errBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            return Mw.commandLine().setErr(new PrintWriter(err)).execute(words.toArray(String[]::new));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    @Test
    void scansAddUpAndWhatIsSetIsSet() {
        assertEquals(0, run("--set", "step=5", "--dump"), err::toString);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("n : INT = 20"), out::toString);
        // 1.0 of IEC 60559 single precision.
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("d=" + 0x3F80_0000), out::toString);
    }

    @Test
    void aReferenceIsShownByWhatItRefersTo() throws Exception {
        Files.writeString(text, """
                TYPE Link : STRUCT to : REF_TO INT; n : INT; END_STRUCT END_TYPE
                PROGRAM Main
                VAR a : ARRAY[1..3] OF INT; p : POINTER TO INT; none : REF_TO INT; l : ARRAY[1..2] OF Link; END_VAR
                    p := ADR(a[3]);
                    l[2].to := REF(a[1]);
                END_PROGRAM
                """);
        assertEquals(0, run("--dump"), err::toString);
        String shown = out.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("p : POINTER TO INT = Main.a[3]"), shown);
        assertTrue(shown.contains("none : REF_TO INT = NULL"), shown);
        assertTrue(shown.contains("[{to=NULL, n=0}, {to=Main.a[1], n=0}]"), shown);
        out.reset();
        assertEquals(0, run("--dump", "--json"), err::toString);
        String json = out.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
        assertTrue(json.contains("{\"name\":\"p\",\"type\":\"POINTERTOINT\",\"value\":\"Main.a[3]\"}"), json);
        assertTrue(json.contains("\"type\":\"REF_TOINT\",\"value\":null"), json);
        assertTrue(json.contains("[{\"to\":null,\"n\":0},{\"to\":\"Main.a[1]\",\"n\":0}]"), json);
    }

    @Test
    void aTrapIsToldAndTheVariablesAreShownAsItLeftThem() throws Exception {
        Files.writeString(text, """
                PROGRAM Main
                VAR n : INT; a : ARRAY[1..2] OF INT; END_VAR
                    n := n + 1;
                    a[n] := n;
                END_PROGRAM
                """);
        assertEquals(1, run("--dump", "--json"), err::toString);
        String json = out.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
        assertEquals(
                "[{\"name\":\"n\",\"type\":\"INT\",\"value\":3},"
                        + "{\"name\":\"a\",\"type\":\"ARRAY[1..2]OFINT\",\"value\":[1,2]}]",
                json);
        String trap = told.toString(StandardCharsets.UTF_8);
        assertTrue(trap.contains("p.st:4): an index lies outside of its array: 3 is not in 1..2"), trap);
    }

    @Test
    void whatIsForcedHoldsAndIsToldAsItsTypeIsWritten() {
        assertEquals(0, run("--force", "n=7", "--force", "on.ET=T#11s", "--dump"), err::toString);
        assertTrue(told.toString(StandardCharsets.UTF_8).contains("forced: Main.n = 7"), told::toString);
        assertTrue(told.toString(StandardCharsets.UTF_8).contains("forced: Main.on.ET = T#11s"), told::toString);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("n : INT = 7"), out::toString);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("ET=T#11s"), out::toString);
    }

    @Test
    void whatLiesInTheProcessImageIsToldWithinInstancesToo() {
        assertEquals(0, run("--dump"), err::toString);
        assertTrue(
                out.toString(StandardCharsets.UTF_8).contains("valve : Valve = {open=true, name=V1}"), out::toString);
    }

    @Test
    void variablesAreToldInOrderOfDeclarationAsJson() {
        assertEquals(0, run("--dump", "--json", "--force", "views.t=on"), err::toString);
        String json = out.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
        assertTrue(json.startsWith("[{\"name\":\"n\",\"type\":\"INT\",\"value\":4}"), json);
        assertTrue(json.contains("\"t\":\"on\""), json);
        assertTrue(
                json.endsWith("{\"name\":\"valve\",\"type\":\"Valve\",\"value\":{\"open\":true,\"name\":\"V1\"}}]"),
                json);
    }

    @Test
    void whatCannotBeForcedIsToldInOneLine() {
        for (String wrong : List.of("nobody=1", "views=1", "n", "n=x")) {
            err.getBuffer().setLength(0);
            assertEquals(2, run("--force", wrong), wrong);
            assertTrue(err.toString().contains(wrong.substring(0, wrong.indexOf('=') < 0 ? 1 : wrong.indexOf('='))));
            assertFalse(err.toString().contains("\tat "), err::toString);
        }
    }
}
