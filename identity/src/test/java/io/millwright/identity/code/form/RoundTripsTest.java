package io.millwright.identity.code.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millwright.identity.code.gs1.CheckDigits;
import io.millwright.identity.code.gs1.CompanyPrefixLengths;
import io.millwright.testkit.Property;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever GS1 data become, they come back from it: of every key that has an EPC a thousand random ones, through every
/// form and coding there is for it.
class RoundTripsTest {

    private static final CodeReader READER = new CodeReader(2026);
    private static final int RUNS = 1_000;
    private static final String STEM = "https://id.example.com";
    private static final String AI82 =
            "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    private static final String AI39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// Characters that choose each of the encodings of a tag.
    private static final List<String> ALPHABETS =
            List.of("0123456789", "0123456789ABCDEF", "0123456789abcdef", "ABCXYZ019-.:", "Zz09-_", AI82);

    /// The keys that have an EPC, and the codings of tags that hold any of them.
    enum Key {
        SGTIN("sgtin-198", "sgtin+", "sgtin++"),
        DSGTIN("dsgtin+", "dsgtin++"),
        SSCC("sscc-96", "sscc+", "sscc++"),
        SGLN("sgln-195", "sgln+", "sgln++"),
        GRAI("grai-170", "grai+", "grai++"),
        GIAI("giai-202", "giai+", "giai++"),
        GSRN("gsrn-96", "gsrn+", "gsrn++"),
        GSRNP("gsrnp-96", "gsrnp+", "gsrnp++"),
        GDTI("gdti-174", "gdti+", "gdti++"),
        CPI("cpi-var", "cpi+", "cpi++"),
        SGCN("sgcn-96", "sgcn+", "sgcn++"),
        ITIP("itip-212", "itip+", "itip++"),
        UPUI,
        LGTIN,
        PGLN,
        GSIN,
        GINC;

        private final List<String> codings;

        Key(String... codings) {
            this.codings = List.of(codings);
        }

        String random(SplittableRandom random, int prefixLength) {
            int left = Math.min(24, 30 - prefixLength);
            return switch (this) {
                case SGTIN -> "(01)" + key(random, 13) + "(21)" + text(random, 20);
                case DSGTIN -> "(01)" + key(random, 13) + "(21)" + text(random, 20) + "(17)" + date(random);
                case SSCC -> "(00)" + key(random, 17);
                case SGLN -> "(414)" + key(random, 12) + "(254)x" + text(random, 19);
                case GRAI -> "(8003)0" + key(random, 12) + text(random, 16);
                case GIAI -> "(8004)" + digits(random, prefixLength) + text(random, left);
                case GSRN -> "(8018)" + key(random, 17);
                case GSRNP -> "(8017)" + key(random, 17);
                case GDTI -> "(253)" + key(random, 12) + text(random, 17);
                case CPI ->
                    "(8010)" + digits(random, prefixLength) + characters(random, AI39, left) + "(8011)"
                            + random.nextLong(1, 1_000_000_000_000L);
                case SGCN -> "(255)" + key(random, 12) + digits(random, random.nextInt(1, 13));
                case ITIP -> "(8006)" + key(random, 13) + "0103(21)" + text(random, 20);
                case UPUI -> "(01)" + key(random, 13) + "(235)" + text(random, 28);
                case LGTIN -> "(01)" + key(random, 13) + "(10)" + text(random, 20);
                case PGLN -> "(417)" + key(random, 12);
                case GSIN -> "(402)" + key(random, 16);
                case GINC -> "(401)" + digits(random, prefixLength) + text(random, left);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyComesBackFromEveryForm(Key key) {
        Property.check(RUNS, random -> {
            int prefixLength = random.nextInt(6, 13);
            var text = key.random(random, prefixLength);
            var original = READER.read(text);
            assertEquals(List.of(), original.faults(), text);
            var prefixes = CompanyPrefixLengths.of(prefixLength);
            for (var form :
                    List.of(Form.ELEMENT_STRING, Form.SCAN_DATA, Form.DIGITAL_LINK, Form.COMPRESSED_DIGITAL_LINK)) {
                comesBack(original.canonical(), form, "", prefixes);
            }
            if (key != Key.DSGTIN) {
                comesBack(original.canonical(), Form.EPC, "", prefixes);
            }
            for (var coding : key.codings) {
                comesBack(original.canonical(), Form.EPC_BINARY, coding, prefixes);
                if (!coding.endsWith("+")) {
                    comesBack(original.canonical(), Form.EPC_TAG, coding, prefixes);
                }
            }
        });
    }

    /// Data behind the EPC too.
    @ParameterizedTest
    @EnumSource(names = {"SGTIN", "SSCC"})
    void whatStandsBehindTheEpcComesBack(Key key) {
        Property.check(RUNS, random -> {
            var text = new StringBuilder(key.random(random, 7));
            var ofItems = List.of(
                    "(10)" + text(random, 20),
                    "(17)" + date(random),
                    "(240)" + text(random, 30),
                    "(3103)" + digits(random, 6),
                    "(7003)" + date(random) + "2359",
                    "(7007)" + date(random),
                    "(8008)" + date(random) + "14" + (random.nextBoolean() ? "30" : "3059"));
            var ofLogisticUnits = List.of(
                    "(400)" + text(random, 30),
                    "(4307)CN",
                    "(4321)1",
                    "(4324)" + date(random) + "2359",
                    "(4330)" + digits(random, 6) + (random.nextBoolean() ? "-" : ""));
            for (var more : key == Key.SGTIN ? ofItems : ofLogisticUnits) {
                text.append(random.nextInt(3) == 0 ? more : "");
            }
            var original = READER.read(text.toString());
            assertEquals(List.of(), original.faults(), text.toString());
            var coding = key.codings.getLast();
            var prefixes = CompanyPrefixLengths.unknown();
            var there = new CodeConverter(prefixes, -1, coding, STEM).convert(original, Form.EPC_BINARY);
            if (!there.toString().contains("a tag holds at most")) {
                comesBack(original.canonical(), Form.EPC_BINARY, coding, prefixes);
            }
        });
    }

    private static void comesBack(String elements, Form form, String coding, CompanyPrefixLengths prefixes) {
        var converter = new CodeConverter(prefixes, -1, coding, STEM);
        var there = converter.convert(READER.read(elements), form);
        var text = assertInstanceOf(
                        CodeConverter.Result.Converted.class, there, () -> elements + " " + coding + " " + there)
                .text();
        var read = switch (form) {
            case SCAN_DATA -> READER.read("]C1" + text);
            case EPC_BINARY -> READER.read(text, "epc");
            default -> READER.read(text);
        };
        assertEquals(List.of(), read.faults(), elements + " as " + text);
        var back = assertInstanceOf(
                CodeConverter.Result.Converted.class, converter.convert(read, Form.ELEMENT_STRING), text);
        assertEquals(elements, READER.read(back.text()).canonical(), text);
    }

    private static String key(SplittableRandom random, int digits) {
        return CheckDigits.complete(digits(random, digits));
    }

    private static String digits(SplittableRandom random, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }

    private static String date(SplittableRandom random) {
        return "%02d%02d%02d".formatted(random.nextInt(100), random.nextInt(1, 13), random.nextInt(1, 29));
    }

    private static String text(SplittableRandom random, int max) {
        return characters(random, ALPHABETS.get(random.nextInt(ALPHABETS.size())), max);
    }

    private static String characters(SplittableRandom random, String alphabet, int max) {
        var text = new StringBuilder();
        for (int i = random.nextInt(1, max + 1); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
