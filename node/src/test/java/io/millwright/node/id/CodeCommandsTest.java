package io.millwright.node.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.Mw;
import io.millwright.node.command.ExitStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `mw id parse` and `mw id convert`. The codes are examples of GS1's standards.
class CodeCommandsTest {

    private record Ran(int status, String out, String err) {}

    private static Ran run(String input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var progress = new ByteArrayOutputStream();
        var err = new StringWriter();
        var in = System.in;
        var outBefore = System.out;
        var errBefore = System.err;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(progress, true, StandardCharsets.UTF_8));
        try {
            int status = Mw.commandLine().setErr(new PrintWriter(err)).execute(arguments);
            return new Ran(
                    status, out.toString(StandardCharsets.UTF_8), progress.toString(StandardCharsets.UTF_8) + err);
        } finally {
            System.setIn(in);
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    @Test
    void aCodeIsShownPartByPart() {
        var ran = run("", "id", "parse", "(01)06901234567892(10)ABC123");
        assertEquals(ExitStatus.OK, ran.status(), ran.err());
        assertEquals("""
                (01)06901234567892(10)ABC123
                  system        gs1             GS1 element string, application identifiers in brackets
                  canonical     (01)06901234567892(10)ABC123
                  01            06901234567892  GTIN, Global Trade Item Number: GTIN-13
                  10            ABC123          BATCH/LOT, batch or lot
                  organisation  GS1 China       who hands out numbers with this GS1 Prefix
                  country       CN              China: of the organisation; the thing may come from anywhere
                  valid
                """, ran.out());
    }

    @Test
    void aMistakeHasACaretBeneathItsPlace() {
        var ran = run("", "id", "parse", "(01)06901234567891");
        assertEquals(ExitStatus.FAILED, ran.status());
        assertTrue(ran.out().endsWith("""
                  not valid: 1 mistake
                    (01)06901234567891
                                     ^ GTIN (01): check digit is 1, must be 2
                """), ran.out());
    }

    /// The shape that scripts rely on.
    @Test
    void jsonHasSchemeCanonicalValidPartsAndErrors() {
        var ran = run("", "id", "parse", "(01)06901234567891", "--json");
        var json = JsonMapper.shared().readTree(ran.out());
        assertEquals(
                new TreeSet<>(java.util.List.of("scheme", "canonical", "valid", "parts", "errors")),
                new TreeSet<>(json.propertyNames()));
        assertEquals("gs1", json.get("scheme").asString());
        assertFalse(json.get("valid").asBoolean());
        assertEquals("06901234567891", json.get("parts").get("01").asString());
        assertEquals(17, json.get("errors").get(0).get("at").asInt());
        assertEquals(2, json.get("errors").get(0).size());
        assertTrue(json.get("errors").get(0).get("message").asString().contains("must be 2"));
        assertEquals(ExitStatus.FAILED, ran.status());
    }

    @Test
    void severalCodesAreALineOfJsonEach() {
        var ran = run("88.118.7/tank-1\n\n10.1000/182\r\n", "id", "parse", "-", "1.2.156", "--json");
        assertEquals(ExitStatus.OK, ran.status(), ran.err());
        var schemes = ran.out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).get("scheme").asString())
                .toList();
        assertEquals(java.util.List.of("handle", "doi", "oid"), schemes);
    }

    /// A line without end must not fill the memory, and what is in it must not reach the terminal.
    @Test
    void hostileLinesAreRefused() {
        var ran = run("1".repeat(5_000_000) + "\n88.118.7/a\u001b[2Jb\n", "id", "parse", "-");
        assertEquals(ExitStatus.FAILED, ran.status());
        assertTrue(ran.out().contains("up to 8192 characters"), ran.out());
        assertFalse(ran.out().contains("\u001b"), "an escape sequence was printed");
        assertTrue(ran.out().length() < 2_000, ran.out());
    }

    @Test
    void theSystemCanBeNamed() {
        assertTrue(run("", "id", "parse", "1006412345", "--as", "ecode").out().contains("main code"));
        var wrong = run("", "id", "parse", "1006412345", "--as", "upc");
        assertEquals(ExitStatus.USAGE, wrong.status());
        assertTrue(wrong.err().contains("write one of gs1, epc"), wrong.err());
    }

    @Test
    void aGtinBecomesALinkAndAnEpcAndABinaryTag() {
        var code = "(01)80614141123458(21)6789";
        assertEquals(
                "https://id.gs1.org/01/80614141123458/21/6789\n",
                run("", "id", "convert", code, "--to", "digital-link").out());
        assertEquals(
                "urn:epc:id:sgtin:0614141.812345.6789\n",
                run("", "id", "convert", code, "--to", "epc", "--company-prefix-length", "7")
                        .out());
        assertEquals(
                "3074257BF7194E4000001A85\n",
                run("", "id", "convert", "urn:epc:id:sgtin:0614141.812345.6789", "--to", "epc-binary", "--filter", "3")
                        .out());
        assertEquals(
                code + "\n",
                run("", "id", "convert", "3074257BF7194E4000001A85", "--to", "element-string")
                        .out());
        assertEquals(
                "80614141123458\n",
                run("", "id", "convert", "3074257BF7194E4000001A85", "--to", "gtin")
                        .out());
    }

    @Test
    void whatCannotBeConvertedSaysWhy() {
        var unknown = run("", "id", "convert", "(01)80614141123458(21)6789", "--to", "epc");
        assertEquals(ExitStatus.FAILED, unknown.status());
        assertTrue(unknown.err().contains("--company-prefix-length"), unknown.err());
        var wrong = run("", "id", "convert", "(01)80614141123459", "--to", "digital-link");
        assertEquals(ExitStatus.FAILED, wrong.status());
        assertTrue(wrong.err().contains("must be 8"), wrong.err());
        assertEquals("", wrong.out());
        var form = run("", "id", "convert", "80614141123458", "--to", "upc");
        assertEquals(ExitStatus.USAGE, form.status());
        assertTrue(form.err().contains("write one of gtin, element-string"), form.err());
        assertEquals(
                ExitStatus.USAGE,
                run("", "id", "convert", "80614141123458", "--to", "epc", "--company-prefix-length", "5")
                        .status());
    }

    /// TDS 2.3, section E.3: SGTIN+ and SGTIN++, which need no company prefix.
    @Test
    void tagsWithAPlusNeedNoCompanyPrefix() {
        var code = "(01)79521141123453(21)32a/b";
        assertEquals(
                "F73795211411234538566CB0AFC4\n",
                run("", "id", "convert", code, "--to", "epc-binary", "--tag", "sgtin+", "--filter", "3")
                        .out());
        var withTwo = run(
                "",
                "id",
                "convert",
                code,
                "--to",
                "epc-binary",
                "--tag",
                "sgtin++",
                "--filter",
                "3",
                "--stem",
                "https://id.example.com");
        assertEquals("FD3795211411234538566CB0AFC525065F1876F0D996D800\n", withTwo.out(), withTwo.err());
    }

    @Test
    void theTableOfCompanyPrefixesCanBeGiven(@TempDir Path folder) throws IOException {
        var table = Files.writeString(
                folder.resolve("gcp.json"),
                "{\"GCPPrefixFormatList\": {\"entry\": [{\"prefix\": \"0614141\", \"gcpLength\": 7}]}}");
        var code = "(01)80614141123458(21)6789";
        var found = run("", "id", "convert", code, "--to", "epc", "--company-prefixes", table.toString());
        assertEquals("urn:epc:id:sgtin:0614141.812345.6789\n", found.out(), found.err());
        var other = run(
                "", "id", "convert", "(01)09506000134352(21)1", "--to", "epc", "--company-prefixes", table.toString());
        assertEquals(ExitStatus.FAILED, other.status());
        assertTrue(other.err().contains("does not tell how many"), other.err());
        var missing = run("", "id", "convert", code, "--to", "epc", "--company-prefixes", folder + "/none");
        assertEquals(ExitStatus.USAGE, missing.status());
        assertTrue(missing.err().contains("there is no file"), missing.err());
        var wrong = Files.writeString(folder.resolve("gcp.xml"), "<a");
        var unread = run("", "id", "convert", code, "--to", "epc", "--company-prefixes", wrong.toString());
        assertEquals(ExitStatus.USAGE, unread.status());
        assertTrue(unread.err().contains("is no XML"), unread.err());
    }
}
