package io.millwright.identity.code.gs1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.form.CodeConverter;
import io.millwright.identity.code.form.CodeReader;
import io.millwright.identity.code.form.Form;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compressed Digital Links.
class CompressionTest {

    private static final CodeReader READER = new CodeReader(2026);

    private static String compressed(String link) {
        var converter = new CodeConverter(CompanyPrefixLengths.unknown(), -1, "", "https://id.gs1.org");
        var result = converter.convert(READER.read(link), Form.COMPRESSED_DIGITAL_LINK);
        return assertInstanceOf(CodeConverter.Result.Converted.class, result).text();
    }

    /// Made by others: the first in the announcement of GS1's resolver 3.0, the rest by the toolkit that GS1 publishes
    /// and the library Gs1DigitalLinkLib derived from its prototype (their published tests).
    @ParameterizedTest
    @CsvSource({
        "AQnO2IRCICDKWcnpqQtCQiJABemo, (01)05392000229648(10)LOT01(21)SERIAL01",
        "AN2yxDhfaiaw, (00)998440410914660971",
        "AQnYUc1gmg, (01)05412345000013",
        "AQnYUc1gmiCNV4JG, (01)05412345000013(10)ABC123",
        "AQnYUc1gmiCNV4JGQhcNT6K6c, (01)05412345000013(10)ABC123(21)72292641703",
        "AQnYUc1gmiCNV4JGQhcNT6K6cibQCWN9Pee9tT-PQ, (01)05412345000013(22)AJY3095721P49(10)ABC123(21)72292641703",
        "AQnYUc1gmkax7ipGrOHDPC5YNI8hMz, (01)05412345000013(235)8TFV883a904GH&3",
        "AQnYUc1gmkTaASxvp7z3tqfx6, (01)05412345000013(22)AJY3095721P49",
        "AQk0rGF-9iJ1rw4AhM, (01)05060917510011(11)241016(7004)3",
        "JTLIetaiHYA, (253)3060077601309",
        "JVUqG5hJ5wA, (255)5678409730535",
        "QCJZyW9mC6Z4, (402)21173492661712079",
        "QUSaVjC_dA, (414)5060917510004",
        "gAMJCAXukTMA, (8003)04965031954585",
        "gAYMBI_bNGwJk, (8006)054123450000130201",
        "gBe1ajAd9ATDk, (8017)817019610850151481",
        "gBhbV6rzBENPmAGXPRfk, (8018)411369833821910265(8019)4003812",
    })
    void whatOthersCompressedIsReadBack(String segment, String elements) {
        var code = READER.read("https://id.gs1.org/" + segment);
        var read = ((Code.Gs1) code).elements();
        assertEquals(elements, ElementStrings.bracketed(DigitalLinks.ordered(read)));
        assertEquals(Code.Gs1Form.COMPRESSED_DIGITAL_LINK, ((Code.Gs1) code).form());
    }

    /// Without a code for a usual sequence there is one way only to compress one key.
    @ParameterizedTest
    @CsvSource({
        "/00/998440410914660971, AN2yxDhfaiaw",
        "/01/05412345000013, AQnYUc1gmg",
        "/253/3060077601309, JTLIetaiHYA",
        "/402/21173492661712079, QCJZyW9mC6Z4",
        "/414/5060917510004, QUSaVjC_dA",
        "/8003/04965031954585, gAMJCAXukTMA",
        "/8004/0541234537290A41%26GHpp33, gASXYNWjFkzaNWbdk5YQWjFNHkcODNm",
        "/8017/817019610850151481, gBe1ajAd9ATDk",
    })
    void oneKeyIsCompressedAsOthersDo(String path, String segment) {
        assertEquals("https://id.gs1.org/" + segment, compressed("https://id.gs1.org" + path));
    }

    /// Half compressed: the key stays as it is (made by the same toolkit).
    @Test
    void theKeyMayStayOutside() {
        var code = READER.read("https://id.gs1.org/01/05412345000013/EEarwSMXRuGw?arv=true");
        assertEquals("(01)05412345000013(10)ABC123(17)290331", code.canonical());
    }

    /// GTIN with batch and with serial number have codes of their own: 0B and 0C.
    @Test
    void usualSequencesHaveACode() {
        assertTrue(compressed("https://id.gs1.org/01/05412345000013/10/ABC123").startsWith("https://id.gs1.org/Cw"));
        assertTrue(compressed("https://id.gs1.org/01/05412345000013/21/1").startsWith("https://id.gs1.org/DA"));
    }

    /// Cut off, or with bits behind the end.
    @ParameterizedTest
    @CsvSource({"AQnYUc1gmiCNV4J", "AQnYUc1gmiCNV4JH"})
    void damagedDataAreNotTakenForValid(String segment) {
        assertTrue(!READER.read("https://id.gs1.org/" + segment).valid());
    }

    @Test
    void everythingComesBack() {
        for (var link : List.of(
                "https://id.gs1.org/01/09506000134352/10/a-_B/21/x%2Fy%22z?17=261231&3103=000189&99=%21",
                "https://id.gs1.org/8010/0541234537290A41%23GH33/8011/6639047221",
                "https://id.gs1.org/255/5678409730535000012?3900=00012",
                "https://id.gs1.org/00/998440410914660971?4309=10000000001800000000&4330=000120-",
                "https://id.gs1.org/414/5060917510004/254/RP56J920471")) {
            var before = READER.read(link);
            assertEquals(List.of(), before.faults());
            assertEquals(before.canonical(), READER.read(compressed(link)).canonical(), compressed(link));
        }
    }
}
