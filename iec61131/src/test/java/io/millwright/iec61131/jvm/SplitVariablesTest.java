package io.millwright.iec61131.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.iec61131.Programs;
import io.millwright.iec61131.Run;
import io.millwright.iec61131.machine.Trap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.api.Test;

/// Checksums with tables, in which each index waits for the element before.
class SplitVariablesTest {
    /// A program that makes a table and the sum of nine bytes that count from 49: the text `123456789`.
    private static String program(String type, String polynomial, String first, String body, String after) {
        return """
            PROGRAM p
            VAR sum : %1$s; mask : %1$s; table : ARRAY[0..255] OF %1$s; text : ARRAY[1..9] OF BYTE; i, k : INT; END_VAR
            FOR i := 0 TO 255 DO
              mask := INT_TO_%1$s(i);
              FOR k := 1 TO 8 DO
                IF mask.%%X0 THEN mask := SHR(mask, 1) XOR 16#%2$s; ELSE mask := SHR(mask, 1); END_IF
              END_FOR
              table[i] := mask;
            END_FOR
            FOR i := 1 TO 9 DO text[i] := INT_TO_BYTE(48 + i); END_FOR
            sum := 16#%3$s;
            FOR i := 1 TO 9 DO
              %4$s
            END_FOR
            %5$s
            END_PROGRAM
            """.formatted(type, polynomial, first, body.formatted(type), after);
    }

    private static final String STEP =
            "sum := SHR(sum, 8) XOR table[%1$s_TO_INT((sum XOR BYTE_TO_%1$s(text[i])) AND 16#FF)];";

    private static long sum(String text) {
        Run run = Run.start(Programs.compiled(text), new JvmBackend());
        run.scan(run.instances().getFirst(), 0);
        return run.slot("p.sum").orElseThrow().bits();
    }

    private static long sum(Checksum checksum, byte... bytes) {
        checksum.update(bytes);
        return checksum.getValue();
    }

    private static byte[] digits() {
        return new byte[] {'1', '2', '3', '4', '5', '6', '7', '8', '9'};
    }

    /// The check values that catalogues of such sums give for `123456789`.
    @Test
    void sumsOfEveryWidthAreThePublishedOnes() {
        assertEquals(
                0xCBF43926L, sum(program("DWORD", "EDB88320", "FFFFFFFF", STEP, "sum := NOT sum;")) & 0xFFFF_FFFFL);
        assertEquals(0x4B37, sum(program("WORD", "A001", "FFFF", STEP, "")));
        assertEquals(0xA1, sum(program("BYTE", "8C", "0", "sum := table[BYTE_TO_INT(sum XOR text[i])];", "")));
        assertEquals(
                0x995DC9BBDF1939FAL,
                sum(program("LWORD", "C96C5795D7870F42", "FFFFFFFFFFFFFFFF", STEP, "sum := NOT sum;")));
    }

    @Test
    void theElementMayStandFirstAndAmongOthers() {
        String first = "sum := table[%1$s_TO_INT((BYTE_TO_%1$s(text[i]) XOR sum) AND 16#FF)] XOR SHR(sum, 8);";
        assertEquals(
                sum(new CRC32(), digits()),
                sum(program("DWORD", "EDB88320", "FFFFFFFF", first, "sum := NOT sum;")) & 0xFFFF_FFFFL);
        String among = "sum := SHR(sum, 8) XOR table[%1$s_TO_INT((16#0F XOR sum XOR BYTE_TO_%1$s(text[i]) XOR 16#0F)"
                + " AND 16#FF)] XOR mask XOR mask;";
        assertEquals(
                sum(new CRC32C(), digits()),
                sum(program("DWORD", "82F63B78", "FFFFFFFF", among, "sum := NOT sum;")) & 0xFFFF_FFFFL);
    }

    /// What the loop leaves, by EXIT or by a trap, is the sum so far: that of the first four.
    @Test
    void howeverTheLoopEndsTheSumIsWhole() {
        long ofFour = sum(new CRC32(), (byte) '1', (byte) '2', (byte) '3', (byte) '4');
        String left = STEP + " IF i = 4 THEN EXIT; END_IF";
        assertEquals(ofFour, sum(program("DWORD", "EDB88320", "FFFFFFFF", left, "sum := NOT sum;")) & 0xFFFF_FFFFL);

        String returned = STEP + " IF i = 4 THEN RETURN; END_IF";
        assertEquals(ofFour ^ 0xFFFF_FFFFL, sum(program("DWORD", "EDB88320", "FFFFFFFF", returned, "")) & 0xFFFF_FFFFL);

        String trapped = STEP + " text[i + SEL(i = 4, 0, 100)] := 0;";
        String text = program("DWORD", "EDB88320", "FFFFFFFF", trapped, "");
        Run run = Run.start(Programs.compiled(text), new JvmBackend());
        assertThrows(Trap.class, () -> run.scan(run.instances().getFirst(), 0));
        assertEquals(ofFour ^ 0xFFFF_FFFFL, run.slot("p.sum").orElseThrow().bits() & 0xFFFF_FFFFL);
    }

    /// Locals of functions are split as well; a sum that starts anew within a loop is whole there.
    @Test
    void sumsInFunctionsAndOfSeveralTexts() {
        String function = """
            FUNCTION crc : DWORD
            VAR_INPUT length : INT; END_VAR
            VAR sum : DWORD; table : ARRAY[0..255] OF DWORD; i, k : INT; text : INT; END_VAR
            FOR i := 0 TO 255 DO
              sum := INT_TO_DWORD(i);
              FOR k := 1 TO 8 DO
                IF sum.%X0 THEN sum := SHR(sum, 1) XOR 16#EDB88320; ELSE sum := SHR(sum, 1); END_IF
              END_FOR
              table[i] := sum;
            END_FOR
            FOR text := 1 TO 3 DO
              sum := 16#FFFFFFFF;
              FOR i := 1 TO length DO
                sum := SHR(sum, 8) XOR table[DWORD_TO_INT((sum XOR INT_TO_DWORD(48 + i)) AND 16#FF)];
              END_FOR
              crc := ROL(crc, 1) XOR NOT sum;
            END_FOR
            END_FUNCTION
            PROGRAM p
            VAR sum : DWORD; END_VAR
            sum := crc(9);
            END_PROGRAM
            """;
        int one = (int) sum(new CRC32(), digits());
        int expected = 0;
        for (int i = 0; i < 3; i++) {
            expected = Integer.rotateLeft(expected, 1) ^ one;
        }
        assertEquals(expected, (int) sum(function));
    }
}
