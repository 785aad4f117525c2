package io.millwright.identity.code.epc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.form.CodeConverter;
import io.millwright.identity.code.form.CodeReader;
import io.millwright.identity.code.form.Form;
import io.millwright.identity.code.gs1.CompanyPrefixLengths;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of the EPC Tag Data Standard, in every direction.
class EpcExamplesTest {

    private static final CodeReader READER = new CodeReader(2026);

    record Example(String elements, int prefixLength, String uri, String tagUri, String hex) {}

    static Stream<Example> examples() throws Exception {
        try (var in = EpcExamplesTest.class.getResourceAsStream("tds-examples.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split(" "))
                            .map(c -> new Example(c[0], Integer.parseInt(c[1]), c[2], c[3], c[4]))
                            .toList()
                            .stream();
        }
    }

    private static String converted(Code code, Form to, int prefixLength, int filter, String coding) {
        var length = prefixLength == 0 ? CompanyPrefixLengths.unknown() : CompanyPrefixLengths.of(prefixLength);
        var result = new CodeConverter(length, filter, coding, "https://id.gs1.org").convert(code, to);
        return assertInstanceOf(CodeConverter.Result.Converted.class, result).text();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void bitsAreReadAsTheStandardReadsThem(Example example) {
        var code = assertInstanceOf(Code.Epc.class, READER.read(example.hex()));
        assertEquals(List.of(), code.faults());
        assertEquals(example.uri(), code.canonical());
        assertEquals(example.tagUri(), converted(code, Form.EPC_TAG, 0, -1, ""));
    }

    /// The standard's examples end with whole digits or whole words; we write whole words: zeros behind do not count.
    @ParameterizedTest
    @MethodSource("examples")
    void bitsAreWrittenAsTheStandardWritesThem(Example example) {
        var code = READER.read(example.tagUri());
        assertEquals(List.of(), code.faults());
        var hex = converted(code, Form.EPC_BINARY, 0, -1, "");
        assertEquals(example.hex().replaceAll("0+$", ""), hex.replaceAll("0+$", ""));
        assertEquals(0, hex.length() % 4);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void gs1KeysBecomeEpcsAndBack(Example example) {
        if (example.elements().equals("-")) {
            return;
        }
        var gs1 = READER.read(example.elements());
        assertEquals(List.of(), gs1.faults());
        assertEquals(example.uri(), converted(gs1, Form.EPC, example.prefixLength(), -1, ""));
        int filter = example.tagUri().contains(":0.") ? 0 : 3;
        assertEquals(example.tagUri(), converted(gs1, Form.EPC_TAG, example.prefixLength(), filter, ""));
        assertEquals(example.elements(), converted(READER.read(example.uri()), Form.ELEMENT_STRING, 0, -1, ""));
    }

    /// Examples of section 6.3 that have no tag coding there, and of sections 6.4, 12.1.
    @ParameterizedTest
    @CsvSource({
        "urn:epc:id:ginc:0614141.xyz3311cba, (401)0614141xyz3311cba",
        "urn:epc:id:gsin:0614141.123456789, (402)06141411234567890",
        "urn:epc:id:pgln:1234567.89012, (417)1234567890128",
        "urn:epc:class:lgtin:4012345.012345.998877, (01)04012345123456(10)998877",
    })
    void otherSchemesBecomeGs1Keys(String uri, String elements) {
        var code = READER.read(uri);
        assertEquals(List.of(), code.faults());
        assertEquals(elements, converted(code, Form.ELEMENT_STRING, 0, -1, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "urn:epc:id:bic:CSQU3054383",
        "urn:epc:id:imovn:9176187",
        "urn:epc:id:adi:2S194..12345678901",
        "urn:epc:id:adi:W81X9C.3KL984PX1.2WMA52",
        "urn:epc:id:usdod:2S194.12345678901",
        "urn:epc:id:gid:95100000.12345.400",
        "urn:epc:tag:[att=x01][xpc=x0004]:sgtin-96:3.0614141.112345.400",
    })
    void examplesOfTheGrammarAreRight(String uri) {
        assertEquals(List.of(), READER.read(uri).faults());
    }

    /// Wrong in one thing each, and where.
    @ParameterizedTest
    @CsvSource({
        "urn:epc:id:sgtin:0614141.81234.6789, 25",
        "urn:epc:id:sgtin:0614141.812345, 31",
        "urn:epc:id:sgtin:06141.81234567.6789, 17",
        "urn:epc:id:sgtin:0614141.812345.a/b, 33",
        "urn:epc:id:sgtin:0614141.812345.a%23b, 33",
        "urn:epc:id:sgtln:0614141.812345.1, 11",
        "urn:epc:id:sscc:0614141.1234567890.1, 34",
        "urn:epc:id:cpi:0614141.98765.012345, 29",
        "urn:epc:id:bic:CSQU3054384, 25",
        "urn:epc:tag:sgtin-96:8.0614141.812345.6789, 21",
        "urn:epc:tag:sgtin-96:3.0614141.812345.06789, 23",
        "urn:epc:tag:sgtin-97:3.0614141.812345.6789, 12",
        "urn:epc:tog:sgtin-96:3.0614141.812345.6789, 8",
    })
    void wrongUrisAreFaultyAtTheirPlace(String uri, int at) {
        var faults = READER.read(uri).faults();
        assertEquals(at, faults.getFirst().at(), faults.toString());
    }

    /// SGTIN-96 holds numbers below 2³⁸ without zeros in front (14.5.1); whatever does not fit goes to SGTIN-198.
    @ParameterizedTest
    @CsvSource({"274877906943, sgtin-96", "274877906944, sgtin-198", "0400, sgtin-198", "A, sgtin-198"})
    void theShortestCodingThatHoldsTheSerialNumberIsTaken(String serial, String coding) {
        var code = READER.read("urn:epc:id:sgtin:0614141.112345." + serial);
        assertTrue(converted(code, Form.EPC_TAG, 0, 1, "").startsWith("urn:epc:tag:" + coding + ":1."));
    }

    /// Partition 7 does not exist; a prefix of seven digits cannot be 10000000; an SSCC ends with zeros (14.4.3,
    /// 14.5.2).
    @ParameterizedTest
    @CsvSource({"307C257BF7194E4000001A85", "3076625A071940000000001A", "3174257BF4499602D2000001"})
    void impossibleBitsAreRefused(String hex) {
        var code = READER.read(hex, "epc");
        assertEquals(1, code.faults().size(), code.toString());
    }

    @Test
    void noCodingHoldsAFilterBeyondItsRange() {
        var result = new CodeConverter(CompanyPrefixLengths.unknown(), 8, "", "https://id.gs1.org")
                .convert(READER.read("urn:epc:id:sgtin:0614141.112345.400"), Form.EPC_TAG);
        assertInstanceOf(CodeConverter.Result.Impossible.class, result);
    }
}
