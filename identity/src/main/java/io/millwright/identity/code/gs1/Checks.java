package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every check of values, by the name GS1 gives it in the syntax dictionary.
public final class Checks {

    /// The shortest GS1 Company Prefix has four digits.
    private static final int SHORTEST_COMPANY_PREFIX = 4;

    private static final Map<String, Check> BY_NAME = Map.ofEntries(
            Map.entry("couponcode", Coupons::coupon),
            Map.entry("couponposoffer", Coupons::positiveOffer),
            Map.entry("csum", CheckDigits::last),
            Map.entry("csumalpha", CheckDigits::pair),
            Map.entry("gcppos1", Checks::companyPrefix),
            Map.entry("gcppos2", Checks::companyPrefixAfterOne),
            Map.entry("hasnondigit", Checks::someNonDigit),
            Map.entry("hh", Dates::hour),
            Map.entry("hhmi", Dates::hourAndMinute),
            Map.entry("hyphen", Checks::hyphen),
            Map.entry("iban", CheckDigits::iban),
            Map.entry("importeridx", Checks::importerIndex),
            Map.entry("iso3166", CodeLists::country),
            Map.entry("iso3166999", CodeLists::countryOr999),
            Map.entry("iso3166alpha2", CodeLists::countryLetters),
            Map.entry("iso4217", CodeLists::currency),
            Map.entry("iso5218", value -> oneOf(value, Set.of("0", "1", "2", "9"))),
            Map.entry("latitude", value -> atMost(value, 1_800_000_000L, "latitude, 90° south is 0, in 10⁻⁷ degrees")),
            Map.entry("longitude", value -> atMost(value, 3_600_000_000L, "longitude, 0 to 360°, in 10⁻⁷ degrees")),
            Map.entry("mediatype", Checks::mediaType),
            Map.entry("mi", Dates::minute),
            Map.entry("nonzero", Checks::notZero),
            Map.entry("nozeroprefix", Checks::noLeadingZero),
            Map.entry("packagetype", CodeLists::packageType),
            Map.entry("pcenc", Checks::percentEncoding),
            Map.entry("pieceoftotal", Checks::pieceOfTotal),
            Map.entry("posinseqslash", Checks::positionInSequence),
            Map.entry("ss", Dates::second),
            Map.entry("winding", value -> oneOf(value, Set.of("0", "1", "9"))),
            Map.entry("yesno", value -> oneOf(value, Set.of("0", "1"))),
            Map.entry("yymmd0", Dates::monthOrDay),
            Map.entry("yymmdd", Dates::day),
            Map.entry("yyyymmd0", Dates::longMonthOrDay),
            Map.entry("yyyymmdd", Dates::longDay),
            Map.entry("zero", value -> oneOf(value, Set.of("0"))));

    private Checks() {}

    /// The check of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Check named(String name) {
        var check = BY_NAME.get(name);
        if (check == null) {
            throw new IllegalArgumentException("there is no check \"" + name + "\"");
        }
        return check;
    }

    /// The names of all checks.
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /// `gcppos1`: starts as a GS1 Company Prefix does.
    static Optional<Fault> companyPrefix(String value) {
        int bad =
                Characters.NUMERIC.firstOutside(value.substring(0, Math.min(value.length(), SHORTEST_COMPANY_PREFIX)));
        return bad < 0 && value.length() >= SHORTEST_COMPANY_PREFIX
                ? Optional.empty()
                : Check.fault(
                        bad < 0 ? value.length() : bad,
                        "a GS1 Company Prefix starts here, which has at least " + SHORTEST_COMPANY_PREFIX + " digits");
    }

    private static Optional<Fault> companyPrefixAfterOne(String value) {
        return value.isEmpty()
                ? companyPrefix(value)
                : companyPrefix(value.substring(1)).map(f -> f.from(1));
    }

    private static Optional<Fault> someNonDigit(String value) {
        return Characters.NUMERIC.holds(value)
                ? Check.fault(0, "must have a character that is no digit")
                : Optional.empty();
    }

    private static Optional<Fault> hyphen(String value) {
        return value.equals("-") ? Optional.empty() : Check.fault(0, "must be a hyphen");
    }

    private static Optional<Fault> importerIndex(String value) {
        return value.length() == 1 && Characters.BASE64.rank(value.charAt(0)) >= 0
                ? Optional.empty()
                : Check.fault(0, "importer index must be one letter, digit, hyphen or underscore");
    }

    private static Optional<Fault> oneOf(String value, Set<String> allowed) {
        return allowed.contains(value)
                ? Optional.empty()
                : Check.fault(
                        0,
                        "is " + value + ", must be "
                                + String.join(" or ", allowed.stream().sorted().toList()));
    }

    private static Optional<Fault> atMost(String value, long limit, String what) {
        return value.length() == 10 && Characters.NUMERIC.holds(value) && Long.parseLong(value) <= limit
                ? Optional.empty()
                : Check.fault(0, "must be 0000000000 to " + limit + ": " + what);
    }

    /// AIDC media types that are assigned: 01–10 and 80–99.
    private static Optional<Fault> mediaType(String value) {
        boolean digits = value.length() == 2 && Characters.NUMERIC.holds(value);
        int type = digits ? Integer.parseInt(value) : 0;
        return type >= 1 && type <= 10 || type >= 80
                ? Optional.empty()
                : Check.fault(0, value + " is no AIDC media type; those are 01 to 10 and 80 to 99");
    }

    private static Optional<Fault> notZero(String value) {
        int bad = Characters.NUMERIC.firstOutside(value);
        if (bad >= 0) {
            return Check.fault(bad, "must be a digit");
        }
        return isZero(value) ? Check.fault(0, "must not be zero") : Optional.empty();
    }

    private static boolean isZero(String value) {
        return value.chars().allMatch(c -> c == '0');
    }

    private static Optional<Fault> noLeadingZero(String value) {
        if (value.startsWith("0")) {
            return Check.fault(0, "must not start with 0");
        }
        int bad = Characters.NUMERIC.firstOutside(value);
        return bad < 0 ? Optional.empty() : Check.fault(bad, "must be a digit");
    }

    private static Optional<Fault> percentEncoding(String value) {
        for (int i = value.indexOf('%'); i >= 0; i = value.indexOf('%', i + 3)) {
            if (i + 2 >= value.length() || !isHex(value.charAt(i + 1)) || !isHex(value.charAt(i + 2))) {
                return Check.fault(i, "% must stand before two hexadecimal digits");
            }
        }
        return Optional.empty();
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f';
    }

    private static Optional<Fault> pieceOfTotal(String value) {
        int bad = Characters.NUMERIC.firstOutside(value);
        if (bad >= 0) {
            return Check.fault(bad, "must be a digit");
        }
        int half = value.length() / 2;
        if (half == 0 || value.length() % 2 != 0) {
            return Check.fault(0, "piece and total must have as many digits each");
        }
        var piece = value.substring(0, half);
        var total = value.substring(half);
        if (isZero(piece)) {
            return Check.fault(0, "piece must not be 0");
        }
        if (isZero(total)) {
            return Check.fault(half, "total of pieces must not be 0");
        }
        return piece.compareTo(total) <= 0
                ? Optional.empty()
                : Check.fault(0, "piece " + piece + " is beyond the total of " + total);
    }

    private static Optional<Fault> positionInSequence(String value) {
        int slash = value.indexOf('/');
        if (slash < 1
                || slash == value.length() - 1
                || !Characters.NUMERIC.holds(value.substring(0, slash))
                || !Characters.NUMERIC.holds(value.substring(slash + 1))) {
            return Check.fault(0, "must be a position and the end of the sequence, e.g. 1/3");
        }
        if (value.startsWith("0")) {
            return Check.fault(0, "must not start with 0");
        }
        if (value.charAt(slash + 1) == '0') {
            return Check.fault(slash + 1, "must not start with 0");
        }
        var position = value.substring(0, slash);
        var end = value.substring(slash + 1);
        boolean beyond =
                position.length() > end.length() || position.length() == end.length() && position.compareTo(end) > 0;
        return beyond ? Check.fault(0, "position is beyond the end of the sequence") : Optional.empty();
    }
}
