package io.millwright.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.text.NotationException;
import io.millwright.model.unit.Ucum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {

    /// NIST SP 811 (2008), appendix B.8: factors for converting to SI, as printed there (bold ones are exact).
    @ParameterizedTest
    @CsvFileSource(resources = "nist-sp811.txt", delimiter = '|', quoteCharacter = '`')
    void convertsByTheFactorsOfNistSp811(String from, String to, double factor) {
        double converted = new Quantity(1, Unit.parse(from)).to(Unit.parse(to)).value();

        assertEquals(factor, converted, factor * 1e-6);
    }

    /// UCUM, table 17, gives 133.3220 kPa where NIST SP 811 has 133.3224 kPa; a code means what UCUM says.
    @Test
    void takesTheMercuryColumnOfUcum() {
        assertEquals(
                133.3220,
                new Quantity(1, Unit.parse("mm[Hg]")).to(Unit.parse("Pa")).value(),
                1e-9);
    }

    /// NIST SP 811, B.8 (temperature) and the definitions of the levels in UCUM, table 20; fixed points of the scales.
    @ParameterizedTest
    @CsvSource({
        "0, Cel, K, 273.15",
        "100, Cel, [degF], 212",
        "-40, [degF], Cel, -40",
        "32, [degF], K, 273.15",
        "491.67, [degR], Cel, 0",
        "80, [degRe], Cel, 100",
        "1500, mCel, K, 274.65",
        "94, dB[SPL], Pa, 1.002374467",
        "30, dB[W], W, 1000",
        "20, dB[V], V, 10",
        "1, Np, dB, 4.342944819",
        "7, [pH], mol/l, 1e-7",
        "8, bit_s, 1, 256",
        "100, %[slope], deg, 45",
    })
    void convertsScalesThatAreNoPlainMultiples(double value, String from, String to, double expected) {
        double converted =
                new Quantity(value, Unit.parse(from)).to(Unit.parse(to)).value();

        assertEquals(expected, converted, Math.abs(expected) * 1e-8 + 1e-9);
    }

    /// UCUM section 2: operators have one precedence and group from the left; exponents bind closer.
    @ParameterizedTest
    @CsvSource({
        "kg/m.s2, kg.s2/m, 1",
        "kg/(m.s2), Pa, 1",
        "m/s/s, m/s2, 1",
        "/min, min-1, 1",
        "10*3/ul, 10^3/uL, 1",
        "10*-6, [ppm], 1",
        "4.[pi].10*-7.N/A2, [mu_0], 1",
        "kg.m+2.s-2, J, 1",
        "{piece}/min, /min, 1",
        "m{length}3, m, 3",
        "(m), m, 1",
        "KiBy, By, 1024",
        "dam, m, 10",
        "2.m, m, 2",
    })
    void readsTheGrammar(String code, String same, double factor) {
        if (code.equals("m{length}3")) {
            assertThrows(NotationException.class, () -> Unit.parse(code));
            return;
        }
        double converted =
                new Quantity(1, Unit.parse(code)).to(Unit.parse(same)).value();

        assertEquals(factor, converted, factor * 1e-12);
    }

    /// UCUM 2.2 section 2 §3: case matters; §11: non-metric units take no prefix; §21: special units stand alone.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "m ",
                "M",
                "kh",
                "Kg",
                "hz",
                "kmin",
                "m..s",
                "m/",
                "(m",
                "m)",
                "m{",
                "m{é}",
                "m^2",
                "m2.",
                "5x",
                "Cel/min",
                "Cel2",
                "2.Cel",
                "[in",
                "kk",
                "m3h",
                "10*9999",
                "()",
                "-1",
                "m/-2",
                "m³",
                "0",
                "0/0",
                "m/0",
                "00.m",
                "Ym99/Ym99"
            })
    void refusesWhatIsNoCode(String text) {
        assertThrows(NotationException.class, () -> Unit.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "m³/h | m3/h",
                "°C | Cel",
                "℃ | Cel",
                "degC | Cel",
                "°F | [degF]",
                "kWh | kW.h",
                "MWh | MW.h",
                "rpm | {rev}/min",
                "kvar | kV.A{reactive}",
                "kVA | kV.A",
                "Nm | N.m",
                "mAh | mA.h",
                "µm | um",
                "μS/cm | uS/cm",
                "Ω | Ohm",
                "kΩ | kOhm",
                "m/s² | m/s2",
                "m/s^2 | m/s2",
                "W/m²·K | W/m2.K",
                "kg/m³ | kg/m3",
                "ppm | [ppm]",
                "psi | [psi]",
                "mmHg | mm[Hg]",
                "ltr/min | l/min",
                "km/hr | km/h",
                "MPA | MPa",
                "KG | kg",
                "°C/min | K/min",
                "件 | {piece}",
                "t/小时 | t/h",
                "N*m | N.m",
                "kg m | kg.m",
            })
    void namesTheCodeForAnEverydayWriting(String written, String code) {
        var error = assertThrows(NotationException.class, () -> Unit.parse(written));

        assertEquals("write \"" + code + "\"", error.suggestion().orElse("nothing"));
        Unit.parse(code);
    }

    @Test
    void offersTheNearestCommonCode() {
        var error = assertThrows(NotationException.class, () -> Unit.parse("mbat"));

        assertEquals("unknown unit \"mbat\"; did you mean \"mbar\"?", error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"l/min", "%", "1", "Cel", "m3/h", "kW.h", "{rev}/min", "[ppm]", "dB[SPL]", "mm/s", "g%"})
    void keepsTheCodeAsWritten(String code) {
        assertEquals(code, Unit.parse(code).toString());
    }

    @Test
    void examplesAreCodes() {
        assertFalse(Ucum.examples().isEmpty());
        Ucum.examples().forEach(Unit::parse);
    }

    /// The table of everyday words must not lead to something that is no code either.
    @Test
    void everySuggestionForAnEverydayWordIsACode() {
        for (String word : new String[] {"℉", "‰", "barg", "cfm", "gpm", "hp", "BTU", "inHg", "千瓦时", "pcs"}) {
            var error = assertThrows(NotationException.class, () -> Unit.parse(word));
            String code = error.suggestion().orElseThrow().replaceAll("write \"(.*)\"", "$1");
            Unit.parse(code);
        }
    }

    @Test
    void tellsWhatConverts() {
        assertTrue(Unit.parse("kW.h").isCommensurableWith(Unit.parse("J")));
        assertFalse(Unit.parse("m3/h").isCommensurableWith(Unit.parse("kg/h")));
        assertNotEquals(Unit.parse("l"), Unit.parse("L"));
        var error = assertThrows(
                IllegalArgumentException.class, () -> new Quantity(1, Unit.parse("m")).to(Unit.parse("s")));
        assertEquals("m does not convert to s: m is not s", error.getMessage());
    }

    @Test
    void convertsThereAndBack() {
        Property.check(2000, random -> {
            String[] same = new String[][] {
                        {"m3/h", "l/min", "[gal_us]/min", "[cft_i]/h"},
                        {"Cel", "K", "[degF]", "[degRe]"},
                        {"bar", "Pa", "[psi]", "m[H2O]"},
                        {"dB[W]", "W", "kW", "[HP]"},
                    }
                    [random.nextInt(4)];
            Unit from = Unit.parse(same[random.nextInt(4)]);
            Unit to = Unit.parse(same[random.nextInt(4)]);
            double value = random.nextDouble(1, 300);

            double back = new Quantity(value, from).to(to).to(from).value();

            assertEquals(value, back, 1e-9 * value);
        });
    }

    @Test
    void anyTextIsEitherAUnitOrRefusedWithAMessage() {
        String alphabet = "mskghPaC10*-+./(){}[]%'^ °³µel\"\\\u0000\ud83d\ude00";
        Property.check(20_000, random -> {
            var text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertTrue(Double.isFinite(Unit.parse(text.toString()).scale().toBase(1)));
            } catch (NotationException e) {
                assertFalse(e.problem().isBlank());
            }
        });
    }

    @Test
    void aVeryLongOrDeepCodeIsRefused() {
        assertThrows(NotationException.class, () -> Unit.parse("(".repeat(1_000_000)));
        assertThrows(NotationException.class, () -> Unit.parse("m.".repeat(49) + "Ym100"));
    }
}
