package io.millwright.identity.code.gs1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Part;
import io.millwright.identity.code.form.CodeReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// GS1 data in every form. Keys and element strings are examples of the GS1 General Specifications (prefix 952 and
/// 9506000 are GS1's own for examples); the rules are those of the section named.
class Gs1ReaderTest {

    private static final CodeReader READER = new CodeReader(2026);

    private static String canonical(String text) {
        var code = READER.read(text);
        assertEquals(List.of(), code.faults(), text);
        return code.canonical();
    }

    private static int firstFault(String text) {
        var faults = READER.read(text).faults();
        assertTrue(!faults.isEmpty(), text + " is taken for valid");
        return faults.getFirst().at();
    }

    private static String meaning(String text, String name) {
        return READER.read(text).parts().stream()
                .filter(p -> p.name().equals(name))
                .map(Part::meaning)
                .findFirst()
                .orElseThrow();
    }

    /// All ways of writing the same data are the same data (sections 3, 7.8; symbology identifiers: 5.1.2).
    @ParameterizedTest
    @CsvSource({
        "(01)09506000134352(10)ABC123(17)261231",
        "010950600013435210ABC123\u001d17261231",
        "01095060001343521726123110ABC123",
        "]C1010950600013435210ABC123\u001d17261231",
        "]d2010950600013435210ABC123\u001d17261231",
        "]Q3\u001d010950600013435210ABC123\u001d17261231\u001d",
        "^010950600013435210ABC123^17261231",
        "https://id.gs1.org/01/09506000134352/10/ABC123?17=261231",
        "https://example.com/some/path/01/09506000134352/10/ABC123?17=261231&linkType=gs1:pip",
        "HTTPS://EXAMPLE.COM/01/09506000134352/10/ABC123?17=261231#here",
        "'  (01)09506000134352(10)ABC123(17)261231 '",
    })
    void theSameDataInEveryForm(String text) {
        assertEquals("(01)09506000134352(10)ABC123(17)261231", canonical(text));
    }

    /// A GTIN alone has 8, 12, 13 or 14 digits (section 2.1); an SSCC 18 (2.2).
    @ParameterizedTest
    @CsvSource({
        "9506000134352, (01)09506000134352",
        "614141123452, (01)00614141123452",
        "96385074, (01)00000096385074",
        "80614141123458, (01)80614141123458",
        "]E09506000134352, (01)09506000134352",
        "106141412345678908, (00)106141412345678908",
    })
    void keysAlone(String text, String canonical) {
        assertEquals(canonical, canonical(text));
    }

    @Test
    void valuesAreInterpreted() {
        assertTrue(meaning("(01)09506000134352(3103)000189", "3103").endsWith("0.189 kg"));
        assertTrue(meaning("(01)09506000134352(17)261200", "17").endsWith("2026-12, last day"));
        assertTrue(meaning("(01)09506000134352(11)990101", "11").endsWith("1999-01-01"));
        assertTrue(meaning("(01)09506000134352(422)156", "422").endsWith("China"));
        assertTrue(meaning("(415)9506000134352(8020)A(3912)9781234", "3912").endsWith("12.34 EUR"));
        assertTrue(meaning("(8006)095060001343520102(21)1", "8006").endsWith("piece 1 of 2"));
    }

    /// The prefix tells the member organisation, and that its country (section 1.4.2).
    @ParameterizedTest
    @CsvSource({
        "6901234567892, GS1 China, CN",
        "9506000134352, GS1 Global Office, ",
        "614141123452, GS1 US, US",
        "4006381333931, GS1 Germany, DE",
        "96385074, 'GS1 Global Office, GTIN-8', ",
        "(00)106141412345678908, GS1 US, US",
        "(414)4012345000009, GS1 Germany, DE",
        "(8003)04012345123456, GS1 Germany, DE",
    })
    void thePrefixTellsTheOrganisation(String text, String organisation, String country) {
        var values = CodeReader.values(READER.read(text));
        assertEquals(organisation, values.get("organisation"));
        assertEquals(country, values.get("country"));
    }

    /// Wrong in one thing each, and where.
    @ParameterizedTest
    @CsvSource({
        "(01)09506000134351, 17",
        "(01)0950600013435, 17",
        "(01)0950600013435A, 17",
        "(01)09506000134352(17)261331, 24",
        "(01)09506000134352(10), 22",
        "(01)09506000134352(10)123456789012345678901, 42",
        "(01)09506000134352(1X)1, 18",
        "(99999)1, 1",
        "(01)09506000134352(37)5, 0",
        "(10)ABC, 0",
        "(01)09506000134352(02)09506000134352, 18",
        "(01)09506000134352(10)A(10)B, 23",
        "(01)09506000134352(10)A~B, 23",
        "01095060001343520, 16",
        "010950600013435204, 16",
        "]C1010950600013435, 18",
        "9506000134351, 12",
    })
    void wrongDataAreFaultyAtTheirPlace(String text, int at) {
        assertEquals(at, firstFault(text));
    }

    /// Digital Link: qualifiers in their order, one sequence or the other, attributes in the query, known keys only, 14
    /// digits (URI Syntax, sections 4.3 to 4.10).
    @ParameterizedTest
    @CsvSource({
        "https://id.gs1.org/01/09506000134352/21/1/10/A, 42",
        "https://id.gs1.org/01/09506000134352/10/A/235/T, 42",
        "https://id.gs1.org/01/09506000134352/10/A/17/261231, 42",
        "https://id.gs1.org/01/9506000134352, 35",
        "https://id.gs1.org/01/09506000134352?21=5, 37",
        "https://id.gs1.org/01/09506000134352?10=A, 37",
        "https://id.gs1.org/01/09506000134352?5=5, 37",
        "https://id.gs1.org/01/09506000134352/10/A%2, 41",
        "https://id.gs1.org/01/09506000134352/10/%C3%A9, 40",
        "https://id.gs1.org/01/09506000134352/, 36",
        "https://id.gs1.org/01/09506000134352/10/%41%42%43%44%45%46%47%48%49%4A%4B%4C%4D%4E%4F%50%51%52%53%54%55, 100",
    })
    void wrongLinksAreFaultyAtTheirPlace(String text, int at) {
        assertEquals(at, firstFault(text));
    }

    @ParameterizedTest
    @CsvSource({"https://example.com/", "https://example.com/page/1", "http://", "https://id.gs1.org/10/ABC"})
    void otherWebAddressesAreNoLinks(String text) {
        assertEquals("unknown", READER.read(text).scheme());
    }

    /// A bracket in a value does not start an element unless an application identifier stands in it.
    @Test
    void bracketsMayStandInValues() {
        assertEquals("(01)09506000134352(10)A(B)", canonical("(01)09506000134352(10)A(B)"));
        var code = (Code.Gs1) READER.read("(01)09506000134352(10)A\\(21)B");
        assertEquals("A(21)B", code.value("10").orElseThrow());
        assertEquals("(01)09506000134352(10)A\\(21)B", code.canonical());
        assertEquals(
                code.elements().get(1).value(),
                ((Code.Gs1) READER.read(code.canonical())).value("10").orElseThrow());
    }
}
