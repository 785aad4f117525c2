package io.millwright.iec61131.syntax;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what stands inside literals (6.3, Tables 5 to 9). Each method reports what is wrong and then gives
/// back null.
final class Literals {
    private static final int DIGITS_MAX = 400;
    private static final int ADDRESS_PARTS_MAX = 9;
    private static final int EXPONENT_MAX = 9_999;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms", "us", "ns");
    private static final long[] UNIT_NANOS = {
        86_400 * NANOS_PER_SECOND,
        3_600 * NANOS_PER_SECOND,
        60 * NANOS_PER_SECOND,
        NANOS_PER_SECOND,
        1_000_000,
        1_000,
        1
    };

    private final Dialect dialect;
    private final Diagnostics diagnostics;

    Literals(Dialect dialect, Diagnostics diagnostics) {
        this.dialect = dialect;
        this.diagnostics = diagnostics;
    }

    /// What kind of literal a word before `#` begins.
    static Kind prefix(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "T", "TIME", "LT", "LTIME" -> Kind.DURATION;
            case "D", "DATE", "LD", "LDATE" -> Kind.DATE;
            case "TOD", "TIME_OF_DAY", "LTOD", "LTIME_OF_DAY" -> Kind.TIME_OF_DAY;
            case "DT", "DATE_AND_TIME", "LDT", "LDATE_AND_TIME" -> Kind.DATE_AND_TIME;
            default -> Kind.TYPE_PREFIX;
        };
    }

    /// The value of a token that is a literal by itself.
    @Nullable
    LiteralValue value(Kind kind, Span span) {
        String text = span.text();
        return switch (kind) {
            case NUMBER -> number(text, span);
            case STRING_LITERAL -> string(text, false, span);
            case WIDE_STRING_LITERAL -> string(text, true, span);
            case TRUE, FALSE -> new LiteralValue.Truth(kind == Kind.TRUE);
            case DURATION -> duration(text, span);
            case DATE -> date(text, span);
            case TIME_OF_DAY -> timeOfDay(text, span);
            case DATE_AND_TIME -> dateAndTime(text, span);
            default -> throw new IllegalArgumentException("no literal: " + kind);
        };
    }

    private @Nullable LiteralValue number(String text, Span span) {
        int hash = text.indexOf('#');
        String digits = text.substring(hash + 1);
        if (text.length() > DIGITS_MAX) {
            return bad(span, "a number has at most %d digits".formatted(DIGITS_MAX));
        }
        if (digits.isEmpty() || digits.startsWith("_") || digits.endsWith("_") || digits.contains("__")) {
            return bad(span, "in a number an underscore stands alone between two digits");
        }
        digits = digits.replace("_", "");
        if (hash >= 0) {
            return based(text.substring(0, hash), digits, span);
        }
        if (digits.endsWith(".")) {
            diagnostics.add(Diagnostic.error("E004", span, "after the point of a number there is a digit")
                    .suggesting(text + "0"));
            return null;
        }
        int exponent = Math.max(digits.indexOf('e'), digits.indexOf('E'));
        if (exponent < 0 && digits.indexOf('.') < 0) {
            return new LiteralValue.Whole(new BigInteger(digits), 10);
        }
        if (exponent >= 0) {
            String power = digits.substring(exponent + 1).replaceFirst("^[+-]?0*", "");
            if (power.length() > 4 || !power.isEmpty() && Integer.parseInt(power) > EXPONENT_MAX) {
                return bad(
                        span, "the exponent of a number is between -%d and %d".formatted(EXPONENT_MAX, EXPONENT_MAX));
            }
            if (dialect == Dialect.STANDARD && digits.indexOf('.') < 0) {
                return bad(span, "a number with an exponent has a point as well, such as 1.0E6");
            }
        }
        return new LiteralValue.Real(new BigDecimal(digits));
    }

    private @Nullable LiteralValue based(String base, String digits, Span span) {
        int radix = switch (base.replace("_", "")) {
            case "2" -> 2;
            case "8" -> 8;
            case "10" -> 10;
            case "16" -> 16;
            default -> 0;
        };
        if (radix == 0 || radix == 10 && dialect == Dialect.STANDARD) {
            return bad(span, "the base of a number is 2, 8 or 16, not %s".formatted(base));
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) >= 0x80 || Character.digit(digits.charAt(i), radix) < 0) {
                return bad(span, "\"%c\" is no digit of base %d".formatted(digits.charAt(i), radix));
            }
        }
        return new LiteralValue.Whole(new BigInteger(digits, radix), radix);
    }

    /// Table 6: `$` and two hexadecimal digits, four in a wide string, or one of `$ ' " L N P R T`.
    private @Nullable LiteralValue string(String text, boolean wide, Span span) {
        int digits = wide ? 4 : 2;
        int end = text.length() - 1;
        StringBuilder value = new StringBuilder();
        for (int at = 1; at < end; at++) {
            char c = text.charAt(at);
            if (c != '$') {
                value.append(c);
                // Common dialects double a quote instead of writing $ before it; the lexer lets no other stand here.
                at += c == text.charAt(0) ? 1 : 0;
                continue;
            }
            char escape = text.charAt(++at);
            int simple = "$'\"LNPRT".indexOf(Character.toUpperCase(escape));
            if (simple >= 0) {
                value.append("$'\"\n\n\f\r\t".charAt(simple));
            } else if (at + digits <= end && isHex(text, at, digits)) {
                value.append((char) Integer.parseInt(text, at, at + digits, 16));
                at += digits - 1;
            } else {
                Span place = span.source().span(span.start() + at - 1, span.start() + at + 1);
                diagnostics.error(
                        "E006",
                        place,
                        "after $ in a %s stand %d hexadecimal digits or one of $ ' \" L N P R T; $$ is the sign"
                                .formatted(wide ? "wide string" : "string", digits));
                return null;
            }
        }
        return new LiteralValue.Text(value.toString(), wide);
    }

    private static boolean isHex(String text, int at, int digits) {
        for (int i = at; i < at + digits; i++) {
            if (text.charAt(i) >= 0x80 || Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Table 8: units in falling order, each once, a fraction only in the last.
    private @Nullable LiteralValue duration(String text, Span span) {
        int at = text.indexOf('#') + 1;
        boolean isLong = isLong(text);
        boolean negative = at < text.length() && text.charAt(at) == '-';
        String body = text.substring(at).replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
        if (body.isEmpty()
                || body.length() > 100
                || body.startsWith("_")
                || body.endsWith("_")
                || body.contains("__")) {
            return badDuration(span);
        }
        body = body.replace("_", "");
        BigDecimal nanos = BigDecimal.ZERO;
        int least = -1;
        int from = 0;
        boolean fraction = false;
        while (from < body.length()) {
            int unitStart = skip(body, from, true);
            int unitEnd = skip(body, unitStart, false);
            String number = body.substring(from, unitStart);
            int unit = UNITS.indexOf(body.substring(unitStart, unitEnd));
            if (unit <= least || fraction || !number.matches("\\d+(\\.\\d+)?")) {
                return badDuration(span);
            }
            least = unit;
            fraction = number.contains(".");
            nanos = nanos.add(new BigDecimal(number).multiply(BigDecimal.valueOf(UNIT_NANOS[unit])));
            from = unitEnd;
        }
        BigInteger whole = nanos.setScale(0, java.math.RoundingMode.HALF_EVEN).toBigInteger();
        if (whole.bitLength() > 63) {
            return bad(span, "a duration is at most about 292 years (2**63 - 1 nanoseconds)");
        }
        return new LiteralValue.Duration(negative ? whole.negate() : whole, isLong);
    }

    private static int skip(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length() && (Lexer.isDigit(text.charAt(at)) || text.charAt(at) == '.') == digits) {
            at++;
        }
        return at;
    }

    private @Nullable LiteralValue badDuration(Span span) {
        return bad(
                span,
                "a duration is made of d, h, m, s, ms, us and ns in this order, with a fraction in the last only, "
                        + "such as T#1h30m or T#-2.5s");
    }

    /// What stands behind `#`, without the underscores that the numbers of Table 9 may have between digits.
    private static String body(String text) {
        return text.substring(text.indexOf('#') + 1).replaceAll("(?<=\\d)_(?=\\d)", "");
    }

    private @Nullable LiteralValue date(String text, Span span) {
        LocalDate day = day(body(text), span);
        return day == null ? null : new LiteralValue.Date(day.toEpochDay(), isLong(text));
    }

    private @Nullable LiteralValue timeOfDay(String text, Span span) {
        long nanos = clock(body(text), span);
        return nanos < 0 ? null : new LiteralValue.TimeOfDay(nanos, isLong(text));
    }

    private @Nullable LiteralValue dateAndTime(String text, Span span) {
        String body = body(text);
        int dash = body.lastIndexOf('-');
        LocalDate day = day(dash < 0 ? body : body.substring(0, dash), span);
        if (day == null) {
            return null;
        }
        long nanos = clock(body.substring(dash + 1), span);
        return nanos < 0
                ? null
                : new LiteralValue.DateAndTime(
                        BigInteger.valueOf(day.toEpochDay())
                                .multiply(BigInteger.valueOf(UNIT_NANOS[0]))
                                .add(BigInteger.valueOf(nanos)),
                        isLong(text));
    }

    private @Nullable LocalDate day(String text, Span span) {
        String[] parts = text.split("-", -1);
        if (parts.length == 3 && areDigits(parts, 4)) {
            try {
                return LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            } catch (DateTimeException e) {
                bad(span, "there is no day %s in the calendar".formatted(text));
                return null;
            }
        }
        bad(span, "a date is written year-month-day, such as D#2026-11-21 or DT#2026-11-21-06:30:00");
        return null;
    }

    /// Nanoseconds since midnight, or -1.
    private long clock(String text, Span span) {
        String[] parts = text.split(":", -1);
        boolean whole = parts.length == 3 || parts.length == 2 && dialect == Dialect.COMMON;
        String seconds = whole && parts.length == 3 ? parts[2] : "0";
        int point = seconds.indexOf('.');
        String fraction = point < 0 ? "" : seconds.substring(point + 1);
        if (whole && parts.length == 3) {
            parts[2] = point < 0 ? seconds : seconds.substring(0, point);
        }
        if (!whole || !areDigits(parts, 2) || !fraction.matches("\\d{0,9}")) {
            bad(span, "a time of day is written hour:minute:second, such as TOD#06:30:00 or TOD#06:30:00.250");
            return -1;
        }
        int hour = Integer.parseInt(parts[0]);
        int minute = Integer.parseInt(parts[1]);
        int second = parts.length == 3 ? Integer.parseInt(parts[2]) : 0;
        if (hour > 23 || minute > 59 || second > 59) {
            bad(span, "there is no time %s in a day: hours go to 23, minutes and seconds to 59".formatted(text));
            return -1;
        }
        long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
        return ((hour * 60L + minute) * 60 + second) * NANOS_PER_SECOND + nanos;
    }

    private static boolean areDigits(String[] parts, int most) {
        for (String part : parts) {
            if (part.isEmpty() || part.length() > most || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    /// `%IX1.2` or `%Q*`, whose form the lexer has seen to.
    Address address(Span span) {
        String text = span.text();
        Address.Area area = switch (Character.toUpperCase(text.charAt(1))) {
            case 'I' -> Address.Area.INPUT;
            case 'Q' -> Address.Area.OUTPUT;
            case 'M' -> Address.Area.MEMORY;
            default -> Address.Area.STRUCTURE;
        };
        int at = area == Address.Area.STRUCTURE ? 1 : 2;
        char second = text.charAt(at);
        boolean sized = second != '*' && !Lexer.isDigit(second);
        List<Integer> path = new ArrayList<>();
        String numbers = text.substring(sized ? at + 1 : at);
        if (!numbers.equals("*")) {
            for (String part : numbers.split("\\.", ADDRESS_PARTS_MAX + 1)) {
                if (part.length() > 9 || part.indexOf('.') >= 0) {
                    bad(span, "an address has at most %d numbers of 9 digits".formatted(ADDRESS_PARTS_MAX));
                    break;
                }
                path.add(Integer.parseInt(part));
            }
        }
        return new Address(area, sized ? size(second) : null, path);
    }

    static Address.Size size(char letter) {
        return switch (Character.toUpperCase(letter)) {
            case 'B' -> Address.Size.B;
            case 'W' -> Address.Size.W;
            case 'D' -> Address.Size.D;
            case 'L' -> Address.Size.L;
            default -> Address.Size.X;
        };
    }

    private static boolean isLong(String text) {
        return (text.charAt(0) | 0x20) == 'l';
    }

    private @Nullable LiteralValue bad(Span span, String message) {
        diagnostics.error("E004", span, message);
        return null;
    }
}
