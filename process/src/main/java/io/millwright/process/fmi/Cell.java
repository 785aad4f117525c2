package io.millwright.process.fmi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// How one value lies in memory between us and an FMU (FMI 2.0 fmi2TypesPlatform.h, FMI 3.0
/// fmi3PlatformTypes.h).
enum Cell {
    FLOAT(4),
    DOUBLE(8),
    BYTE(1),
    UNSIGNED_BYTE(1),
    SHORT(2),
    UNSIGNED_SHORT(2),
    INT(4),
    UNSIGNED_INT(4),
    LONG(8),
    UNSIGNED_LONG(8),
    BOOL(1),
    BOOL_AS_INT(4),
    TEXT(8),
    OCTETS(8);

    static final int TEXT_BYTES_MAX = 1 << 20;
    static final long OCTETS_MAX = 16L << 20;
    private static final double TWO_TO_63 = 0x1p63;

    private final int bytes;

    Cell(int bytes) {
        this.bytes = bytes;
    }

    long size(int count) {
        return (long) bytes * count;
    }

    /// The function of FMI 2 that takes values of a type, after `fmi2Get` and `fmi2Set`.
    static String function2(VariableType type) {
        return switch (type) {
            case FLOAT64 -> "Real";
            case INT32, ENUMERATION -> "Integer";
            case BOOLEAN -> "Boolean";
            default -> "String";
        };
    }

    static Cell of2(VariableType type) {
        return switch (type) {
            case FLOAT64 -> DOUBLE;
            case INT32, ENUMERATION -> INT;
            case BOOLEAN -> BOOL_AS_INT;
            default -> TEXT;
        };
    }

    /// The function of FMI 3 that takes values of a type, after `fmi3Get` and `fmi3Set`.
    static String function3(VariableType type) {
        return type == VariableType.ENUMERATION ? "Int64" : type.text();
    }

    static Cell of3(VariableType type) {
        return switch (type) {
            case FLOAT32 -> FLOAT;
            case FLOAT64 -> DOUBLE;
            case INT8 -> BYTE;
            case UINT8 -> UNSIGNED_BYTE;
            case INT16 -> SHORT;
            case UINT16 -> UNSIGNED_SHORT;
            case INT32 -> INT;
            case UINT32 -> UNSIGNED_INT;
            case INT64, ENUMERATION -> LONG;
            case UINT64 -> UNSIGNED_LONG;
            case BOOLEAN, CLOCK -> BOOL;
            case STRING -> TEXT;
            case BINARY -> OCTETS;
        };
    }

    /// A value as a number: truth values are 0 and 1.
    double number(MemorySegment values, int index) {
        return switch (this) {
            case FLOAT -> values.getAtIndex(ValueLayout.JAVA_FLOAT, index);
            case DOUBLE -> values.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
            case UNSIGNED_LONG -> {
                long bits = whole(values, index);
                yield bits >= 0 ? bits : (bits >>> 1) * 2.0;
            }
            default -> whole(values, index);
        };
    }

    /// Writes a number: whole ones are rounded and kept within their type, truth values are above or below one
    /// half.
    void number(MemorySegment values, int index, double value) {
        switch (this) {
            case FLOAT -> values.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) value);
            case DOUBLE -> values.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
            case BOOL, BOOL_AS_INT -> whole(values, index, value >= 0.5 ? 1 : 0);
            case UNSIGNED_LONG -> {
                double rounded = Math.clamp(Math.rint(value), 0, 2 * TWO_TO_63);
                whole(values, index, rounded < TWO_TO_63 ? (long) rounded : upper(rounded));
            }
            default -> {
                boolean signed = this == BYTE || this == SHORT || this == INT || this == LONG;
                int bits = bytes * 8;
                double min = signed ? -Math.scalb(1, bits - 1) : 0;
                double max = Math.scalb(1, signed ? bits - 1 : bits) - 1;
                whole(values, index, (long) Math.clamp(Math.rint(value), min, max));
            }
        }
    }

    private static long upper(double rounded) {
        return rounded >= 2 * TWO_TO_63 ? -1 : (long) (rounded - TWO_TO_63) ^ Long.MIN_VALUE;
    }

    private long whole(MemorySegment values, int index) {
        return switch (this) {
            case BYTE -> values.get(ValueLayout.JAVA_BYTE, index);
            case UNSIGNED_BYTE -> values.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
            case SHORT -> values.getAtIndex(ValueLayout.JAVA_SHORT, index);
            case UNSIGNED_SHORT -> values.getAtIndex(ValueLayout.JAVA_SHORT, index) & 0xFFFF;
            case INT -> values.getAtIndex(ValueLayout.JAVA_INT, index);
            case UNSIGNED_INT -> values.getAtIndex(ValueLayout.JAVA_INT, index) & 0xFFFF_FFFFL;
            case BOOL -> values.get(ValueLayout.JAVA_BYTE, index) == 0 ? 0 : 1;
            case BOOL_AS_INT -> values.getAtIndex(ValueLayout.JAVA_INT, index) == 0 ? 0 : 1;
            default -> values.getAtIndex(ValueLayout.JAVA_LONG, index);
        };
    }

    private void whole(MemorySegment values, int index, long value) {
        switch (bytes) {
            case 1 -> values.set(ValueLayout.JAVA_BYTE, index, (byte) value);
            case 2 -> values.setAtIndex(ValueLayout.JAVA_SHORT, index, (short) value);
            case 4 -> values.setAtIndex(ValueLayout.JAVA_INT, index, (int) value);
            default -> values.setAtIndex(ValueLayout.JAVA_LONG, index, value);
        }
    }

    /// Reads all values; `sizes` are those of octets.
    Values read(MemorySegment values, MemorySegment sizes, int count) {
        return switch (this) {
            case FLOAT, DOUBLE -> {
                var reals = new double[count];
                for (int i = 0; i < count; i++) {
                    reals[i] = number(values, i);
                }
                yield new Values.Reals(reals);
            }
            case BOOL, BOOL_AS_INT -> {
                var truths = new boolean[count];
                for (int i = 0; i < count; i++) {
                    truths[i] = whole(values, i) != 0;
                }
                yield new Values.Truths(truths);
            }
            case TEXT -> {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    texts.add(CText.read(values.getAtIndex(ValueLayout.ADDRESS, i), TEXT_BYTES_MAX));
                }
                yield new Values.Texts(texts);
            }
            case OCTETS -> octets(values, sizes, count);
            default -> {
                var wholes = new long[count];
                for (int i = 0; i < count; i++) {
                    wholes[i] = whole(values, i);
                }
                yield new Values.Wholes(wholes);
            }
        };
    }

    @SuppressWarnings("restricted")
    private static Values octets(MemorySegment values, MemorySegment sizes, int count) {
        List<byte[]> octets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long size = sizes.getAtIndex(ValueLayout.JAVA_LONG, i);
            var pointer = values.getAtIndex(ValueLayout.ADDRESS, i);
            if (size < 0 || size > OCTETS_MAX) {
                throw new FmuError("a binary value has " + Long.toUnsignedString(size) + " octets; at most "
                        + OCTETS_MAX + " are read");
            }
            octets.add(
                    pointer.address() == 0
                            ? new byte[0]
                            : pointer.reinterpret(size).toArray(ValueLayout.JAVA_BYTE));
        }
        return new Values.Octets(octets);
    }

    /// Writes all values; what they point to lives in the arena.
    void write(MemorySegment values, MemorySegment sizes, Values given, Arena arena) {
        switch (given) {
            case Values.Reals(var reals) -> {
                for (int i = 0; i < reals.length; i++) {
                    number(values, i, reals[i]);
                }
            }
            case Values.Wholes(var wholes) -> {
                for (int i = 0; i < wholes.length; i++) {
                    whole(values, i, wholes[i]);
                }
            }
            case Values.Truths(var truths) -> {
                for (int i = 0; i < truths.length; i++) {
                    whole(values, i, truths[i] ? 1 : 0);
                }
            }
            case Values.Texts(var texts) -> {
                for (int i = 0; i < texts.size(); i++) {
                    values.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
                }
            }
            case Values.Octets(var octets) -> {
                for (int i = 0; i < octets.size(); i++) {
                    byte[] value = octets.get(i);
                    values.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(ValueLayout.JAVA_BYTE, value));
                    sizes.setAtIndex(ValueLayout.JAVA_LONG, i, value.length);
                }
            }
        }
    }
}
