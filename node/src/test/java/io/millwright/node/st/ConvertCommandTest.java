package io.millwright.node.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.Mw;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    private static final String TEXT = """
        PROGRAM p
        VAR
            n : INT;
        END_VAR
            n := n + 1;
        END_PROGRAM
        """;

    @TempDir
    Path folder;

    private static int mw(StringWriter err, Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return Mw.commandLine().setErr(new PrintWriter(err)).execute(words);
    }

    @Test
    void thereAndBackGivesTheSameTextAndTheXmlIsCheckedLikeIt() throws Exception {
        Path text = Files.writeString(folder.resolve("p.st"), TEXT);
        Path xml = folder.resolve("p.xml");
        Path back = folder.resolve("back.st");
        var err = new StringWriter();
        assertEquals(0, mw(err, "st", "convert", text, "--out", xml), err::toString);
        assertTrue(Files.readString(xml).contains("<pou name=\"p\" pouType=\"program\">"));
        assertEquals(0, mw(err, "st", "check", xml), err::toString);
        assertEquals(0, mw(err, "st", "convert", xml, "--out", back), err::toString);
        assertEquals(TEXT, Files.readString(back));
    }

    @Test
    void aFormThatThereIsNotIsToldWithThoseThatThereAreEachOnce() throws Exception {
        Path text = Files.writeString(folder.resolve("p.st"), TEXT);
        var err = new StringWriter();
        assertEquals(2, mw(err, "st", "convert", text, "--to", "foo"));
        String told = err.toString().lines().findFirst().orElse("");
        assertTrue(told.endsWith("write one of st, xml, iec61131-10, not 'foo'"), told);
    }

    @Test
    void textAndPlcOpenXmlBecomeProjectsOfTheStandardAndBack() throws Exception {
        Path text = Files.writeString(folder.resolve("p.st"), TEXT);
        Path xml = folder.resolve("p.xml");
        Path first = folder.resolve("first.xml");
        Path second = folder.resolve("second.xml");
        Path back = folder.resolve("back.st");
        var err = new StringWriter();
        assertEquals(0, mw(err, "st", "convert", text, "--to", "iec61131-10", "--out", first), err::toString);
        assertTrue(Files.readString(first).contains("<Program name=\"p\">"));
        assertEquals(0, mw(err, "st", "check", first), err::toString);
        assertEquals(0, mw(err, "st", "convert", text, "--to", "xml", "--out", xml), err::toString);
        assertEquals(0, mw(err, "st", "convert", xml, "--to", "IEC61131-10", "--out", second), err::toString);
        for (Path one : new Path[] {first, second}) {
            assertEquals(0, mw(err, "st", "convert", one, "--out", back), err::toString);
            assertEquals(TEXT, Files.readString(back));
        }
        assertEquals(2, mw(err, "st", "convert", text, "--to", "iec"));
        assertTrue(err.toString().contains("iec61131-10"), err::toString);
    }

    @Test
    void whatCannotBeReadGivesNoFile() throws Exception {
        Path xml = Files.writeString(folder.resolve("p.xml"), "<!DOCTYPE a><project/>");
        Path out = folder.resolve("p.st");
        assertEquals(1, mw(new StringWriter(), "st", "convert", xml, "--out", out));
        assertTrue(Files.notExists(out));
    }
}
