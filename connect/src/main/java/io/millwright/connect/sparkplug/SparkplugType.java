package io.millwright.connect.sparkplug;

import java.util.Optional;

/// The data types of metrics (Sparkplug 3.0.0, 6.4.16: `DataType`), with their numbers on the wire.
///
/// How they become values of a signal: integers and DateTime (milliseconds since the epoch) are whole numbers, UInt64
/// above 2⁶³ − 1 a real number; Float and Double real numbers with their NaN and infinities; String, Text and UUID
/// texts; Bytes and File texts in Base64 (RFC 4648). DataSet, Template and the arrays are not supported: their samples
/// have no value and the quality BadNotSupported.
public enum SparkplugType {
    INT8(1),
    INT16(2),
    INT32(3),
    INT64(4),
    UINT8(5),
    UINT16(6),
    UINT32(7),
    UINT64(8),
    FLOAT(9),
    DOUBLE(10),
    BOOLEAN(11),
    STRING(12),
    DATE_TIME(13),
    TEXT(14),
    UUID(15),
    DATA_SET(16),
    BYTES(17),
    FILE(18),
    TEMPLATE(19),
    INT8_ARRAY(22),
    INT16_ARRAY(23),
    INT32_ARRAY(24),
    INT64_ARRAY(25),
    UINT8_ARRAY(26),
    UINT16_ARRAY(27),
    UINT32_ARRAY(28),
    UINT64_ARRAY(29),
    FLOAT_ARRAY(30),
    DOUBLE_ARRAY(31),
    BOOLEAN_ARRAY(32),
    STRING_ARRAY(33),
    DATE_TIME_ARRAY(34);

    private static final SparkplugType[] BY_NUMBER = new SparkplugType[35];

    static {
        for (SparkplugType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;

    SparkplugType(int number) {
        this.number = number;
    }

    /// The number on the wire.
    public int number() {
        return number;
    }

    /// Whether a metric of this type can become the value of a signal.
    public boolean isSupported() {
        return this != DATA_SET && this != TEMPLATE && number < INT8_ARRAY.number;
    }

    /// The type of this number; empty for the number 0 (unknown) and all that the specification does not give.
    static Optional<SparkplugType> of(int number) {
        return number < 0 || number >= BY_NUMBER.length ? Optional.empty() : Optional.ofNullable(BY_NUMBER[number]);
    }
}
