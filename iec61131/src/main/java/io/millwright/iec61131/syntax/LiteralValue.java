package io.millwright.iec61131.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;

/// What a literal says, before it has a type (6.3). Numbers are exact; whether they fit is for `check` to say.
public sealed interface LiteralValue {
    /// `12`, `16#FF`, `2#1010_0101`; the sign is an operator of its own.
    ///
    /// @param radix 2, 8, 10 or 16, as written
    record Whole(BigInteger value, int radix) implements LiteralValue {}

    /// `3.14`, `1.0E-6`.
    record Real(BigDecimal value) implements LiteralValue {}

    /// `TRUE`, `FALSE`. `BOOL#1` is a [Whole] with a type.
    record Truth(boolean value) implements LiteralValue {}

    /// `'text'` or, wide, `"text"`, with the `$` sequences replaced (Table 6).
    record Text(String value, boolean wide) implements LiteralValue {}

    /// `T#1h2m`, `LTIME#-3us` in nanoseconds (Table 8).
    ///
    /// @param isLong written with LT, LTIME
    record Duration(BigInteger nanos, boolean isLong) implements LiteralValue {}

    /// `D#2026-11-21`: days since 1970-01-01 (Table 9).
    record Date(long days, boolean isLong) implements LiteralValue {}

    /// `TOD#12:30:00.5`: nanoseconds since midnight.
    record TimeOfDay(long nanos, boolean isLong) implements LiteralValue {}

    /// `DT#2026-11-21-12:30:00`: nanoseconds since 1970-01-01, without time zone.
    record DateAndTime(BigInteger nanos, boolean isLong) implements LiteralValue {}
}
