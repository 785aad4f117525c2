package io.millwright.iec61131.type;

import org.jspecify.annotations.Nullable;

/// The elementary types of fixed size (Table 10).
///
/// Times, dates and times of day are kept in nanoseconds, dates and times since 1970-01-01, both in the short
/// and the long types: the standard leaves range and resolution of the short ones to the implementer.
public enum Elementary implements Type {
    BOOL(1, Family.BIT),
    BYTE(8, Family.BIT),
    WORD(16, Family.BIT),
    DWORD(32, Family.BIT),
    LWORD(64, Family.BIT),
    SINT(8, Family.SIGNED),
    INT(16, Family.SIGNED),
    DINT(32, Family.SIGNED),
    LINT(64, Family.SIGNED),
    USINT(8, Family.UNSIGNED),
    UINT(16, Family.UNSIGNED),
    UDINT(32, Family.UNSIGNED),
    ULINT(64, Family.UNSIGNED),
    REAL(32, Family.REAL),
    LREAL(64, Family.REAL),
    TIME(64, Family.DURATION),
    LTIME(64, Family.DURATION),
    DATE(64, Family.DATE),
    LDATE(64, Family.DATE),
    TIME_OF_DAY(64, Family.TIME_OF_DAY),
    LTIME_OF_DAY(64, Family.TIME_OF_DAY),
    DATE_AND_TIME(64, Family.DATE_AND_TIME),
    LDATE_AND_TIME(64, Family.DATE_AND_TIME),
    CHAR(8, Family.CHARACTER),
    WCHAR(16, Family.CHARACTER);

    private final int bits;
    private final Family family;

    Elementary(int bits, Family family) {
        this.bits = bits;
        this.family = family;
    }

    /// What the values are.
    public enum Family {
        BIT,
        SIGNED,
        UNSIGNED,
        REAL,
        DURATION,
        DATE,
        TIME_OF_DAY,
        DATE_AND_TIME,
        CHARACTER
    }

    /// How many bits a value has.
    public int bits() {
        return bits;
    }

    public Family family() {
        return family;
    }

    /// Signed or unsigned integer.
    public boolean isInteger() {
        return family == Family.SIGNED || family == Family.UNSIGNED;
    }

    /// Whether one can count with the values: integers, and bit strings but BOOL.
    public boolean isWhole() {
        return isInteger() || family == Family.BIT && this != BOOL;
    }

    /// Whether values are compared and divided as unsigned numbers: unsigned integers, bit strings and
    /// characters.
    public boolean isUnsigned() {
        return family == Family.UNSIGNED || family == Family.BIT || family == Family.CHARACTER;
    }

    /// Whether the JVM holds a value in a `long`; other types but REAL and LREAL are held in an `int`.
    public boolean isLong() {
        return bits == 64 && family != Family.REAL;
    }

    /// The type of a keyword, in capitals, with its short forms (TOD, DT, LTOD, LDT), or null.
    public static @Nullable Elementary of(String keyword) {
        return switch (keyword) {
            case "TOD" -> TIME_OF_DAY;
            case "LTOD" -> LTIME_OF_DAY;
            case "DT" -> DATE_AND_TIME;
            case "LDT" -> LDATE_AND_TIME;
            default -> {
                for (Elementary type : values()) {
                    if (type.name().equals(keyword)) {
                        yield type;
                    }
                }
                yield null;
            }
        };
    }
}
