package io.millwright.iec61131.format;

import io.millwright.iec61131.syntax.LiteralValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Locale;

/// How values are written (6.3).
final class Literal {
    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us", "ns"};
    private static final long[] NANOS = {
        86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000, 1_000, 1
    };

    private Literal() {}

    static String text(LiteralValue value) {
        return switch (value) {
            case LiteralValue.Whole(var number, var radix) -> whole(number, radix);
            case LiteralValue.Real(var number) -> real(number);
            case LiteralValue.Truth(var truth) -> truth ? "TRUE" : "FALSE";
            case LiteralValue.Text(var text, var wide) -> quoted(text, wide);
            case LiteralValue.Duration(var nanos, var isLong) -> (isLong ? "LTIME#" : "T#") + duration(nanos);
            case LiteralValue.Date(var days, var isLong) -> (isLong ? "LDATE#" : "D#") + day(days);
            case LiteralValue.TimeOfDay(var nanos, var isLong) -> (isLong ? "LTOD#" : "TOD#") + clock(nanos);
            case LiteralValue.DateAndTime(var nanos, var isLong) -> {
                BigInteger[] parts = floor(nanos, BigInteger.valueOf(NANOS[0]));
                yield (isLong ? "LDT#" : "DT#")
                        + day(parts[0].longValueExact())
                        + "-"
                        + clock(parts[1].longValueExact());
            }
        };
    }

    private static BigInteger[] floor(BigInteger value, BigInteger divisor) {
        BigInteger rest = value.mod(divisor);
        return new BigInteger[] {value.subtract(rest).divide(divisor), rest};
    }

    private static String whole(BigInteger number, int radix) {
        String digits = number.abs().toString(radix).toUpperCase(Locale.ROOT);
        return (number.signum() < 0 ? "-" : "") + (radix == 10 ? "" : radix + "#") + digits;
    }

    private static String real(BigDecimal number) {
        String text = number.toString();
        return text.indexOf('.') < 0 && text.indexOf('E') < 0 ? text + "E0" : text;
    }

    /// A string in its quotes, with `$` before what cannot stand in it.
    static String quoted(String text, boolean wide) {
        char quote = wide ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '$' -> out.append("$$");
                case '\n' -> out.append("$L");
                case '\r' -> out.append("$R");
                case '\t' -> out.append("$T");
                case '\f' -> out.append("$P");
                default -> {
                    if (c == quote) {
                        out.append('$').append(c);
                    } else if (c < ' ' || c >= 0x7F && c < 0xA0) {
                        out.append(String.format(Locale.ROOT, wide ? "$%04X" : "$%02X", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append(quote).toString();
    }

    private static String duration(BigInteger nanos) {
        StringBuilder out = new StringBuilder(nanos.signum() < 0 ? "-" : "");
        BigInteger rest = nanos.abs();
        boolean any = false;
        for (int unit = 0; unit < UNITS.length; unit++) {
            BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(NANOS[unit]));
            if (parts[0].signum() != 0) {
                out.append(parts[0]).append(UNITS[unit]);
                any = true;
            }
            rest = parts[1];
        }
        return any ? out.toString() : "0s";
    }

    private static String day(long days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        return String.format(Locale.ROOT, "%04d-%02d-%02d", date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    private static String clock(long nanos) {
        long seconds = nanos / NANOS[3];
        String text = String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
        long fraction = nanos % NANOS[3];
        return fraction == 0
                ? text
                : text + String.format(Locale.ROOT, ".%09d", fraction).replaceFirst("0+$", "");
    }
}
