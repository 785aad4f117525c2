package io.millwright.identity.code.gs1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every check of values. Values and verdicts follow from the clause named beside each group; those of the dictionary's
/// own vectors that were run against these checks are counted in COVERAGE.md.
class ChecksTest {

    /// GS1 General Specifications, section 7.9.1: the key of the worked example, and keys of sections 2.1 and 2.2.
    @Test
    void checkDigitsComeOutAsInTheSpecifications() {
        assertEquals(3, CheckDigits.of("629104150021"));
        assertEquals(2, CheckDigits.of("0950600013435"));
        assertEquals(9, CheckDigits.of("37610425002123456"));
        assertEquals(4, CheckDigits.of("9638507"));
    }

    /// Section 7.9.5, example of the Global Model Number.
    @Test
    void checkCharactersOfAModelNumber() {
        assertEquals("2K", CheckDigits.pairOf("1987654Ad4X4bL5ttr2310c"));
    }

    /// Right values. Dates: section 3.4; roll products: 3.9.1; coupons: the guideline for AI (8110); IBAN: ISO 13616-1.
    @ParameterizedTest
    @CsvSource({
        "csum, 0614141123452",
        "csum, 6291041500213",
        "csumalpha, 1987654Ad4X4bL5ttr2310c2K",
        "yymmd0, 261200",
        "yymmd0, 240229",
        "yymmdd, 000229",
        "yyyymmdd, 20000229",
        "yyyymmd0, 20261100",
        "hhmi, 2359",
        "hh, 00",
        "mi, 59",
        "ss, 59",
        "iso3166, 156",
        "iso3166999, 999",
        "iso3166999, 276",
        "iso3166alpha2, CN",
        "iso4217, 978",
        "iso4217, 156",
        "iso5218, 9",
        "iban, GB82WEST12345698765432",
        "iban, DE89370400440532013000",
        "zero, 0",
        "nonzero, 0010",
        "nozeroprefix, 10",
        "winding, 9",
        "yesno, 1",
        "hyphen, -",
        "pcenc, A%20B%C3%A9",
        "importeridx, _",
        "latitude, 1800000000",
        "longitude, 3600000000",
        "mediatype, 10",
        "mediatype, 80",
        "hasnondigit, 12A",
        "pieceoftotal, 0202",
        "posinseqslash, 1/3",
        "posinseqslash, 9/10",
        "gcppos1, 0614141",
        "gcppos2, 80614141123458",
        "packagetype, 201",
        "packagetype, PX",
        "couponcode, 106141416543213150110120",
    })
    void rightValuesPass(String check, String value) {
        var fault = Checks.named(check).of(value);
        assertTrue(fault.isEmpty(), () -> check + " " + value + ": " + fault);
    }

    /// Wrong values, and where.
    @ParameterizedTest
    @CsvSource({
        "csum, 0614141123453, 12",
        "csumalpha, 1987654Ad4X4bL5ttr2310c2L, 23",
        "csumalpha, A, 0",
        "yymmd0, 261300, 2",
        "yymmd0, 260230, 4",
        "yymmdd, 261200, 4",
        "yymmdd, 230229, 4",
        "yymmdd, 2612A1, 4",
        "yyyymmdd, 19000229, 6",
        "hhmi, 2400, 0",
        "hhmi, 2360, 2",
        "hh, 24, 0",
        "mi, 60, 0",
        "ss, 60, 0",
        "iso3166, 000, 0",
        "iso3166, 999, 0",
        "iso3166alpha2, XX, 0",
        "iso3166alpha2, cn, 0",
        "iso4217, 000, 0",
        "iso5218, 3, 0",
        "iban, GB83WEST12345698765432, 2",
        "iban, XX82WEST12345698765432, 0",
        "iban, GB82west12345698765432, 4",
        "zero, 1, 0",
        "nonzero, 0000, 0",
        "nozeroprefix, 01, 0",
        "winding, 2, 0",
        "yesno, 2, 0",
        "pcenc, A%2, 1",
        "pcenc, A%GG, 1",
        "importeridx, *, 0",
        "latitude, 1800000001, 0",
        "longitude, 3600000001, 0",
        "mediatype, 11, 0",
        "mediatype, 00, 0",
        "hasnondigit, 123, 0",
        "pieceoftotal, 0302, 0",
        "pieceoftotal, 0002, 0",
        "pieceoftotal, 0200, 2",
        "posinseqslash, 4/3, 0",
        "posinseqslash, 10/9, 0",
        "posinseqslash, 1/03, 2",
        "posinseqslash, 13, 0",
        "gcppos1, 06A4141, 2",
        "gcppos2, 806A4141123458, 3",
        "packagetype, ZZZZ, 0",
    })
    void wrongValuesFailAtTheirPlace(String check, String value, int at) {
        assertEquals(at, Checks.named(check).of(value).orElseThrow().at());
    }

    private static final String COUPON = "1" + "0614141" + "654321" + "3" + "150" + "1" + "1" + "0" + "120";

    /// The guideline's coupon, then each of its optional fields: further purchases, dates, serial number, retailer,
    /// miscellaneous.
    @ParameterizedTest
    @CsvSource({
        "1 0 1 1 0 123 9",
        "1 3 2 12 9 123 0 123456",
        "2 1 1 4 123 9",
        "3 261231",
        "3 261231 4 260101",
        "5 0 123456",
        "6 1 0614141",
        "9 0 2 0 1",
        "1 0 1 1 0 123 9 2 1 1 4 123 9 3 261231 4 260101 5 9 123456789012345 6 7 0614141123452 9 6 1 0 0",
    })
    void couponsWithOptionalFieldsPass(String fields) {
        var value = COUPON + fields.replace(" ", "");
        assertEquals(java.util.Optional.empty(), Checks.named("couponcode").of(value), value);
    }

    /// The same fields, wrong: places count from the first optional digit.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1 4, 1",
        "1 0 6, 2",
        "1 0 1 1 5, 4",
        "3 261331, 3",
        "3 260101 4 261231, 8",
        "6 0 061414, 1",
        "9 3, 1",
        "9 0 3, 2",
        "9 0 2 0 2, 4",
        "3 261231 2, 7",
    })
    void wrongCouponsFailAtTheirPlace(String fields, int at) {
        var value = COUPON + fields.replace(" ", "");
        assertEquals(
                COUPON.length() + at,
                Checks.named("couponcode").of(value).orElseThrow().at());
    }

    /// Format, funder of 6 to 12 digits, offer of 6, serial number of 6 to 15.
    @Test
    void positiveOfferFileCoupons() {
        var right = "0" + "1" + "0614141" + "654321" + "0" + "123456";
        assertEquals(java.util.Optional.empty(), Checks.named("couponposoffer").of(right));
        assertEquals(
                0,
                Checks.named("couponposoffer")
                        .of("2" + right.substring(1))
                        .orElseThrow()
                        .at());
        assertEquals(
                1,
                Checks.named("couponposoffer")
                        .of("07" + right.substring(2))
                        .orElseThrow()
                        .at());
        assertEquals(
                right.length(),
                Checks.named("couponposoffer").of(right + "1").orElseThrow().at());
        var cut = right.substring(0, right.length() - 1);
        assertEquals(
                cut.length(),
                Checks.named("couponposoffer").of(cut).orElseThrow().at());
    }
}
