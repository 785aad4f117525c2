package io.millwright.node.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.node.Mw;
import io.millwright.plc.library.ControlLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--library`, and what says that it is missing.
class LibraryTest {
    private static final String TEXT = """
            PROGRAM main
            VAR loop : PID := (KP := 2.0, TI := 10.0); valve : LREAL := 5.0; END_VAR
            loop(SP := 1.0, PV := 0.0, MAN := valve);
            END_PROGRAM
            """;

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private String told = "";
    private String file = "";

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("main.st"), TEXT).toString();
    }

    private int run(String... words) {
        var out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return Mw.commandLine().setErr(new PrintWriter(err)).execute(words);
        } finally {
            System.setOut(before);
            told = out.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBlockOfTheLibraryIsToldWithTheOption() {
        assertEquals(1, run("st", "check", file));
        assertTrue(told.contains("there is no type PID; the library control has PID: add --library control"), told);
        assertEquals(1, run("st", "check", file, "--json"));
        assertTrue(told.contains("add --library control"), told);
        assertEquals(0, run("st", "check", file, "--library", "control"), told);
    }

    /// From 5, KP/TI E Δt a second: the first of eleven scans has no time behind it.
    @Test
    void aProgramRunsWithTheLibrary() {
        assertEquals(0, run("st", "run", file, "--library", "control", "--scans", "11", "--cycle", "1s", "--dump"));
        assertTrue(told.contains("valve : LREAL = 7.0"), told);
    }

    @Test
    void aLibraryThatThereIsNotIsNamed() {
        assertEquals(2, run("st", "check", file, "--library", "kontrol"));
        assertTrue(err.toString().contains("--library: there is no library kontrol; there is control"), err::toString);
        assertEquals(2, run("st", "check"));
        assertTrue(err.toString().contains("name the files of the program"), err::toString);
    }

    @Test
    void theLibraryAloneIsCheckedAndDocumented() throws IOException {
        assertEquals(0, run("st", "check", "--library", "control"), told);
        Path site = folder.resolve("site");
        assertEquals(0, run("st", "doc", "--library", "control", "--out", site.toString()), told);
        assertTrue(Files.readString(site.resolve("PID.html")).contains("Set point."));
    }

    /// Every block has its section, every parameter its row, and there are no others.
    @ParameterizedTest
    @ValueSource(strings = {"docs/reference/control-library.md", "docs/zh/reference/control-library.md"})
    void thePagesListEveryParameter(String page) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("mw.root")).resolve(page));
        Set<String> blocks = new TreeSet<>();
        for (Source source : ControlLibrary.sources()) {
            for (Declaration declaration :
                    Compiler.parse(source, Dialect.COMMON, new Diagnostics()).declarations()) {
                if (declaration instanceof Declaration.Unit unit) {
                    blocks.add(unit.name().text());
                    assertEquals(
                            parameters(unit),
                            rows(text, unit.name().text()),
                            unit.name().text());
                }
            }
        }
        Set<String> listed = new TreeSet<>();
        text.lines().filter(l -> l.startsWith("### ")).forEach(l -> listed.add(l.substring(4)));
        assertEquals(blocks, listed);
    }

    private static Set<String> parameters(Declaration.Unit unit) {
        Set<String> names = new TreeSet<>();
        for (VariableBlock block : unit.variables()) {
            switch (block.section()) {
                case VAR_INPUT, VAR_OUTPUT, VAR_IN_OUT ->
                    block.variables().forEach(v -> names.add(v.name().text()));
                default -> {}
            }
        }
        return names;
    }

    private static Set<String> rows(String text, String block) {
        int from = text.indexOf("### " + block + "\n");
        assertTrue(from >= 0, block);
        int to = text.indexOf("\n##", from);
        Set<String> names = new TreeSet<>();
        text.substring(from, to < 0 ? text.length() : to)
                .lines()
                .filter(l -> l.startsWith("| ") && l.contains("`"))
                .forEach(l -> {
                    for (String name : l.split("\\|")[2].split("[,，、]")) {
                        names.add(name.replace("`", "").strip());
                    }
                });
        return names;
    }
}
