package io.millwright.identity.code.epc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.form.CodeConverter;
import io.millwright.identity.code.form.CodeReader;
import io.millwright.identity.code.form.Form;
import io.millwright.identity.code.gs1.CompanyPrefixLengths;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tags that hold GS1 elements as they are: codings with a plus, and with two.
class PlusTagsTest {

    private static final CodeReader READER = new CodeReader(2026);

    private static String written(String elements, String coding, int filter, String stem) {
        var converter = new CodeConverter(CompanyPrefixLengths.unknown(), filter, coding, stem);
        var result = converter.convert(READER.read(elements), Form.EPC_BINARY);
        return assertInstanceOf(CodeConverter.Result.Converted.class, result, result::toString)
                .text();
    }

    /// TDS 2.3, section E.3. The headers of SSCC++ and ITIP++ are those of table 14-1, where the examples show those of
    /// SSCC+ and ITIP+; all hostnames are id.example.com, as the bits say and two public decoders agree, although
    /// the text beside two of them says example.com. Zeros behind do not count.
    @ParameterizedTest
    @CsvSource({
        "sgtin+, 3, F73795211411234538566CB0AFC4, (01)79521141123453(21)32a/b",
        "sgtin++, 3, FD3795211411234538566CB0AFC525065F1876F0D996D800, (01)79521141123453(21)32a/b",
        "dsgtin+, 3, FB342CDE795211411234538566CB0AFC4, (01)79521141123453(21)32a/b(17)220630",
        "dsgtin++, 3, FC342CDE795211411234538566CB0AFC525065F1876F0D996D80, (01)79521141123453(21)32a/b(17)220630",
        "sscc+, 0, F90095201234567891235, (00)095201234567891235",
        "sscc++, 0, EF009520123456789123592832F8C3B786CCB6C0, (00)095201234567891235",
        "sgln+, 3, F2395211411234548566CB0AFC4, (414)9521141123454(254)32a/b",
        "sgln++, 3, E9395211411234548566CB0AFC525065F1876F0D996D8000, (414)9521141123454(254)32a/b",
        "grai+, 3, F13095211411234548566CB0AFC4, (8003)0952114112345432a/b",
        "grai++, 3, EB3095211411234548566CB0AFC525065F1876F0D996D800, (8003)0952114112345432a/b",
        "giai+, 3, FA3952114132E83C2BF10, (8004)952114132a/b",
        "giai++, 3, EE3952114132E83C2BF1494197C61DBC3665B600, (8004)952114132a/b",
        "gsrn+, 3, F43952114112345678906, (8018)952114112345678906",
        "gsrn++, 3, E7395211411234567890692832F8C3B786CCB6C0, (8018)952114112345678906",
        "gsrnp+, 3, F53952114112345678906, (8017)952114112345678906",
        "gsrnp++, 3, E8395211411234567890692832F8C3B786CCB6C0, (8017)952114112345678906",
        "gdti+, 3, F6395211411234540458B8, (253)95211411234545678",
        "gdti++, 3, EA395211411234540458BA4A0CBE30EDE1B32DB0, (253)95211411234545678",
        "cpi+, 3, F0395211415E87A145BAFB4D19A8C0E4, (8010)95211415PQ7/Z43(8011)12345",
        "cpi++, 3, E6395211415E87A145BAFB4D19A8C0E64A0CBE30EDE1B32DB000, (8010)95211415PQ7/Z43(8011)12345",
        "sgcn+, 3, F839521141678909509338, (255)952114167890904711",
        "sgcn++, 3, EC3952114167890950933C94197C61DBC3665B60, (255)952114167890904711",
        "itip+, 3, F3309521141123454010266AE27FDF35, (8006)095211411234540102(21)rif981",
        "itip++, 3, ED309521141123454010266AE27FDF3592832F8C3B786CCB6C00, (8006)095211411234540102(21)rif981",
    })
    void examplesOfTheStandardAreReadAndWritten(String coding, int filter, String hex, String elements) {
        var code = assertInstanceOf(Code.Gs1.class, READER.read(hex));
        assertEquals(List.of(), code.faults());
        assertEquals(elements, code.canonical());
        assertEquals(Code.Gs1Form.TAG, code.form());
        var values = CodeReader.values(code);
        assertEquals(coding, values.get("coding"));
        assertEquals(Integer.toString(filter), values.get("filter"));
        assertEquals(coding.endsWith("++") ? "id.example.com" : null, values.get("hostname"));
        assertEquals(
                hex.replaceAll("0+$", ""),
                written(elements, coding, filter, "https://id.example.com").replaceAll("0+$", ""));
        assertTrue(!READER.read(hex.substring(0, hex.length() - 8)).valid(), "cut off");
    }

    /// Data behind the EPC (TDS 2.3, section 15.3; tables E and F): the ninth bit, then application identifiers of four
    /// bits a digit and their values, here spelled out by the sections 14.5.2 to 14.5.15.
    @ParameterizedTest
    @CsvSource({
        // a date: year 7, month 4, day 5 bits
        "17, 0011010 1100 11111, (17)261231",
        // six digits as one number of 20 bits: 1250 = 4E2
        "3103, 00000000010011100010, (3103)001250",
        // two bits: hours and minutes; the date; hour 5, minute 6 bits
        "8008, 01 0011010 0001 01111 01110 011110, (8008)2601151430",
        // one bit: a range; two dates
        "7007, 1 0011010 0001 00001 0011010 0001 11111, (7007)260101260131",
        // 1850 = 73A, and a bit for the minus
        "4330, 00000000011100111010 1, (4330)001850-",
        // digits as a number behind their count: 3 of them
        "30, 0011 0001111011, (30)123",
        // base64url: encoding 3, six characters
        "10, 011 00110 000000 000001 000010 110101 110110 110111, (10)ABC123",
        // URN Code 40: encoding 5, three characters: 1600 × 1 + 40 × 28 + 2 + 1
        "10, 101 00011 0000101010100011, (10)A.B",
        // URN Code 40 pads: 1600 × 24 + 40 × 27 + 0 + 1
        "10, 101 00010 1001101000111001, (10)X-",
    })
    void dataBehindTheEpcAreRead(String ai, String value, String element) {
        // GTIN 09506000134352, serial S1 in base64url
        var bits = "11110111" + "1" + "011" + nibbles("09506000134352") + "011" + "00010" + "010010" + "110101"
                + nibbles(ai) + value.replace(" ", "");
        var code = assertInstanceOf(Code.Gs1.class, READER.read(hexadecimal(bits)));
        assertTrue(code.faults().stream().noneMatch(f -> f.message().contains("read")), code.faults()::toString);
        var last = code.elements().getLast();
        assertEquals(element, "(" + last.ai() + ")" + last.value());
    }

    /// Capital hexadecimal digits are encoding 1, small ones 2 (table E); links number them the other way round.
    @Test
    void hexadecimalSerialsKeepTheirCase() {
        var start = "11110111" + "0" + "011" + nibbles("09506000134352");
        assertEquals(
                "(01)09506000134352(21)AB",
                READER.read(hexadecimal(start + "001" + "00010" + "1010" + "1011"))
                        .canonical());
        assertEquals(
                "(01)09506000134352(21)ab",
                READER.read(hexadecimal(start + "010" + "00010" + "1010" + "1011"))
                        .canonical());
    }

    /// The other ways of a hostname (section 14.5.16, tables 14-8 and 14-11 to 14-15).
    @ParameterizedTest
    @CsvSource({
        // 1600 × A + 40 × . + B + 1 = 1600 + 40 × 28 + 2 + 1
        "0000011 0000101010100011, a.b",
        // qr. l o j a, .com.br
        "1000111 0011110 1101100 1101111 1101010 1100001 0000010 0000110, qr.loja.com.br",
        // www. a b c, .de
        "1000110 0011111 1100001 1100010 1100011 0000000 0110111, www.abc.de",
        "1000011 1111000 0000011 0000000, x.tech",
    })
    void hostnamesAreRead(String host, String name) {
        var bits =
                "11111101" + "0" + "011" + nibbles("09506000134352") + "000" + "00001" + "0111" + host.replace(" ", "");
        var code = READER.read(hexadecimal(bits));
        assertEquals(List.of(), code.faults());
        assertEquals(name, CodeReader.values(code).get("hostname"));
    }

    @ParameterizedTest
    @CsvSource({
        "(01)09506000134352, sgtin+, https://a.b, sgtin+ needs (21)",
        "(01)09506000134352(21)1, dsgtin+, https://a.b, needs a date",
        "(8003)09506000134352, grai+, https://a.b, serial number",
        "(01)09506000134352(21)1, sgtin++, https://a.b/c, hostname",
        "(01)09506000134352(21)1(717)A, sgtin+, https://a.b, no way to hold (717)",
        "(01)09506000134352(21)1, upc+, https://a.b, no coding upc+",
    })
    void whatATagCannotHoldIsSaid(String elements, String coding, String stem, String reason) {
        var converter = new CodeConverter(CompanyPrefixLengths.unknown(), -1, coding, stem);
        var code = READER.read(elements);
        assertEquals(List.of(), code.faults());
        var result = converter.convert(code, Form.EPC_BINARY);
        assertTrue(result.toString().contains(reason), result.toString());
    }

    /// GS1 Digital Link URI, compression standard for EPC binary strings 1.0, section 4.2: its two examples.
    @ParameterizedTest
    @CsvSource({
        "https://example.com/eh30164596f40c0e5cbe991a83",
        "https://example.com/exMBZFlvQMDly-mRqD?linkType=all",
    })
    void linksWithTheBitsOfATagAreRead(String link) {
        var code = assertInstanceOf(Code.Epc.class, READER.read(link));
        assertEquals(List.of(), code.faults());
        assertEquals(
                "(01)09528765123457(21)123456789123", CodeReader.values(code).get("gs1"));
    }

    private static String nibbles(String digits) {
        var bits = new StringBuilder();
        digits.chars()
                .forEach(c -> bits.append(
                        "%4s".formatted(Integer.toBinaryString(c - '0')).replace(' ', '0')));
        return bits.toString();
    }

    private static String hexadecimal(String bits) {
        var hex = new StringBuilder();
        var padded = bits + "0".repeat((16 - bits.length() % 16) % 16);
        for (int i = 0; i < padded.length(); i += 4) {
            hex.append(Integer.toHexString(Integer.parseInt(padded.substring(i, i + 4), 2)));
        }
        return hex.toString();
    }
}
