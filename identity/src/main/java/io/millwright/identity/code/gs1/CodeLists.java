package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Fault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lists of codes that values are checked against; they stand in `code-lists.txt` with their sources.
public final class CodeLists {

    private static final Map<String, String> COUNTRIES_BY_NUMBER = new HashMap<>();
    private static final Map<String, String> CURRENCIES_BY_NUMBER = new HashMap<>();
    private static final Set<String> PACKAGE_TYPES = new HashSet<>();
    private static final Set<String> COUNTRIES;

    static {
        for (var line : ResourceLines.of("code-lists.txt")) {
            var cells = ResourceLines.cells(line);
            for (var entry : cells.get(1).split(" ", -1)) {
                switch (cells.getFirst()) {
                    case "iso3166" -> COUNTRIES_BY_NUMBER.put(entry.substring(0, 3), entry.substring(3));
                    case "iso4217" -> CURRENCIES_BY_NUMBER.put(entry.substring(0, 3), entry.substring(3));
                    case "packagetype" -> PACKAGE_TYPES.add(entry);
                    default -> throw new IllegalStateException("no list " + cells.getFirst());
                }
            }
        }
        COUNTRIES = Set.copyOf(COUNTRIES_BY_NUMBER.values());
    }

    private CodeLists() {}

    /// Whether it is a country of two letters (ISO 3166-1).
    static boolean isCountry(String code) {
        return COUNTRIES.contains(code);
    }

    /// `iso3166`: a country of three digits.
    static Optional<Fault> country(String value) {
        return COUNTRIES_BY_NUMBER.containsKey(value)
                ? Optional.empty()
                : Check.fault(0, value + " is no ISO 3166-1 country number");
    }

    /// `iso3166999`: a country of three digits, or 999.
    static Optional<Fault> countryOr999(String value) {
        return value.equals("999") ? Optional.empty() : country(value);
    }

    /// `iso3166alpha2`: a country of two letters.
    static Optional<Fault> countryLetters(String value) {
        return isCountry(value)
                ? Optional.empty()
                : Check.fault(0, value + " is no ISO 3166-1 country of two capital letters");
    }

    /// `iso4217`: a currency of three digits.
    static Optional<Fault> currency(String value) {
        return CURRENCIES_BY_NUMBER.containsKey(value)
                ? Optional.empty()
                : Check.fault(0, value + " is no ISO 4217 currency number");
    }

    /// `packagetype`: a kind of package of UN/ECE recommendation 21.
    static Optional<Fault> packageType(String value) {
        return PACKAGE_TYPES.contains(value)
                ? Optional.empty()
                : Check.fault(0, value + " is no package type of UN/ECE recommendation 21");
    }

    /// The English name of a country of three digits (ISO 3166-1); the digits where there is none.
    public static String countryName(String number) {
        var letters = COUNTRIES_BY_NUMBER.get(number);
        return letters == null ? number : nameOf(letters);
    }

    /// The English name of a country of two letters.
    static String nameOf(String letters) {
        return Locale.of("", letters).getDisplayCountry(Locale.ENGLISH);
    }

    /// The English names of countries of two letters.
    static String namesOf(String letters) {
        return String.join(
                ", ", Arrays.stream(letters.split(" ")).map(CodeLists::nameOf).toList());
    }

    /// The three letters of a currency of three digits.
    static String currencyLetters(String number) {
        return CURRENCIES_BY_NUMBER.getOrDefault(number, number);
    }
}
