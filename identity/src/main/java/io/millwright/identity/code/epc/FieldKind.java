package io.millwright.identity.code.epc;

import io.millwright.identity.code.Fault;
import io.millwright.identity.code.gs1.Characters;
import java.util.Optional;
import java.util.function.IntPredicate;

/// What a field of an EPC URI consists of (TDS 1.13, section 5, and the grammars of section 6.3).
enum FieldKind {
    /// Six to twelve digits.
    COMPANY_PREFIX,
    /// Digits that fill up the company prefix; none beside a long prefix.
    REFERENCE,
    /// GS1's 82 characters, those a URN cannot hold escaped.
    TEXT,
    /// GS1's 39 characters.
    COMPONENT,
    /// Digits, zeros in front allowed.
    DIGITS,
    /// A number without zeros in front.
    NUMBER,
    /// Two digits.
    TWO_DIGITS,
    /// Commercial and government entity (5) or DoD activity address (6): capital letters but I and O, digits.
    CAGE,
    /// Capital letters, digits, hyphen and slash; may be empty.
    ADI_PART,
    /// The same, not empty; a number sign may stand in front.
    ADI_SERIAL,
    /// ISO 6346.
    CONTAINER,
    /// Number of the International Maritime Organization.
    VESSEL;

    private static final String TEXT_UNESCAPED = "!'()*+,-.:;=_";
    private static final String CONTAINER_LETTERS = "0123456789A_BCDEFGHIJK_LMNOPQRSTU_VWXYZ";

    EpcScheme.Field named(String name) {
        return new EpcScheme.Field(this, name, 0);
    }

    EpcScheme.Field named(String name, int max) {
        return new EpcScheme.Field(this, name, max);
    }

    /// Whether a dot can be part of it; such a field is the last.
    boolean mayHoldDots() {
        return this == TEXT;
    }

    /// Whether the character may stand in the URI as it is.
    boolean holdsUnescaped(char c) {
        return switch (this) {
            case TEXT -> isLetterOrDigit(c) || TEXT_UNESCAPED.indexOf(c) >= 0;
            case COMPONENT, ADI_PART, ADI_SERIAL -> isCapitalOrDigit(c) || c == '-';
            case CAGE, CONTAINER -> isCapitalOrDigit(c);
            default -> isDigit(c);
        };
    }

    /// What is wrong with a decoded value.
    Optional<Fault> check(String value, int max) {
        if (value.isEmpty() && this != REFERENCE && this != ADI_PART) {
            return fault(0, "must not be empty");
        }
        if (max > 0 && value.length() > max) {
            return fault(max, "has at most " + max + " characters, not " + value.length());
        }
        int bad = firstOutside(value);
        if (bad >= 0) {
            return fault(bad, "does not take this character");
        }
        return switch (this) {
            case COMPANY_PREFIX ->
                value.length() >= 6 && value.length() <= 12
                        ? Optional.empty()
                        : fault(0, "has 6 to 12 digits, not " + value.length());
            case NUMBER ->
                value.length() > 1 && value.startsWith("0") ? fault(0, "must not start with 0") : Optional.empty();
            case TWO_DIGITS -> value.length() == 2 ? Optional.empty() : fault(0, "has two digits");
            case CAGE ->
                value.length() == 5 || value.length() == 6
                        ? Optional.empty()
                        : fault(0, "has 5 characters (CAGE) or 6 (DoDAAC), not " + value.length());
            case CONTAINER -> container(value);
            case VESSEL -> vessel(value);
            default -> Optional.empty();
        };
    }

    private int firstOutside(String value) {
        IntPredicate right = switch (this) {
            case TEXT -> c -> Characters.AI82.holds(Character.toString(c));
            case COMPONENT -> c -> Characters.AI39.holds(Character.toString(c));
            case ADI_PART, ADI_SERIAL -> c -> isCapitalOrDigit((char) c) || c == '-' || c == '/';
            case CAGE -> c -> isCapitalOrDigit((char) c) && c != 'I' && c != 'O';
            case CONTAINER -> c -> isCapitalOrDigit((char) c);
            default -> c -> isDigit((char) c);
        };
        for (int i = 0; i < value.length(); i++) {
            boolean sign = this == ADI_SERIAL && i == 0 && value.charAt(0) == '#' && value.length() > 1;
            if (!sign && !right.test(value.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /// Owner of three letters, category U, J or Z, six digits, check digit (ISO 6346).
    private static Optional<Fault> container(String value) {
        if (!value.matches("[A-Z]{3}[UJZ][0-9]{7}")) {
            return fault(0, "must be three letters, U, J or Z, and seven digits, e.g. CSQU3054383");
        }
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += CONTAINER_LETTERS.indexOf(value.charAt(i)) << i;
        }
        int right = sum % 11 % 10;
        return value.charAt(10) - '0' == right
                ? Optional.empty()
                : fault(10, "check digit is " + value.charAt(10) + ", must be " + right);
    }

    /// Seven digits, the last the sum of the others times 7 to 2.
    private static Optional<Fault> vessel(String value) {
        if (value.length() != 7) {
            return fault(0, "has seven digits, not " + value.length());
        }
        int sum = 0;
        for (int i = 0; i < 6; i++) {
            sum += (7 - i) * (value.charAt(i) - '0');
        }
        return value.charAt(6) - '0' == sum % 10
                ? Optional.empty()
                : fault(6, "check digit is " + value.charAt(6) + ", must be " + sum % 10);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isCapitalOrDigit(char c) {
        return c >= 'A' && c <= 'Z' || isDigit(c);
    }

    private static boolean isLetterOrDigit(char c) {
        return isCapitalOrDigit(c) || c >= 'a' && c <= 'z';
    }

    private static Optional<Fault> fault(int at, String message) {
        return Optional.of(new Fault(at, message));
    }
}
