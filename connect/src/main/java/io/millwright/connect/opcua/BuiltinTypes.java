package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.millwright.connect.LinkException;
import io.millwright.connect.LinkTold;
import io.millwright.model.Quality;
import io.millwright.model.Told;
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
            default ->
                throw new LinkException(
                        Quality.BAD_NOT_SUPPORTED,
                        Told.of("opcua-type", "a node of type {type} is not written")
                                .with("type", type));
        };
    }

    private static boolean truth(Value value) throws LinkException {
        return switch (value) {
            case Value.Bool(boolean b) -> b;
            case Value.Int(long i) when i == 0 || i == 1 -> i == 1;
            case Value.Int _, Value.Real _, Value.Text _, Value.Missing _ ->
                throw mismatch(Told.of("opcua-boolean", "\"{value}\" is not a Boolean; write true or false"), value);
        };
    }

    private static BigInteger whole(Value value, OpcUaDataType type, int bits, boolean signed) throws LinkException {
        BigInteger number = switch (value) {
            case Value.Int(long i) -> BigInteger.valueOf(i);
            case Value.Real(double r) when Double.isFinite(r) && r == Math.rint(r) -> new BigDecimal(r).toBigInteger();
            case Value.Real _, Value.Bool _, Value.Text _, Value.Missing _ ->
                throw mismatch(
                        Told.of("opcua-whole", "\"{value}\" is not a {type}; write a whole number")
                                .with("type", type),
                        value);
        };
        BigInteger min = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger max = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            throw new LinkException(Quality.BAD_OUT_OF_RANGE, LinkTold.outside(number, type, min, max));
        }
        return number;
    }

    private static double real(Value value, OpcUaDataType type) throws LinkException {
        return switch (value) {
            case Value.Int(long i) -> i;
            case Value.Real(double r) -> r;
            case Value.Bool _, Value.Text _, Value.Missing _ ->
                throw mismatch(
                        Told.of("opcua-number", "\"{value}\" is not a {type}; write a number")
                                .with("type", type),
                        value);
        };
    }

    private static float single(Value value) throws LinkException {
        double wide = real(value, OpcUaDataType.Float);
        float narrow = (float) wide;
        if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
            throw new LinkException(Quality.BAD_OUT_OF_RANGE, LinkTold.tooLarge(wide, OpcUaDataType.Float));
        }
        return narrow;
    }

    private static String text(Value value, OpcUaDataType type) throws LinkException {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        throw mismatch(
                Told.of("opcua-text", "\"{value}\" is not a {type}; write a text")
                        .with("type", type),
                value);
    }

    private static DateTime moment(String text) throws LinkException {
        try {
            return new DateTime(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw mismatch(
                    Told.of("opcua-time", "\"{value}\" is not a DateTime; write e.g. 2026-11-21T08:00:00Z"),
                    Value.of(text));
        }
    }

    private static ByteString bytes(String text) throws LinkException {
        try {
            return ByteString.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw mismatch(Told.of("opcua-bytes", "\"{value}\" is not a ByteString; write Base64"), Value.of(text));
        }
    }

    private static LinkException mismatch(Told told, Value value) {
        return new LinkException(Quality.BAD_TYPE_MISMATCH, told.with("value", value));
    }
}
