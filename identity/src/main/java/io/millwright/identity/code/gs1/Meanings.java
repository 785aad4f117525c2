package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Element;
import io.millwright.identity.code.Part;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What elements say, in words.
///
/// @param year the year in which the code is read: a year of two digits means the nearest one (section 7.12)
record Meanings(int year) {

    List<Part> of(List<Element> elements) {
        var parts = new ArrayList<Part>();
        for (var element : elements) {
            ApplicationIdentifiers.of(element.ai())
                    .ifPresent(ai -> parts.add(new Part(element.ai(), element.value(), words(ai, element.value()))));
        }
        elements.stream()
                .map(Meanings::issuer)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(range -> parts.addAll(issuer(range)));
        return parts;
    }

    private static List<Part> issuer(CompanyPrefixes.Range range) {
        var parts = new ArrayList<Part>();
        parts.add(new Part("organisation", range.organisation(), "who hands out numbers with this GS1 Prefix"));
        if (!range.countries().isEmpty()) {
            parts.add(new Part(
                    "country",
                    range.countries(),
                    CodeLists.namesOf(range.countries()) + ": of the organisation; the thing may come from anywhere"));
        }
        return parts;
    }

    /// The GS1 Prefix of a key.
    private static Optional<CompanyPrefixes.Range> issuer(Element element) {
        var ai = ApplicationIdentifiers.of(element.ai());
        int at = 0;
        for (var part : ai.map(ApplicationIdentifier::parts).orElse(List.of())) {
            boolean afterOne = part.checks().contains("gcppos2");
            if ((afterOne || part.checks().contains("gcppos1"))
                    && element.value().length() > at + 1) {
                var key = element.value().substring(at);
                if (part.max() == 14) {
                    return CompanyPrefixes.ofGtin(key);
                }
                return CompanyPrefixes.of(afterOne ? key.substring(1) : key);
            }
            at += part.max();
        }
        return Optional.empty();
    }

    private String words(ApplicationIdentifier ai, String value) {
        var said = interpreted(ai, value);
        var what = ai.title().isEmpty() ? ai.meaning() : ai.title() + ", " + ai.meaning();
        return said.isEmpty() ? what : what + ": " + said;
    }

    private String interpreted(ApplicationIdentifier ai, String value) {
        if (!ai.check(value).isEmpty()) {
            return "";
        }
        char first = ai.ai().charAt(0);
        if (first == '3' && ai.ai().length() == 4) {
            return amount(ai, value);
        }
        var words = new ArrayList<String>();
        int at = 0;
        for (var part : ai.parts()) {
            int end = Math.min(value.length(), at + part.max());
            if (at < end) {
                interpreted(part, value.substring(at, end)).ifPresent(words::add);
            }
            at = end;
        }
        return String.join(" ", words);
    }

    private Optional<String> interpreted(ValuePart part, String value) {
        for (var check : part.checks()) {
            var words = switch (check) {
                case "yymmd0", "yymmdd" -> date(century(value) + value);
                case "yyyymmdd" -> date(value);
                case "hhmi" -> value.substring(0, 2) + ":" + value.substring(2);
                case "hh" -> value + " h";
                case "mi" -> value + " min";
                case "ss" -> value + " s";
                case "iso3166", "iso3166999" -> CodeLists.countryName(value);
                case "iso3166alpha2" -> CodeLists.nameOf(value);
                case "latitude" -> degrees(value, 90);
                case "longitude" -> degrees(value, 180);
                case "yesno" -> value.equals("1") ? "yes" : "no";
                case "pieceoftotal" ->
                    "piece %d of %d"
                            .formatted(Integer.parseInt(value.substring(0, 2)), Integer.parseInt(value.substring(2)));
                case "gcppos2" -> part.max() == 14 ? gtin(value) : "";
                default -> "";
            };
            if (!words.isEmpty()) {
                return Optional.of(words);
            }
        }
        return Optional.empty();
    }

    private static String gtin(String value) {
        if (value.startsWith("000000")) {
            return "GTIN-8";
        }
        return value.startsWith("00") ? "GTIN-12" : value.startsWith("0") ? "GTIN-13" : "GTIN-14";
    }

    /// The first two digits of the year: within 49 years back and 50 ahead.
    private int century(String value) {
        int two = Integer.parseInt(value.substring(0, 2));
        int ahead = two - year % 100;
        int century = year / 100;
        return ahead >= 51 ? century - 1 : ahead <= -50 ? century + 1 : century;
    }

    private static String date(String digits) {
        var month = digits.substring(0, 4) + "-" + digits.substring(4, 6);
        var day = digits.substring(6);
        return day.equals("00") ? month + ", last day" : month + "-" + day;
    }

    private static String degrees(String value, int half) {
        var degrees = new BigDecimal(new BigInteger(value), 7);
        var shifted = half == 90
                ? degrees.subtract(BigDecimal.valueOf(half))
                : degrees.compareTo(BigDecimal.valueOf(half)) > 0 ? degrees.subtract(BigDecimal.valueOf(360)) : degrees;
        return shifted.stripTrailingZeros().toPlainString() + "°";
    }

    /// Measures and amounts: the last digit of the application identifier tells the decimal places.
    private static String amount(ApplicationIdentifier ai, String value) {
        int places = ai.ai().charAt(3) - '0';
        boolean currency = ai.parts().size() > 1;
        var digits = currency ? value.substring(3) : value;
        var number = new BigDecimal(new BigInteger(digits), places).toPlainString();
        var title = ai.title();
        int bracket = title.indexOf('(');
        if (currency) {
            return number + " " + CodeLists.currencyLetters(value.substring(0, 3));
        }
        if (ai.ai().startsWith("394")) {
            return number + " %";
        }
        return bracket < 0 ? number : number + " " + title.substring(bracket + 1, title.lastIndexOf(')'));
    }
}
