package io.millwright.connect.sparkplug;

import com.google.protobuf.ByteString;
import io.millwright.connect.sparkplug.SparkplugMetric.Read;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/// Values on the wire (Sparkplug 3.0.0, 6.4.16) and ours.
///
/// Integers of up to 32 bits travel in `int_value`, longer ones and DateTime in `long_value`; some encoders put UInt32
/// into `long_value`. Both are taken for all of them. Negative numbers are two's complement.
final class MetricValues {

    /// The longest text or Base64 that is kept as a value, in characters.
    static final int TEXT_MAX = 64 << 10;

    private static final Read MISMATCH = new Read(Value.missing(), Quality.BAD_TYPE_MISMATCH);
    private static final Read NOT_SUPPORTED = new Read(Value.missing(), Quality.BAD_NOT_SUPPORTED);
    private static final Read NULL = new Read(Value.missing(), Quality.BAD);
    private static final Read UNREADABLE = new Read(Value.missing(), Quality.BAD_DECODING_ERROR);

    private static final Told WHOLE = Told.of(
            "sparkplug-whole", "{value} does not fit the type {type}: write a whole number from {min} to {max}");
    private static final Told NUMBER =
            Told.of("sparkplug-number", "{value} does not fit the type {type}: write a number");
    private static final Told TRUTH =
            Told.of("sparkplug-truth", "{value} does not fit the type {type}: write true or false");
    private static final Told BYTES =
            Told.of("sparkplug-bytes", "{value} does not fit the type {type}: write bytes in Base64");

    private MetricValues() {}

    /// The value of a metric as one of this type. Null is a bad value; a value of another kind is a type mismatch.
    static Read read(Metric metric, SparkplugType type) {
        if (!type.isSupported()) {
            return NOT_SUPPORTED;
        }
        if (metric.getIsNull() || metric.getValueCase() == Metric.ValueCase.VALUE_NOT_SET) {
            return NULL;
        }
        return switch (type) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, DATE_TIME -> integer(metric, type);
            case FLOAT -> metric.hasFloatValue() ? good(Value.of((double) metric.getFloatValue())) : MISMATCH;
            case DOUBLE ->
                metric.hasDoubleValue()
                        ? good(Value.of(metric.getDoubleValue()))
                        : metric.hasFloatValue() ? good(Value.of((double) metric.getFloatValue())) : MISMATCH;
            case BOOLEAN -> metric.hasBooleanValue() ? good(Value.of(metric.getBooleanValue())) : MISMATCH;
            case STRING, TEXT, UUID -> metric.hasStringValue() ? text(metric.getStringValueBytes()) : MISMATCH;
            default -> metric.hasBytesValue() ? bytes(metric.getBytesValue()) : MISMATCH;
        };
    }

    private static Read integer(Metric metric, SparkplugType type) {
        if (!metric.hasIntValue() && !metric.hasLongValue()) {
            return MISMATCH;
        }
        boolean shortForm = metric.hasIntValue();
        long bits = shortForm ? Integer.toUnsignedLong(metric.getIntValue()) : metric.getLongValue();
        return good(
                switch (type) {
                    case INT8 -> Value.of((long) (byte) bits);
                    case INT16 -> Value.of((long) (short) bits);
                    case INT32 -> Value.of((long) (int) bits);
                    case UINT8 -> Value.of(bits & 0xFF);
                    case UINT16 -> Value.of(bits & 0xFFFF);
                    case UINT32 -> Value.of(bits & 0xFFFF_FFFFL);
                    case UINT64 -> bits >= 0 ? Value.of(bits) : Value.of(unsigned(bits));
                    default -> Value.of(shortForm ? (long) (int) bits : bits);
                });
    }

    /// The nearest real number to 64 bits taken as unsigned.
    private static double unsigned(long bits) {
        return ((bits >>> 1) | (bits & 1)) * 2.0;
    }

    private static Read text(ByteString content) {
        if (content.size() > TEXT_MAX || !content.isValidUtf8()) {
            return UNREADABLE;
        }
        return good(Value.of(content.toString(StandardCharsets.UTF_8)));
    }

    private static Read bytes(ByteString content) {
        if (content.size() > TEXT_MAX / 4 * 3) {
            return UNREADABLE;
        }
        return good(Value.of(Base64.getEncoder().encodeToString(content.toByteArray())));
    }

    private static Read good(Value value) {
        return new Read(value, Quality.GOOD);
    }

    /// Puts a value into a metric.
    ///
    /// @throws Misfit if it does not fit the type
    static void write(Metric.Builder metric, SparkplugType type, Value value) {
        metric.setDatatype(type.number());
        switch (type) {
            case INT8 -> metric.setIntValue((int) whole(value, type, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case INT16 -> metric.setIntValue((int) whole(value, type, Short.MIN_VALUE, Short.MAX_VALUE));
            case INT32 -> metric.setIntValue((int) whole(value, type, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT8 -> metric.setIntValue((int) whole(value, type, 0, 0xFF));
            case UINT16 -> metric.setIntValue((int) whole(value, type, 0, 0xFFFF));
            case UINT32 -> metric.setLongValue(whole(value, type, 0, 0xFFFF_FFFFL));
            case INT64, DATE_TIME -> metric.setLongValue(whole(value, type, Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT64 -> metric.setLongValue(whole(value, type, 0, Long.MAX_VALUE));
            case FLOAT -> metric.setFloatValue((float) real(value, type));
            case DOUBLE -> metric.setDoubleValue(real(value, type));
            case BOOLEAN -> metric.setBooleanValue(truth(value, type));
            case STRING, TEXT, UUID -> metric.setStringValue(value.toString());
            case BYTES, FILE -> metric.setBytesValue(ByteString.copyFrom(base64(value, type)));
            default ->
                throw new Misfit(Told.of("sparkplug-type", "values of the type {type} cannot be written")
                        .with("type", type));
        }
    }

    private static long whole(Value value, SparkplugType type, long min, long max) {
        long number = switch (value) {
            case Value.Int(long i) -> i;
            case Value.Real(double r) when r == Math.rint(r) && Math.abs(r) < 0x1p53 -> (long) r;
            default -> throw misfit(WHOLE.with("min", min).with("max", max), value, type);
        };
        if (number < min || number > max) {
            throw misfit(WHOLE.with("min", min).with("max", max), value, type);
        }
        return number;
    }

    private static double real(Value value, SparkplugType type) {
        return switch (value) {
            case Value.Int(long i) -> i;
            case Value.Real(double r) -> r;
            default -> throw misfit(NUMBER, value, type);
        };
    }

    private static boolean truth(Value value, SparkplugType type) {
        return switch (value) {
            case Value.Bool(boolean b) -> b;
            case Value.Int(long i) when i == 0 || i == 1 -> i == 1;
            default -> throw misfit(TRUTH, value, type);
        };
    }

    private static byte[] base64(Value value, SparkplugType type) {
        try {
            return Base64.getDecoder().decode(value.toString());
        } catch (IllegalArgumentException e) {
            throw misfit(BYTES, value, type);
        }
    }

    private static Misfit misfit(Told told, Value value, SparkplugType type) {
        return new Misfit(told.with("value", value).with("type", type));
    }
}
