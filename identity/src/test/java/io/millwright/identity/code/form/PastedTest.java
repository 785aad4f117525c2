package io.millwright.identity.code.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody at a plant types, scans or pastes, what it is taken for, and what is said when it is wrong.
class PastedTest {

    private static final CodeReader READER = new CodeReader(2026);

    @ParameterizedTest
    @CsvSource({
        "10.1000/182, doi",
        "1.2.156.1, oid",
        "6901234567892, gs1",
        "(01)06901234567892, gs1",
        "88.118.7/tank-1, handle",
        "20.500.12345/abc, handle",
        "3074257bf7194e4000001a85, epc",
        "0x3074257BF7194E4000001A85, epc",
        "010690123456789210ABC, gs1",
        "did:bid:byol, did",
        "urn:oid:1.2.156, oid",
        "VAA1234567890, vaa",
    })
    void aCodeIsTakenForWhatItIs(String text, String scheme) {
        var code = READER.read(text);
        assertEquals(List.of(), code.faults());
        assertEquals(scheme, code.scheme());
    }

    /// Blanks, line ends and marks that cannot be seen do not count around a code.
    @ParameterizedTest
    @CsvSource({"'%s\n'", "'%s\r\n'", "' %s\t'", "'\ufeff%s'", "'\u200b%s\u200b'", "'\u3000%s\u00a0'"})
    void whatStandsAroundACodeDoesNotCount(String around) {
        assertEquals(
                "(01)06901234567892",
                READER.read(around.formatted("(01)06901234567892")).canonical());
        assertEquals(
                "ecode:1006412345",
                "ecode:" + READER.read(around.formatted("1006412345"), "ecode").canonical());
    }

    /// Wrong in one thing: what it is taken for, where it is wrong, and what would be right.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6901234567893 | gs1 | 12 | check digit is 3, must be 2",
                "69O1234567892 | gs1 | 2 | takes digits",
                "6 901234 567892 | gs1 | 1 | write 6901234567892",
                "978-7-302-51167-0 | gs1 | 3 | write 9787302511670",
                "3074 257B F719 4E40 0000 1A85 | epc | 4 | write 3074257BF7194E4000001A85",
                "（01）06901234567892 | gs1 | 0 | （ is a full-width character: write (",
                "(01)0690123456789２ | gs1 | 17 | write 2",
                "(01)069012345\u200b67892 | gs1 | 13 | U+200B",
                "88.118.7/tank\ufeff-1 | handle | 13 | U+FEFF",
                "８８.118.7/tank-1 | handle | 0 | write 8",
                "ｈttps://id.gs1.org/01/09506000134352 | gs1 | 0 | write h",
                "urn：oid:1.2.156 | oid | 3 | write :",
                "(05)123 | gs1 | 1 | no application identifier \"05\"",
                "(01)069012345678 | gs1 | 16 | must have 14",
                "(17)261331(01)06901234567892 | gs1 | 6 | month",
                "https://id.gs1.org/01/09506000134352/21/1/10/A | gs1 | 42 | 22, 10, 21",
                "urn:epc:id:sgtin:0614141.812345 | epc | 31 | serial are missing",
                "1.2.156. | oid | 8 | an arc is missing here",
                "tank 1 | unknown | 0 | no code known",
            })
    void aMistakeIsNamedWithItsPlaceAndWhatWouldBeRight(String text, String scheme, int at, String message) {
        var code = READER.read(text);
        assertEquals(scheme, code.scheme(), code.faults()::toString);
        assertEquals("", code.canonical());
        var first = code.faults().getFirst();
        assertEquals(at, first.at(), first.toString());
        assertTrue(first.message().contains(message), first.toString());
    }

    /// Full-width characters are right where any Unicode is.
    @Test
    void namesInChineseKeepTheirCharacters() {
        assertEquals("88.118.7/储罐（一）", READER.read("88.118.7/储罐（一）").canonical());
        assertEquals("4AB12C罐：1", READER.read("ecode:4AB12C罐：1").canonical());
    }
}
