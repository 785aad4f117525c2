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

    @Test
    void aFileThatIsNoTextIsSaidToBeNone() throws Exception {
        Files.write(
                text, new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 'a', 'b', 'c', 'd', 1, 2, 3});
        assertEquals(2, run());
        assertTrue(err.toString().contains("p.st: this is no text"), err.toString());
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

    private static final String ALL_KINDS = """
        TYPE Colour : (red, green := 5, blue); Small : INT (-3..7);
            Point : STRUCT x : REAL; tag : STRING[5]; END_STRUCT END_TYPE
        VAR_GLOBAL total : INT; END_VAR
        VAR_GLOBAL CONSTANT LIMIT : INT := 9; END_VAR
        FUNCTION Scaled : INT
        VAR_INPUT by : INT := 3; up : BOOL; END_VAR
            Scaled := by * 10;
            IF up THEN Scaled := Scaled + 1; END_IF;
        END_FUNCTION
        PROGRAM Main
        VAR CONSTANT FIXED : INT := 3; END_VAR
        VAR si : SINT; by : BYTE; w : WORD; t : TIME; d : DATE; c : CHAR; s : STRING[4]; ws : WSTRING[4];
            col : Colour; sm : Small; pt : ARRAY[1..2] OF Point; arr : ARRAY[0..1, -1..1] OF INT; END_VAR
        END_PROGRAM
        """;

    private String dumped(String setting) {
        out.reset();
        err.getBuffer().setLength(0);
        assertEquals(0, run("--dump", "--set", setting), () -> setting + ": " + err);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyKindOfVariableCanBeSet() throws Exception {
        Files.writeString(text, ALL_KINDS);
        // Indices count the last dimension first: [1, 0] is the fifth of six.
        assertTrue(dumped("arr[1,0]=4").contains("[0, 0, 0, 0, 4, 0]"));
        assertTrue(dumped("pt[2].tag=abc").contains("[{x=0.0, tag=}, {x=0.0, tag=abc}]"));
        assertTrue(dumped("w.%B1=16#FF").contains("w : WORD = " + 0xFF00));
        assertTrue(dumped("col=Colour#Green").contains("col : Colour = green"));
        assertTrue(dumped("col=blue").contains("col : Colour = blue"));
        assertTrue(dumped("c=A").contains("c : CHAR = A"));
        assertTrue(dumped("s='a$Nb'").contains("s : STRING[4] = a$Lb"));
        assertTrue(dumped("ws=\"日本\"").contains("ws : WSTRING[4] = 日本"));
        assertTrue(dumped("t=T#1m").contains("t : TIME = T#1m"));
        assertTrue(dumped("si=16#7F").contains("si : SINT = 127"));
    }

    @Test
    void whatAVariableCannotHoldIsToldAndNotBent() throws Exception {
        Files.writeString(text, ALL_KINDS);
        String[][] wrong = {
            {"si=-129", "-128..127"},
            {"by=256", "0..255"},
            {"sm=8", "8 is not in INT(-3..7)"},
            {"s=abcde", "STRING[4] holds 4 characters, and this has 5"},
            {"s=日", "only a WSTRING"},
            {"s='abc", "no closing '"},
            {"s=\"abc\"", "between ' and '"},
            {"t=20ms", "write TIME#1s500ms"},
            {"d=2024-01-01", "write DATE#2024-12-31"},
            {"d=D#2023-02-29", "no day 2023-02-29"},
            {"si=", "the value is missing"},
            {"=5", "write a name"},
            {"col=7", "write one of red, green, blue"},
            {"FIXED=4", "FIXED is CONSTANT"},
            {"LIMIT=4", "LIMIT is CONSTANT"},
            {"arr[2,0]=4", "ARRAY[0..1,-1..1] OF INT and has no [2,0]"},
            {"arr=4", "name a part of it"},
            {"pt[1]=4", "pt is of the type ARRAY[1..2] OF Point"},
            {"totl=4", "did you mean total?"},
            {"%QX0.9=1", "no %QX0.9 in the process image"},
        };
        for (String[] pair : wrong) {
            err.getBuffer().setLength(0);
            assertEquals(2, run("--set", pair[0]), pair[0]);
            assertTrue(err.toString().contains(pair[1]), () -> pair[0] + ": " + err);
        }
    }

    @Test
    void anEntryTakesItsInputsFromWhatIsSet() throws Exception {
        Files.writeString(text, ALL_KINDS);
        assertEquals(30, run("--entry", "Scaled"), err::toString);
        assertEquals(41, run("--entry", "scaled", "--set", "BY=4", "--set", "up=TRUE", "--json"), err::toString);
        String json = out.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
        assertEquals("[{\"name\":\"Scaled\",\"type\":\"INT\",\"value\":41}]", json);
        assertEquals(2, run("--entry", "Scaled", "--set", "to=4"));
        assertTrue(err.toString().contains("Scaled has no input to; it has by, up"), err::toString);
    }
}
