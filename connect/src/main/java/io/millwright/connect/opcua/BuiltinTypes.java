package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;

/// Our values as values of a built-in type, refused where they do not fit: nothing is cut off or rounded away.
final class BuiltinTypes {

    private BuiltinTypes() {}

    /// The value in the type that a node holds.
    ///
    /// @throws LinkException if the type cannot hold it
    static Object as(OpcUaDataType type, Value value) throws LinkException {
        return switch (type) {
            case Boolean -> truth(value);
            case SByte -> whole(value, type, 8, true).byteValue();
            case Byte -> ubyte(whole(value, type, 8, false).shortValue());
            case Int16 -> whole(value, type, 16, true).shortValue();
            case UInt16 -> ushort(whole(value, type, 16, false).intValue());
            case Int32 -> whole(value, type, 32, true).intValue();
            case UInt32 -> uint(whole(value, type, 32, false).longValue());
            case Int64 -> whole(value, type, 64, true).longValue();
            case UInt64 -> ulong(whole(value, type, 64, false));
            case Float -> single(value);
            case Double -> real(value, type);
            case String -> text(value, type);
            case LocalizedText -> LocalizedText.english(text(value, type));
            case DateTime -> moment(text(value, type));
            case ByteString -> bytes(text(value, type));
            default -> throw new LinkException(Quality.BAD_NOT_SUPPORTED, "a node of type " + type + " is not written");
        };
    }

    private static boolean truth(Value value) throws LinkException {
        return switch (value) {
            case Value.Bool(boolean b) -> b;
            case Value.Int(long i) when i == 0 || i == 1 -> i == 1;
            case Value.Int _, Value.Real _, Value.Text _, Value.Missing _ ->
                throw mismatch(value, "Boolean; write true or false");
        };
    }

    private static BigInteger whole(Value value, OpcUaDataType type, int bits, boolean signed) throws LinkException {
        BigInteger number = switch (value) {
            case Value.Int(long i) -> BigInteger.valueOf(i);
            case Value.Real(double r) when Double.isFinite(r) && r == Math.rint(r) -> new BigDecimal(r).toBigInteger();
            case Value.Real _, Value.Bool _, Value.Text _, Value.Missing _ ->
                throw mismatch(value, type + "; write a whole number");
        };
        BigInteger min = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger max = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw new LinkException(
                    Quality.BAD_OUT_OF_RANGE, number + " does not fit " + type + " (" + min + " to " + max + ")");
        }
        return number;
    }

    private static double real(Value value, OpcUaDataType type) throws LinkException {
        return switch (value) {
            case Value.Int(long i) -> i;
            case Value.Real(double r) -> r;
            case Value.Bool _, Value.Text _, Value.Missing _ -> throw mismatch(value, type + "; write a number");
        };
    }

    private static float single(Value value) throws LinkException {
        double wide = real(value, OpcUaDataType.Float);
        float narrow = (float) wide;
        if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
            throw new LinkException(
                    Quality.BAD_OUT_OF_RANGE, wide + " does not fit Float (at most ±" + Float.MAX_VALUE + ")");
        }
        return narrow;
    }

    private static String text(Value value, OpcUaDataType type) throws LinkException {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        throw mismatch(value, type + "; write a text");
    }

    private static DateTime moment(String text) throws LinkException {
        try {
            return new DateTime(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw mismatch(Value.of(text), "DateTime; write e.g. 2026-11-21T08:00:00Z");
        }
    }

    private static ByteString bytes(String text) throws LinkException {
        try {
            return ByteString.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw mismatch(Value.of(text), "ByteString; write Base64");
        }
    }

    private static LinkException mismatch(Value value, String right) {
        return new LinkException(Quality.BAD_TYPE_MISMATCH, "\"" + value + "\" is not a " + right);
    }
}
