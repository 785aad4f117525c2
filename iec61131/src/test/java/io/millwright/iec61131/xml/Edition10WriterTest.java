package io.millwright.iec61131.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Outcome;
import io.millwright.iec61131.Programs;
import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.interpret.InterpretBackend;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is written as IEC 61131-10 reads back as a program that does the same.
class Edition10WriterTest {
    private static final String ALL = """
        USING Plant;

        // What all have.
        NAMESPACE Plant
        USING Other;
        TYPE
        // A colour.
        Color : (Red, Green) := Green;
        Level : USINT (Low := 10, Middle := 11, High := 20);
        Percent : INT (0..100);
        Row : ARRAY [0..3, 1..2] OF REAL;
        Rows : ARRAY [0..1] OF Row;
        First : Row := [1.5, 3(2.0)];
        Link : REF_TO INT;
        Point : STRUCT x : INT := 1; name : STRING[20] := 'a<b&"c'; row : Row; END_STRUCT
        Bits : STRUCT OVERLAP all : WORD; low AT %B0 : BYTE; END_STRUCT
        END_TYPE
        INTERFACE Counting
        METHOD Next : INT
        VAR_INPUT by : INT; END_VAR
        END_METHOD
        END_INTERFACE
        INTERFACE Both EXTENDS Counting
        METHOD Reset END_METHOD
        END_INTERFACE
        CLASS ABSTRACT Base IMPLEMENTS Both
        VAR PROTECTED n : INT; END_VAR
        METHOD PROTECTED ABSTRACT Factor : INT END_METHOD
        METHOD FINAL Next : INT
        VAR_INPUT by : INT; END_VAR
        VAR i : INT; END_VAR
        n := n + by * Factor();
        Next := n;
        END_METHOD
        METHOD Reset
        n := 0;
        END_METHOD
        END_CLASS
        CLASS FINAL Derived EXTENDS Base
        METHOD OVERRIDE PROTECTED Factor : INT
        Factor := 2;
        END_METHOD
        END_CLASS
        NAMESPACE INTERNAL Hidden
        FUNCTION INTERNAL Few : INT
        Few := 7;
        END_FUNCTION
        END_NAMESPACE
        END_NAMESPACE

        // Twice as much.
        FUNCTION twice : LREAL
        VAR_INPUT x : LREAL; END_VAR
        VAR_IN_OUT list : ARRAY [*] OF INT; END_VAR
        VAR factor : LREAL := 2.0; END_VAR
        twice := factor * x;
        END_FUNCTION
        FUNCTION_BLOCK block
        USING Plant;
        VAR_INPUT go : BOOL R_EDGE; stop : BOOL F_EDGE; END_VAR
        VAR_OUTPUT RETAIN n : DINT; END_VAR
        VAR_EXTERNAL CONSTANT most : DINT; END_VAR
        VAR CONSTANT limit : DINT := 10; END_VAR
        VAR PRIVATE RETAIN inner : INT (0..9); color : (on, off); END_VAR
        VAR_TEMP i : INT; END_VAR
        METHOD PRIVATE Help
        ;
        END_METHOD
        IF go AND n < limit THEN n := n + 1; ELSIF NOT go THEN n := 0; END_IF;
        END_FUNCTION_BLOCK
        PROGRAM chart
        VAR_EXTERNAL speed : REAL; END_VAR
        VAR done : BOOL; at AT %QX0.1 : BOOL; open AT %I* : BOOL; timer : TON := (PT := T#1s); END_VAR
        ACTION act: speed := speed + 1.0; END_ACTION
        INITIAL_STEP A: act(L, T#5s); done(S, done); END_STEP
        STEP B: END_STEP
        STEP C: done(R); END_STEP
        TRANSITION (PRIORITY := 2) FROM A TO (B, C) := A.T > T#1s; END_TRANSITION
        TRANSITION (PRIORITY := 1) FROM A TO A := FALSE; END_TRANSITION
        TRANSITION FROM (B, C) TO A := done; END_TRANSITION
        END_PROGRAM
        PROGRAM list
        VAR_INPUT k : INT; END_VAR
        VAR n : INT; END_VAR
        LD n
        ADD k
        ST n
        END_PROGRAM
        CONFIGURATION plant
        VAR_GLOBAL speed : REAL := 1.0; END_VAR
        VAR_GLOBAL CONSTANT most : DINT := 5; END_VAR
        VAR_ACCESS outside : main.two.n : INT READ_WRITE; END_VAR
        VAR_CONFIG main.one.open AT %IX4.2 : BOOL; END_VAR
        RESOURCE main ON PLC
        VAR_GLOBAL step : INT := 2; END_VAR
        TASK fast(INTERVAL := T#10ms, PRIORITY := 1);
        PROGRAM one WITH fast : chart;
        PROGRAM two : list(k := step);
        END_RESOURCE
        END_CONFIGURATION
        """;

    static SyntaxTree tree(String name, String text) {
        var diagnostics = new Diagnostics();
        var source = new Source(name, text);
        SyntaxTree tree = PlcOpen.isXml(source)
                ? PlcOpen.parse(source, Dialect.COMMON, diagnostics)
                : Parser.parse(source, Dialect.COMMON, diagnostics);
        assertFalse(diagnostics.hasErrors(), () -> diagnostics.sorted().toString());
        return tree;
    }

    static String written(SyntaxTree tree) {
        var diagnostics = new Diagnostics();
        String xml = Edition10Writer.write(tree, "test", Instant.EPOCH, diagnostics);
        assertEquals(List.of(), diagnostics.sorted());
        return xml;
    }

    /// The programs of the corpus; one has a VAR_IN_OUT CONSTANT, which the format lacks.
    static List<String> corpus() throws IOException, URISyntaxException {
        Path folder =
                Path.of(Objects.requireNonNull(Edition10WriterTest.class.getResource("/io/millwright/iec61131/corpus"))
                        .toURI());
        List<String> texts = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.sorted().toList()) {
                if (!file.endsWith("unions_of_texts.st")) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }

    static String all() {
        return written(tree("a.st", ALL));
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        SyntaxTree first = tree("a.st", ALL);
        assertEquals(TreePrinter.print(first), TreePrinter.print(tree("a.xml", written(first))));
    }

    /// Comments of declarations are documentation, those of bodies stay where they are; in both formats.
    @Test
    void commentsComeBack() {
        SyntaxTree first = tree("a.st", COMMENTED);
        var diagnostics = new Diagnostics();
        for (String xml : List.of(written(first), PlcOpenWriter.write(first, "test", Instant.EPOCH, diagnostics))) {
            String back = TreePrinter.print(tree("a.xml", xml));
            assertEquals(List.of(), diagnostics.sorted());
            COMMENTED
                    .lines()
                    .filter(l -> l.contains("//"))
                    .map(l -> l.substring(l.indexOf("//")))
                    .forEach(comment -> assertTrue(back.contains(comment), () -> comment + " in\n" + back));
            assertTrue(back.contains("{info 'pragma'}"), back);
            assertTrue(back.contains("    b := f(a); // assigned"), back);
        }
    }

    private static final String COMMENTED = """
        TYPE
            // the structure
            S : STRUCT
                // before the field
                a : INT; // behind the field
            END_STRUCT
        END_TYPE
        // the globals
        VAR_GLOBAL
            // before g
            g : INT; // behind g
        END_VAR
        // the function
        FUNCTION f : INT
        VAR_INPUT
            x : INT; // x
        END_VAR
            // first in the body
            f := x;
        END_FUNCTION
        PROGRAM p
        VAR a, b : INT; END_VAR
        ACTION act:
            a := 1; // in the action
        END_ACTION
            IF a > 1 THEN // then
                // within
                {info 'pragma'}
                b := f(a); // assigned
            END_IF;
            // last in the body
        END_PROGRAM
        PROGRAM list
        VAR n : INT; END_VAR
            LD n // loaded
            ST n
        END_PROGRAM
        // the configuration
        CONFIGURATION c
        RESOURCE r ON PLC
            TASK t(INTERVAL := T#10ms, PRIORITY := 1);
            PROGRAM p1 WITH t : p;
        END_RESOURCE
        END_CONFIGURATION
        """;

    /// The examples of the format itself, read and written again.
    @Test
    void projectsOfTheFormatDoTheSameWhenWrittenAgain() throws IOException {
        for (String name : Edition10Test.EXAMPLES) {
            String text = Edition10Test.example(name);
            String again = written(tree("a.xml", text));
            same(name, text, again, 20);
        }
    }

    /// A project of TC6 with a drawn chart becomes one of IEC 61131-10.
    @Test
    void projectsOfTheOtherFormatAreWritten() {
        SyntaxTree first = tree("a.st", ALL.substring(ALL.indexOf("PROGRAM list"), ALL.indexOf("CONFIGURATION")));
        var diagnostics = new Diagnostics();
        SyntaxTree other = tree("b.xml", PlcOpenWriter.write(first, "test", Instant.EPOCH, diagnostics));
        assertFalse(diagnostics.hasErrors());
        assertEquals(TreePrinter.print(first), TreePrinter.print(tree("a.xml", written(other))));
    }

    private static void same(String name, String text, String again, int scans) {
        for (Backend backend : List.of(new JvmBackend(64), new InterpretBackend(64))) {
            assertEquals(
                    Outcome.of(Programs.compiled(text), backend, scans),
                    Outcome.of(Programs.compiled(again), backend, scans),
                    name);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyProgramOfTheCorpusDoesTheSame() throws IOException, URISyntaxException {
        return corpus().stream()
                .map(text -> DynamicTest.dynamicTest(text.lines().findFirst().orElse(""), () -> {
                    int scans = text.lines()
                            .filter(l -> l.startsWith("// scans "))
                            .mapToInt(l -> Integer.parseInt(l.substring(9).strip()))
                            .findFirst()
                            .orElse(1);
                    same(text, text, written(tree("a.st", text)), scans);
                }));
    }

    @Test
    void whatTheFormatCannotHoldIsNamed() {
        String text = """
            FUNCTION_BLOCK f
            VAR PERSISTENT n : INT; END_VAR
            PROPERTY p : INT
            GET p := n; END_GET
            END_PROPERTY
            END_FUNCTION_BLOCK
            NAMESPACE n
            VAR_GLOBAL g : INT; END_VAR
            END_NAMESPACE
            """;
        var diagnostics = new Diagnostics();
        Edition10Writer.write(tree("a.st", text), "a", Instant.EPOCH, diagnostics);
        List<String> found = diagnostics.sorted().stream()
                .map(d -> d.span() + " " + d.code() + " " + d.message())
                .toList();
        assertEquals(3, found.size(), found::toString);
        assertEquals(
                "a.st:2:1 E730 IEC 61131-10 has no VAR PERSISTENT; keep this part in Structured Text",
                found.getFirst());
        assertTrue(found.get(1).startsWith("a.st:3:1 E730 IEC 61131-10 has no properties"), found::toString);
        assertTrue(
                found.get(2).startsWith("a.st:8:1 E730 IEC 61131-10 has no VAR_GLOBAL in a namespace"),
                found::toString);
    }
}
