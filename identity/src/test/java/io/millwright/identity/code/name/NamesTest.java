package io.millwright.identity.code.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.code.form.CodeReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names that are not of GS1.
class NamesTest {

    private static final CodeReader READER = new CodeReader(2026);

    /// Handles: RFC 3651, section 2, and its examples; DOI: ISO 26324 and the DOI Handbook's 10.1000/182; 88.: the
    /// identifiers of China's industrial internet.
    @ParameterizedTest
    @CsvSource({
        "88.118.7/tank-1, handle, 88.118.7/tank-1",
        "88.118.7.2/a/b, handle, 88.118.7.2/a/b",
        "hdl:2027.88/abc, handle, 2027.88/abc",
        "https://hdl.handle.net/20.1000/100, handle, 20.1000/100",
        "0.NA/10.1045, handle, 0.NA/10.1045",
        "10.1000/182, doi, 10.1000/182",
        "doi:10.1000/ABC, doi, 10.1000/abc",
        "https://doi.org/10.1002/(SICI)1097-4571%3C1%3E, doi, 10.1002/(sici)1097-4571<1>",
        "10.1045/may99-payette, doi, 10.1045/may99-payette",
        "88.118.7/储罐, handle, 88.118.7/储罐",
    })
    void handlesAreRead(String text, String scheme, String canonical) {
        var code = READER.read(text);
        assertEquals(List.of(), code.faults());
        assertEquals(scheme, code.scheme());
        assertEquals(canonical, code.canonical());
    }

    @ParameterizedTest
    @CsvSource({
        "88.118/tank-1, 6",
        "88.118.x/tank-1, 7",
        "88..7/tank-1, 3",
        "88.118.7/, 9",
        "10/182, 2",
        "doi:11.1000/182, 4",
        "hdl:noslash, 11",
        "https://doi.org/10.1000/a%2, 25",
        "'88.118.7/a\u0007b', 10",
    })
    void wrongHandlesAreFaultyAtTheirPlace(String text, int at) {
        var faults = READER.read(text).faults();
        assertTrue(!faults.isEmpty(), text);
        assertEquals(at, faults.getFirst().at(), faults.toString());
    }

    @Test
    void aPrefixUnder88IsTakenApart() {
        var values = CodeReader.values(READER.read("88.118.7/tank-1"));
        assertEquals("118", values.get("industry-or-region"));
        assertEquals("7", values.get("enterprise"));
        assertEquals("tank-1", values.get("suffix"));
    }

    /// X.660, clauses 6 and 7 and annex A; RFC 3061; X.667, clause 7: the UUID of its example.
    @ParameterizedTest
    @CsvSource({
        "1.2.156.10197.1.501, 1.2.156.10197.1.501",
        "urn:oid:1.3.6.1.4.1, 1.3.6.1.4.1",
        "2.999.3, 2.999.3",
        "2.25.329800735698586629295641978511506172918, 2.25.329800735698586629295641978511506172918",
        "{joint-iso-itu-t(2) ds(5) 4 3}, 2.5.4.3",
        "{iso member-body cn(156)}, 1.2.156",
        "{itu-t recommendation q(17)}, 0.0.17",
        "/1/2/156, 1.2.156",
        "2.40.1, 2.40.1",
    })
    void objectIdentifiersAreRead(String text, String canonical) {
        var code = READER.read(text);
        assertEquals(List.of(), code.faults());
        assertEquals("oid", code.scheme());
        assertEquals(canonical, code.canonical());
    }

    /// The first arc is 0 to 2, the second under 0 and 1 below 40, arcs do not start with 0, a UUID has 128 bits.
    @ParameterizedTest
    @CsvSource({
        "3.1.2, 0",
        "1.40.1, 2",
        "0.39.1.02, 7",
        "1.2..3, 4",
        "1.2.3., 6",
        "urn:oid:1, 9",
        "urn:oid:1.2.x, 12",
        "{iso member-body china}, 17",
        "{iso(1) 2, 9",
        "2.25.340282366920938463463374607431768211456, 5",
    })
    void wrongObjectIdentifiersAreFaultyAtTheirPlace(String text, int at) {
        var faults = READER.read(text).faults();
        assertTrue(!faults.isEmpty(), text);
        assertEquals(at, faults.getFirst().at(), faults.toString());
    }

    @Test
    void countriesAmongArcsAreNamed() {
        var parts = READER.read("1.2.156.10197").parts();
        assertEquals("China", parts.get(2).meaning());
        assertEquals("China", READER.read("2.16.156").parts().get(2).meaning());
    }

    /// W3C DID Core 1.0, sections 1.1, 3.1, 3.2 and their examples; did:bid by the example of its specification.
    @ParameterizedTest
    @CsvSource({
        "did:example:123456789abcdefghi",
        "did:example:123456/path",
        "did:example:123456?versionId=1",
        "did:example:123#public-key-0",
        "did:example:123?service=agent&relativeRef=/credentials#degree",
        "did:web:example.com%3A3000:user",
        "did:bid:ef214PmkhKndUcArDQPgD5J4fFVwqJFPt",
        "did:bid:byol",
        "did:bid:wxyz:ef214PmkhKndUcArDQPgD5J4fFVwqJFPt",
    })
    void decentralizedIdentifiersAreRead(String text) {
        var code = READER.read(text);
        assertEquals(List.of(), code.faults());
        assertEquals("did", code.scheme());
        assertEquals(text, code.canonical());
    }

    @ParameterizedTest
    @CsvSource({
        "DID:example:1, 0",
        "did:Example:1, 4",
        "did:example, 11",
        "did:example:, 12",
        "did:example:1:, 13",
        "did:example:a b, 13",
        "did:example:a%2, 13",
        "did:example:a?b|c, 15",
        "did:bid:ef21x, 8",
        "did:bid:toolong:ef214PmkhKndUcArDQPgD5J4fFVwqJFPt, 8",
    })
    void wrongDecentralizedIdentifiersAreFaultyAtTheirPlace(String text, int at) {
        var faults = READER.read(text).faults();
        assertTrue(!faults.isEmpty(), text);
        assertEquals(at, faults.getFirst().at(), faults.toString());
    }

    /// GB/T 31866-2015, table 1: the lengths of each version.
    @ParameterizedTest
    @CsvSource({
        "ecode:1006412345678901234567890, 1006412345678901234567890",
        "ecode:200641234567890123456789012345678, 200641234567890123456789012345678",
        "ecode:3AB12CPART99, 3AB12CPART99",
        "ecode:4AB12C储罐, 4AB12C储罐",
    })
    void ecodesAreRead(String text, String canonical) {
        var code = READER.read(text);
        assertEquals(List.of(), code.faults());
        assertEquals("ecode", code.scheme());
        assertEquals(canonical, code.canonical());
        assertEquals(canonical, READER.read(canonical, "ecode").canonical());
    }

    @ParameterizedTest
    @CsvSource({
        "ecode:, 6",
        "ecode:0064, 6",
        "ecode:5006412, 6",
        "ecode:10064, 11",
        "ecode:10A641, 7",
        "ecode:100641A, 12",
        "ecode:10064123456789012345678901, 31",
    })
    void wrongEcodesAreFaultyAtTheirPlace(String text, int at) {
        var faults = READER.read(text).faults();
        assertTrue(!faults.isEmpty(), text);
        assertEquals(at, faults.getFirst().at(), faults.toString());
    }

    /// ISO/IEC 15459: the item of MIL-STD-130's example, plain and in the envelope of ISO/IEC 15434; VAA.
    @Test
    void iso15459IsRead() {
        var plain = READER.read("25SUN043325711MH8031200000000001");
        assertEquals(List.of(), plain.faults());
        assertEquals("iso15459", plain.scheme());
        assertEquals("UN", CodeReader.values(plain).get("issuing-agency"));
        var enveloped = READER.read("[)>\u001e06\u001d25SUN043325711MH8031200000000001\u001e\u0004");
        assertEquals(plain.canonical(), enveloped.canonical());
        assertEquals("vaa", READER.read("VAA1234567890").scheme());
        assertEquals("iso15459", READER.read("JUN123456789").scheme());
    }

    @ParameterizedTest
    @CsvSource({
        "'[)>25SUN1', 3",
        "25SUN, 5",
        "VAA1234a, 7",
        "JUN1234567890123456789012345678901234, 36",
    })
    void wrongIso15459IsFaultyAtItsPlace(String text, int at) {
        var faults = READER.read(text, "iso15459").faults();
        assertTrue(!faults.isEmpty(), text);
        assertEquals(at, faults.getFirst().at(), faults.toString());
    }
}
