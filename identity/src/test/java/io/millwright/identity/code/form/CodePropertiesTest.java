package io.millwright.identity.code.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Element;
import io.millwright.identity.code.gs1.ApplicationIdentifier;
import io.millwright.identity.code.gs1.ApplicationIdentifiers;
import io.millwright.identity.code.gs1.CheckDigits;
import io.millwright.identity.code.gs1.CompanyPrefixLengths;
import io.millwright.identity.code.gs1.DigitalLinks;
import io.millwright.identity.code.gs1.ElementStrings;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What holds of every text.
class CodePropertiesTest {

    private static final CodeReader READER = new CodeReader(2026);

    private static final List<String> SEEDS = List.of(
            "(01)09506000134352(17)261231(10)ABC123",
            "010950600013435210ABC123\u001d17261231",
            "https://id.gs1.org/01/09506000134352/10/A%2FB?17=261231&linkType=all#x",
            "https://id.gs1.org/AQnYUc1gmiCNV4JGQhcNT6K6cibQCWN9Pee9tT-PQ",
            "(8110)106141416543213150110120",
            "(8013)1987654Ad4X4bL5ttr2310c2K",
            "]C1010950600013435210ABC123",
            "urn:epc:id:sgtin:0614141.712345.32a%2Fb",
            "urn:epc:tag:[att=x01]:sgtin-96:3.0614141.112345.400",
            "3D74257BF75411DEF6B4CC00000003039",
            "3B0E0CF5E76C9047759AD00373DC7602E7200",
            "FB342CDE795211411234538566CB0AFC4",
            "FA3952114132E83C2BF10",
            "88.118.7/tank-1",
            "https://doi.org/10.1002/(SICI)1097-4571%3C1%3E",
            "{iso(1) member-body(2) cn(156)}",
            "2.25.329800735698586629295641978511506172918",
            "did:bid:wxyz:ef214PmkhKndUcArDQPgD5J4fFVwqJFPt?a=b#c",
            "ecode:1006412345678901234567890",
            "[)>\u001e06\u001d25SUN043325711MH8031200000000001\u001e\u0004",
            "6901234567892");

    /// Reading never throws; faults lie within the text; what is valid has a canonical form, which is valid and its
    /// own.
    private static void holds(String text) {
        check(READER.read(text), text);
        for (var scheme : CodeReader.schemes()) {
            check(READER.read(text, scheme), text);
        }
    }

    private static void check(Code code, String text) {
        for (var fault : code.faults()) {
            assertTrue(fault.at() >= 0 && fault.at() <= text.length(), () -> fault + " of " + text);
            assertTrue(!fault.message().isEmpty(), text);
        }
        assertEquals(code.valid(), !code.canonical().isEmpty(), text);
        for (var form : Form.values()) {
            if (code.valid()) {
                new CodeConverter(CompanyPrefixLengths.of(7), -1, "", "https://id.gs1.org").convert(code, form);
            }
        }
    }

    @Test
    void anyTextIsReadOrRefusedInWords() {
        Property.check(3_000, random -> {
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
            }
            holds(text.toString());
        });
    }

    @Test
    void mutatedCodesAreReadOrRefusedInWords() {
        Property.check(20_000, random -> {
            var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                mutate(text, random);
            }
            holds(text.toString());
        });
    }

    private static void mutate(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length() + 1);
        switch (random.nextInt(5)) {
            case 0 -> text.insert(at, (char) random.nextInt(0x80));
            case 1 -> text.setLength(at);
            case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(4)));
            case 3 -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
            default -> text.insert(at, text.substring(0, at));
        }
    }

    /// Whatever repeats to the limit is read without running out of stack or time, and beyond the limit not at all.
    @Test
    void longTextsAreReadToo() {
        for (var piece : List.of(
                "1.",
                "(",
                "(1",
                "(01)",
                "/",
                "%",
                "0",
                "1",
                "F",
                "AA",
                "\u001d",
                "21A\u001d",
                ":",
                "[",
                "{",
                "00",
                "a=b&",
                "/01/",
                "10.",
                "88.1",
                "]",
                "\ud800",
                "储")) {
            for (var start : List.of(
                    "",
                    "https://id.gs1.org/",
                    "https://id.gs1.org/01/",
                    "urn:epc:id:sgtin:",
                    "88.1.2/",
                    "did:a:",
                    "{",
                    "ecode:4",
                    "urn:oid:",
                    "34",
                    "(10)",
                    "https://id.gs1.org/01/09506000134352?")) {
                var text = start + piece.repeat((Code.MAX_LENGTH - start.length()) / piece.length());
                holds(text);
            }
        }
        var tooLong = READER.read("1".repeat(Code.MAX_LENGTH + 1));
        assertEquals(1, tooLong.faults().size());
    }

    /// Elements come back from every form they are written in.
    @Test
    void validElementsComeBackFromEveryForm() {
        Property.check(2_000, random -> {
            var gtin = CheckDigits.complete(digits(random, 13));
            var elements = new ArrayList<>(List.of(Element.of("01", gtin)));
            for (var ai : List.of("10", "21", "17", "3103", "240", "99")) {
                if (random.nextBoolean()) {
                    elements.add(
                            Element.of(ai, value(ApplicationIdentifiers.of(ai).orElseThrow(), random)));
                }
            }
            var canonical = READER.read(ElementStrings.bracketed(elements)).canonical();
            assertTrue(!canonical.isEmpty(), ElementStrings.bracketed(elements));
            assertEquals(
                    canonical,
                    READER.read(ElementStrings.scanned(elements), "gs1").canonical());
            var stem = "https://example.com/a";
            assertEquals(
                    canonical,
                    READER.read(DigitalLinks.write(stem, elements).orElseThrow())
                            .canonical());
            assertEquals(
                    canonical,
                    READER.read(DigitalLinks.writeCompressed(stem, elements).orElseThrow())
                            .canonical());
        });
    }

    private static String value(ApplicationIdentifier ai, SplittableRandom random) {
        if (ai.ai().equals("17")) {
            return "%02d%02d%02d".formatted(random.nextInt(100), random.nextInt(1, 13), random.nextInt(29));
        }
        if (ai.minLength() == ai.maxLength()) {
            return digits(random, ai.maxLength());
        }
        var characters = "!\"%&'()*+,-./09:;<=>?AZ_azF";
        var text = new StringBuilder();
        for (int i = random.nextInt(1, ai.maxLength() + 1); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private static String digits(SplittableRandom random, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }
}
