package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Fault;
import java.util.List;
import java.util.Optional;

/// Check digits and check characters of GS1 keys (GS1 General Specifications, section 7.9), and of bank accounts.
public final class CheckDigits {

    /// The check characters of a GMN, by value.
    private static final String CHECK_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final int ALPHA_MODULUS = 1021;
    private static final int IBAN_MODULUS = 97;
    private static final int IBAN_MIN_LENGTH = 11;
    private static final int IBAN_MAX_LENGTH = 34;

    private CheckDigits() {}

    /// The digit that completes a key, e.g. 2 for `0950600013435`.
    ///
    /// @param digits the key without its check digit, digits only
    public static int of(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int weight = (digits.length() - i) % 2 == 1 ? 3 : 1;
            sum += weight * (digits.charAt(i) - '0');
        }
        return (10 - sum % 10) % 10;
    }

    /// The key with its check digit behind it.
    public static String complete(String digits) {
        return digits + of(digits);
    }

    /// `csum`: the last digit is the check digit of those before.
    static Optional<Fault> last(String value) {
        if (value.isEmpty() || !Characters.NUMERIC.holds(value)) {
            return Check.fault(0, "there must be digits, the last of them the check digit");
        }
        int last = value.length() - 1;
        int right = of(value.substring(0, last));
        return value.charAt(last) - '0' == right
                ? Optional.empty()
                : Check.fault(last, "check digit is " + value.charAt(last) + ", must be " + right);
    }

    /// `csumalpha`: the last two characters are the check characters of those before (section 7.9.5).
    static Optional<Fault> pair(String value) {
        int length = value.length() - 2;
        if (length < 0) {
            return Check.fault(0, "too short for two check characters");
        }
        int bad = Characters.AI82.firstOutside(value);
        if (bad >= 0) {
            return Check.fault(bad, "character is not allowed here");
        }
        String right = pairOf(value.substring(0, length));
        return value.endsWith(right)
                ? Optional.empty()
                : Check.fault(length, "check characters are " + value.substring(length) + ", must be " + right);
    }

    /// The two check characters that complete a Global Model Number, e.g. `2K` for `1987654Ad4X4bL5ttr2310c`.
    ///
    /// @param text of GS1's set of 82 characters
    public static String pairOf(String text) {
        var primes = primes(text.length());
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            int weight = primes.get(text.length() - 1 - i);
            sum = (sum + Characters.AI82.rank(text.charAt(i)) * weight) % ALPHA_MODULUS;
        }
        return "" + CHECK_CHARACTERS.charAt(sum / 32) + CHECK_CHARACTERS.charAt(sum % 32);
    }

    private static List<Integer> primes(int count) {
        return java.util.stream.IntStream.iterate(2, n -> n + 1)
                .filter(n -> java.util.stream.IntStream.rangeClosed(2, (int) Math.sqrt(n))
                        .allMatch(d -> n % d != 0))
                .limit(count)
                .boxed()
                .toList();
    }

    /// `iban`: an ISO 13616 account number, ISO 3166 country first, check digits by ISO/IEC 7064 MOD 97-10.
    static Optional<Fault> iban(String value) {
        if (value.length() < 4) {
            return Check.fault(value.length(), "too short for a bank account number");
        }
        if (!CodeLists.isCountry(value.substring(0, 2))) {
            return Check.fault(0, value.substring(0, 2) + " is no ISO 3166-1 country; a bank account starts with one");
        }
        if (value.length() < IBAN_MIN_LENGTH || value.length() > IBAN_MAX_LENGTH) {
            return Check.fault(
                    0,
                    "a bank account number has " + IBAN_MIN_LENGTH + " to " + IBAN_MAX_LENGTH + " characters, not "
                            + value.length());
        }
        int remainder = 0;
        for (int i = 0; i < value.length(); i++) {
            int place = (i + 4) % value.length();
            char c = value.charAt(place);
            int digit = Character.digit(c, 36);
            if (c > 'Z' || digit < 0) {
                return Check.fault(place, "a bank account number has digits and capital letters only");
            }
            remainder = (remainder * (digit < 10 ? 10 : 100) + digit) % IBAN_MODULUS;
        }
        return remainder == 1 ? Optional.empty() : Check.fault(2, "check digits of the bank account are wrong");
    }
}
