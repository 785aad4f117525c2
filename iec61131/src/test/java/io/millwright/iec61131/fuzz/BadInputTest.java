package io.millwright.iec61131.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.type.Value;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every kind of bad input by name: it keeps the [Promises], and is told where it is wrong.
class BadInputTest {
    private static final String XML = "<project xmlns=\"http://www.plcopen.org/xml/tc6_0201\">%s</project>";

    private static List<Diagnostic> errors(String text) {
        return Promises.hold(new Source("bad.st", text)).diagnostics().stream()
                .filter(Diagnostic::isError)
                .toList();
    }

    private static Diagnostic first(String text) {
        List<Diagnostic> errors = errors(text);
        assertFalse(errors.isEmpty(), text);
        return errors.getFirst();
    }

    private static String program(String variables, String body) {
        return "PROGRAM p\nVAR\n" + variables + "\nEND_VAR\n" + body + "\nEND_PROGRAM\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "(* nothing *)", "// nothing", ";"})
    void empty(String text) {
        errors(text);
    }

    @Test
    void huge() {
        assertEquals(List.of(), errors(program("x : DINT;", "x := x + 1;\n".repeat(20_000))));
        assertEquals(List.of(), errors(program("v : INT; ".repeat(1).replace("v", "v" + "a".repeat(50_000)), "")));
        var many = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            many.append("FUNCTION f").append(i).append(" : INT f").append(i).append(" := 1; END_FUNCTION\n");
        }
        assertEquals(List.of(), errors(many.toString()));
        first(program("a : ARRAY[1..2147483647, 1..2147483647] OF LREAL;", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x := | ( | 1 | )",
                "x := | -( | 1 | )",
                "x := | f( | 1 | )",
                "x := | a[ | 1 | ]",
                "'' | IF TRUE THEN | x := 1; | END_IF;",
                "'' | WHILE TRUE DO | x := 1; | END_WHILE;",
                "'' | CASE x OF 1: | x := 1; | END_CASE;",
                "'' | REPEAT | x := 1; | UNTIL TRUE END_REPEAT;",
                "'' | (* | '' | *)"
            })
    void deeply_nested(String before, String open, String middle, String close) {
        for (int depth : new int[] {50, 20_000}) {
            String text = before + " " + (open + " ").repeat(depth) + middle + (" " + close).repeat(depth) + ";";
            errors(program("x : INT; a : ARRAY[0..1] OF INT;", text));
        }
    }

    /// In a thread with half the usual stack, since a chain that leans to one side is as deep as it is long.
    @ParameterizedTest
    @CsvSource({"+ 1", "= x", "MOD 7", "- -1", "* (x + 1)", "AND b", "XOR NOT b"})
    void long_chains_of_operators(String link) throws InterruptedException {
        String target = link.contains("b") ? "b := b " : link.startsWith("=") ? "b := x " : "x := x ";
        String text = program("x : INT; b : BOOL;", target + (" " + link).repeat(1_000) + ";");
        var thrown = new AtomicReference<@Nullable Throwable>();
        var thread = new Thread(null, () -> Promises.hold(new Source("bad.st", text)), "small", 512 * 1024);
        thread.setUncaughtExceptionHandler((_, e) -> thrown.set(e));
        thread.start();
        thread.join();
        assertNull(thrown.get());
    }

    /// Each of a hundred types holds the one before twice: 2¹⁰⁰ values.
    @ParameterizedTest
    @CsvSource({
        "TYPE t%d : STRUCT a : %s; b : %2$s; END_STRUCT; END_TYPE",
        "TYPE t%d : ARRAY[0..1] OF %s; END_TYPE",
        "FUNCTION_BLOCK t%d VAR a : %s; b : %2$s; END_VAR END_FUNCTION_BLOCK"
    })
    void types_that_double(String type) {
        var chain = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            chain.append(type.formatted(i, i == 0 ? "INT" : "t" + (i - 1))).append('\n');
        }
        for (String use : List.of(
                program("x : t99;", ""),
                "VAR_GLOBAL x : t99; END_VAR",
                "FUNCTION f VAR x : t99; END_VAR END_FUNCTION")) {
            List<Diagnostic> errors = errors(chain + use);
            assertEquals(List.of("E579"), errors.stream().map(Diagnostic::code).toList());
            assertEquals("x", errors.getFirst().span().text());
        }
    }

    @Test
    void deeply_nested_types() {
        errors(program("x : " + "ARRAY[0..1] OF ".repeat(10_000) + "INT;", ""));
        errors("TYPE t : " + "STRUCT a : ".repeat(10_000) + "INT; " + "END_STRUCT; ".repeat(10_000) + "END_TYPE");
        var chain = new StringBuilder("TYPE t0 : INT; END_TYPE\n");
        for (int i = 1; i < 3_000; i++) {
            chain.append("TYPE t%d : STRUCT a : t%d; END_STRUCT; END_TYPE\n".formatted(i, i - 1));
        }
        errors(chain + program("x : t2999;", ""));
        errors(XML.formatted("<types>".repeat(20_000) + "</types>".repeat(20_000)));
    }

    @Test
    void recursive_calls() {
        String text = "FUNCTION f : INT\nVAR_INPUT n : INT; END_VAR\nf := f(n + 1);\nEND_FUNCTION\n"
                + program("x : INT;", "x := f(0);");
        Checked checked = Promises.hold(new Source("bad.st", text));
        Run run = Run.start(Objects.requireNonNull(checked.program()), new JvmBackend());
        Trap trap = assertThrows(Trap.class, () -> run.scan(run.instance("p").orElseThrow(), 1));
        assertEquals(Trap.Kind.STACK_OVERFLOW, trap.kind());
        assertEquals("f", trap.stack().getFirst().routine());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TYPE t : STRUCT a : t; END_STRUCT; END_TYPE",
                "TYPE t : STRUCT a : u; END_STRUCT; u : STRUCT b : ARRAY[0..1] OF t; END_STRUCT; END_TYPE",
                "TYPE t : t; END_TYPE",
                "TYPE t : u; u : t; END_TYPE",
                "FUNCTION_BLOCK b VAR c : b; END_VAR END_FUNCTION_BLOCK",
                "FUNCTION_BLOCK b EXTENDS b END_FUNCTION_BLOCK",
                "FUNCTION_BLOCK b EXTENDS c END_FUNCTION_BLOCK FUNCTION_BLOCK c EXTENDS b END_FUNCTION_BLOCK",
                "INTERFACE i EXTENDS i END_INTERFACE",
                "TYPE t : (a := b, b := a); END_TYPE"
            })
    void recursive_types(String text) {
        assertEquals(1, first(text).span().line());
    }

    @Test
    void recursive_initialisers() {
        first("VAR_GLOBAL CONSTANT a : INT := b; b : INT := a; END_VAR");
        first("VAR_GLOBAL CONSTANT a : INT := a; END_VAR");
        first("VAR_GLOBAL CONSTANT n : INT := SIZEOF(x); END_VAR VAR_GLOBAL x : ARRAY[0..n] OF INT; END_VAR");
    }

    @Test
    void latin_1_and_utf_16_and_byte_order_marks() {
        String text = program("s : STRING; n : INT;", "s := 'Grüße'; n := LEN(s);");
        for (byte[] bytes : List.of(
                text.getBytes(StandardCharsets.ISO_8859_1),
                text.getBytes(Charset.forName("windows-1252")),
                text.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE))) {
            Run run = Run.start(Objects.requireNonNull(Promises.hold(bytes).program()), new JvmBackend());
            run.scan(run.instance("p").orElseThrow(), 1);
            assertEquals(new Value.Whole(5), run.read(run.find("p.n").orElseThrow()));
        }
        Promises.hold(new byte[] {(byte) 0xFE, (byte) 0xFF, 0});
        Promises.hold(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        Promises.hold(text.getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void carriage_returns_alone_end_lines() {
        assertEquals(
                5,
                first(program("x : INT;", "x := y;").replace('\n', '\r')).span().line());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(*",
                "{",
                "'",
                "\"",
                "PROGRAM p",
                "PROGRAM p VAR",
                "PROGRAM p VAR x",
                "PROGRAM p VAR x :",
                "PROGRAM p x :=",
                "PROGRAM p x[",
                "PROGRAM p f(",
                "PROGRAM p IF",
                "PROGRAM p IF x THEN",
                "PROGRAM p CASE x OF",
                "PROGRAM p FOR x",
                "PROGRAM p WHILE x DO",
                "PROGRAM p REPEAT",
                "TYPE",
                "TYPE t",
                "TYPE t : STRUCT",
                "TYPE t : (",
                "TYPE t : ARRAY[",
                "FUNCTION",
                "FUNCTION f",
                "FUNCTION f : INT",
                "CLASS c METHOD m",
                "INTERFACE i",
                "NAMESPACE n",
                "CONFIGURATION c",
                "CONFIGURATION c RESOURCE r ON",
                "TEST 'a'",
                "PROGRAM p INITIAL_STEP s:",
                "PROGRAM p LD (",
                "<project",
                "<project>",
                "<project a=\"",
                "<!--",
                "<![CDATA[",
                "<?xml"
            })
    void unterminated_everything(String text) {
        first(text);
        first(text + "\n");
        errors(text + "'");
        errors(text + "\u0000");
    }

    @Test
    void unknown_pragmas() {
        assertEquals(List.of(), errors("{attribute 'no such' := '1'}{#if x}{}\n" + program("{x} n : INT; {y}", "{z}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1a", "a.b", "a..b", "a.1", "1.a", "9", "1_", "_", "a__b", "%x", "a-b", "é", "IF", "INT", "a b"})
    void names_with_dots_and_digits(String name) {
        errors(program(name + " : INT;", name + " := 1;"));
        errors("FUNCTION " + name + " : INT END_FUNCTION");
        errors("TYPE " + name + " : INT; END_TYPE");
        errors("PROGRAM " + name + " END_PROGRAM");
    }

    @ParameterizedTest
    @CsvSource({
        "SINT, -128, 127",
        "INT, -32768, 32767",
        "DINT, -2147483648, 2147483647",
        "LINT, -9223372036854775808, 9223372036854775807",
        "USINT, 0, 255",
        "UINT, 0, 65535",
        "UDINT, 0, 4294967295",
        "ULINT, 0, 18446744073709551615",
        "BYTE, 0, 255",
        "WORD, 0, 65535",
        "DWORD, 0, 4294967295",
        "LWORD, 0, 18446744073709551615"
    })
    void numbers_at_every_limit(String type, String low, String high) {
        for (String number : List.of(low, high, type + "#" + high)) {
            assertEquals(List.of(), errors(program("x : " + type + " := " + number + ";", "x := " + number + ";")));
        }
        String below = new BigInteger(low).subtract(BigInteger.ONE).toString();
        String above = new BigInteger(high).add(BigInteger.ONE).toString();
        for (String number : List.of(below, above)) {
            List<Diagnostic> told = Promises.hold(
                            new Source("bad.st", program("x : " + type + ";", "x := " + number + ";")))
                    .diagnostics();
            assertEquals(1, told.size(), number);
            assertEquals(5, told.getFirst().span().line(), number);
        }
        for (String number : List.of(type + "#" + above, "9".repeat(4_000), "16#" + "F".repeat(4_000))) {
            assertEquals(
                    3,
                    first(program("x : " + type + " := " + number + ";", ""))
                            .span()
                            .line(),
                    number);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E99999",
                "1E-99999",
                "0.0E0",
                "1.0E2147483648",
                "T#99999999999999d",
                "T#1.5.5s",
                "T#-0s",
                "D#0000-00-00",
                "D#2024-02-30",
                "D#99999-01-01",
                "DT#2024-01-01-24:00:00",
                "TOD#99:99:99",
                "2#2",
                "8#9",
                "16#G",
                "37#1",
                "16#",
                "INT#INT#1",
                "REAL#1E39",
                "1__0",
                "1_",
                "'$', '$ZZ'",
                "'$00'",
                "%IX99999999999.9",
                "%QX0.8",
                "%MD-1",
                "%I*"
            })
    void odd_literals(String literal) {
        errors(program("x : LREAL; t : TIME; s : STRING;", "x := " + literal + ";\nt := " + literal + ";"));
    }

    @Test
    void xml_with_document_types() {
        String entities = "<!DOCTYPE project [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">%s]>"
                .formatted("<!ENTITY c SYSTEM \"file:///etc/passwd\">");
        for (String text : List.of(
                entities + XML.formatted("&b;&c;"),
                "<!DOCTYPE project SYSTEM \"http://127.0.0.1:1/x.dtd\">" + XML.formatted(""),
                "<?xml version=\"1.0\"?>" + entities + XML.formatted("<types>&c;</types>"))) {
            Diagnostic told = first(text);
            assertEquals(1, told.span().line());
            assertTrue(told.message().contains("DOCTYPE") || told.message().contains("document type"), told.message());
        }
    }

    @Test
    void the_place_of_a_document_type_is_its_own() {
        String text =
                "<?xml version=\"1.0\"?>\n<!-- no <!DOCTYPE here -->\n<!DOCTYPE project [\n]>\n\n" + XML.formatted("");
        Diagnostic told = first(text);
        assertEquals("E701", told.code());
        assertEquals(3, told.span().line());
        assertEquals(1, told.span().column());
        assertEquals("<!DOCTYPE project [", told.span().text());
    }

    @Test
    void more_in_a_row_than_is_read_is_told_where_it_is() {
        var labels = new StringBuilder();
        var alternatives = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            labels.append(i == 0 ? "" : ", ").append(i);
            alternatives.append(i).append(": x := 1;\n");
        }
        assertEquals(
                "E013",
                first(program("x : DINT;", "CASE x OF " + labels + ": x := 0; END_CASE;"))
                        .code());
        assertEquals(
                "E013",
                first(program("x : DINT;", "CASE x OF " + alternatives + "END_CASE;"))
                        .code());
        String branches = "ELSIF x > 2 THEN x := 1;\n".repeat(20_000);
        assertEquals(
                "E013",
                first(program("x : DINT;", "IF x > 1 THEN\n" + branches + "END_IF;"))
                        .code());
        assertEquals(
                "E013",
                first(program("x : DINT;", "x := MAX(" + "x, ".repeat(50_000) + "x);"))
                        .code());
        assertEquals(
                "E013",
                first(program("x : DINT;", "x := x" + ".x".repeat(50_000) + ";"))
                        .code());
        var parameters = new StringBuilder();
        for (int i = 0; i < 121; i++) {
            parameters.append("p").append(i).append(" : LINT;");
        }
        String function = "FUNCTION f : INT VAR_INPUT " + parameters + " END_VAR END_FUNCTION";
        assertEquals("E013", first(function).code());
    }

    @Test
    void chains_of_declarations_are_bounded_in_either_order() {
        String[] chains = {
            "TYPE t%d : STRUCT a : t%d; END_STRUCT; END_TYPE\n",
            "FUNCTION_BLOCK t%d EXTENDS t%d END_FUNCTION_BLOCK\n",
            "FUNCTION_BLOCK t%d VAR a : t%d; END_VAR END_FUNCTION_BLOCK\n"
        };
        for (String chain : chains) {
            var up = new StringBuilder();
            var down = new StringBuilder();
            for (int i = 1; i < 3_000; i++) {
                up.append(chain.formatted(i, i - 1));
                down.insert(0, chain.formatted(i, i - 1));
            }
            String first =
                    chain.contains("STRUCT") ? "TYPE t0 : INT; END_TYPE\n" : "FUNCTION_BLOCK t0 END_FUNCTION_BLOCK\n";
            assertEquals("E013", first(first + up).code(), chain);
            assertEquals("E013", first(down + first).code(), chain);
        }
        var names = new StringBuilder("TYPE t0 : INT; END_TYPE\n");
        for (int i = 1; i < 30_000; i++) {
            names.append("TYPE t%d : t%d; END_TYPE\n".formatted(i, i - 1));
        }
        assertEquals("E013", first(names + program("x : t29999;", "x := 1;")).code());
    }

    @Test
    void values_of_an_enumeration_end_with_its_base() {
        // 127 is the last SINT; what follows it would be 128.
        assertEquals(List.of(), errors("TYPE e : SINT (a := 126, b); END_TYPE"));
        Diagnostic told = first("TYPE e : SINT\n(a := 126, b,\nc, d); END_TYPE");
        assertEquals("E311", told.code());
        assertEquals(3, told.span().line());
        assertEquals(List.of(), errors("TYPE e : BYTE (a := 254, b); END_TYPE"));
        assertEquals("E311", first("TYPE e : BYTE (a := 254, b, c); END_TYPE").code());
    }
}
