package io.millwright.process.fmi;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The values of a variable: one for a scalar, all elements in row-major order for an array.
public sealed interface Values {

    /// Of `Float32` and `Float64`.
    record Reals(double[] values) implements Values {
        @Override
        public int count() {
            return values.length;
        }
    }

    /// Of whole numbers and enumerations; `UInt64` as its 64 bits.
    record Wholes(long[] values) implements Values {
        @Override
        public int count() {
            return values.length;
        }
    }

    /// Of `Boolean` and `Clock`.
    record Truths(boolean[] values) implements Values {
        @Override
        public int count() {
            return values.length;
        }
    }

    /// Of `String`.
    record Texts(List<String> values) implements Values {
        @Override
        public int count() {
            return values.size();
        }
    }

    /// Of `Binary`.
    record Octets(List<byte[]> values) implements Values {
        @Override
        public int count() {
            return values.size();
        }
    }

    /// How many there are.
    int count();

    /// Reads values as modelDescription.xml and command lines write them: numbers, `true` and `false` or 1 and
    /// 0, text, octets as hexadecimal digits.
    ///
    /// @throws IllegalArgumentException if a text is no value of the type; the message says what would be
    static Values parse(VariableType type, List<String> texts) {
        return switch (type) {
            case FLOAT32, FLOAT64 ->
                new Reals(texts.stream().mapToDouble(t -> real(type, t)).toArray());
            case BOOLEAN, CLOCK -> {
                var values = new boolean[texts.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = truth(texts.get(i));
                }
                yield new Truths(values);
            }
            case STRING -> new Texts(texts.stream().map(Values::text).toList());
            case BINARY -> new Octets(texts.stream().map(Values::octets).toList());
            default -> new Wholes(texts.stream().mapToLong(t -> whole(type, t)).toArray());
        };
    }

    /// Writes each so that [#parse] reads the same value.
    default List<String> texts(VariableType type) {
        return switch (this) {
            case Reals(var values) ->
                Arrays.stream(values)
                        .mapToObj(v -> type == VariableType.FLOAT32 ? Float.toString((float) v) : Double.toString(v))
                        .toList();
            case Wholes(var values) ->
                LongStream.of(values)
                        .mapToObj(v -> type == VariableType.UINT64 ? Long.toUnsignedString(v) : Long.toString(v))
                        .toList();
            case Truths(var values) ->
                IntStream.range(0, values.length)
                        .mapToObj(i -> Boolean.toString(values[i]))
                        .toList();
            case Texts(var values) -> values;
            case Octets(var values) ->
                values.stream().map(HexFormat.of()::formatHex).toList();
        };
    }

    private static double real(VariableType type, String text) {
        try {
            double value = switch (text) {
                case "INF", "+INF" -> Double.POSITIVE_INFINITY;
                case "-INF" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
            return type == VariableType.FLOAT32 ? (float) value : value;
        } catch (NumberFormatException _) {
            throw wrong(text, "a number, such as 1.5");
        }
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw wrong(text, "true or false");
        };
    }

    /// What goes to C ends at its first NUL, so that none may be within.
    private static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text may not contain NUL");
        }
        return text;
    }

    private static byte[] octets(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException _) {
            throw wrong(text, "pairs of hexadecimal digits, such as 66ff");
        }
    }

    private static long whole(VariableType type, String text) {
        int bits = switch (type) {
            case INT8, UINT8 -> 8;
            case INT16, UINT16 -> 16;
            case INT32, UINT32 -> 32;
            default -> 64;
        };
        boolean unsigned = type.text().startsWith("U");
        try {
            if (bits == 64) {
                return unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
            }
            long value = Long.parseLong(text);
            long min = unsigned ? 0 : -(1L << bits - 1);
            long max = (1L << (unsigned ? bits : bits - 1)) - 1;
            if (value >= min && value <= max) {
                return value;
            }
            throw wrong(text, "a whole number from " + min + " to " + max);
        } catch (NumberFormatException _) {
            throw wrong(text, unsigned ? "a whole number of 0 or more" : "a whole number");
        }
    }

    private static IllegalArgumentException wrong(String text, String right) {
        return new IllegalArgumentException(Shown.quoted(text) + " is not " + right);
    }

    /// Splits a list of values as written in an attribute.
    static List<String> split(VariableType type, String text) {
        if (type == VariableType.STRING || type == VariableType.BINARY) {
            return List.of(text);
        }
        return List.of(text.strip().split("\\s+"));
    }
}
