package io.millwright.node.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Under which handles codes of other systems stand. Codes are examples of their standards: GS1 Digital Link 1.4, EPC
/// TDS 2.1, RFC 3061, W3C did:web.
class PastedCodeTest {

    private static List<String> handles(String text) {
        return new PastedCode(text, List.of("88.118.7"), 2026).handles();
    }

    @Test
    void aHandleNamesItselfHoweverItIsWritten() {
        assertEquals(List.of("88.118.7/tank-1"), handles("88.118.7/tank-1"));
        assertEquals(List.of("88.118.7/tank-1"), handles("https://hdl.handle.net/88.118.7/tank-1"));
        assertEquals(List.of("10.1000/182"), handles("doi:10.1000/182"));
        assertEquals(List.of("0.NA/88.118"), handles("0.NA/88.118"));
        assertEquals(
                List.of("88.118.7/tank-1"),
                handles("did:web:id.example.org:88.118.7:tank-1").subList(0, 1));
    }

    /// The narrowest first, as a resolver of Digital Links walks up.
    @Test
    void aKeyOfGs1StandsUnderItsPathThenUnderTheKeyAlone() {
        var both = List.of("88.118.7/01/09506000134352/10/ABC", "88.118.7/01/09506000134352");
        assertEquals(both, handles("(01)09506000134352(10)ABC"));
        assertEquals(both, handles("https://id.gs1.org/01/09506000134352/10/ABC?17=261231"));
        assertEquals(both, handles("]C1010950600013435210ABC"));
        assertEquals(
                "88.118.7/01/80614141123458/21/6789",
                handles("urn:epc:id:sgtin:0614141.812345.6789").getFirst());
    }

    @Test
    void anObjectIdentifierStandsInDots() {
        assertEquals(List.of("88.118.7/2.999.7"), handles("urn:oid:2.999.7"));
    }

    @Test
    void whatIsNoCodeStandsNowhere() {
        for (var text : List.of("", "tank-1", "(01)09506000134353", "a b/c", "x".repeat(9000), "88.118.7/", "/x")) {
            assertEquals(List.of(), handles(text), text);
        }
        var view = new PastedCode("(01)0950600013435", List.of(), 2026).view();
        assertTrue(view.faults().stream().allMatch(f -> f.at() >= 0 && f.at() <= 17), view.toString());
    }
}
