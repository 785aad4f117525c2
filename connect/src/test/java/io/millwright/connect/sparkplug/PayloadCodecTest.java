package io.millwright.connect.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.connect.sparkplug.SparkplugMetric.Read;
import io.millwright.model.Quality;
import io.millwright.model.Value;
import io.millwright.testkit.Property;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

class PayloadCodecTest {

    private static Read good(Value value) {
        return new Read(value, Quality.GOOD);
    }

    /// Sparkplug 3.0.0, 6.4.16: every type, from bytes of another implementation.
    @Test
    void everyTypeIsRead() {
        SparkplugPayload payload = PayloadCodec.decode(Golden.bytes("types")).orElseThrow();
        assertEquals(OptionalLong.of(1_486_144_502_122L), payload.millis());
        assertEquals(OptionalInt.of(7), payload.seq());
        var read = new HashMap<String, Read>();
        for (SparkplugMetric metric : payload.metrics()) {
            read.put(metric.name(), metric.as(metric.type().orElseThrow()));
        }
        Map<String, Read> expected = Map.ofEntries(
                Map.entry("i8", good(Value.of(-128))),
                Map.entry("i16", good(Value.of(-32768))),
                Map.entry("i32", good(Value.of(-2147483648))),
                Map.entry("i64", good(Value.of(Long.MIN_VALUE))),
                Map.entry("u8", good(Value.of(255))),
                Map.entry("u16", good(Value.of(65535))),
                Map.entry("u32", good(Value.of(4294967295L))),
                Map.entry("u64", good(Value.of(0x1p64))),
                Map.entry("f", good(Value.of(0.5))),
                Map.entry("f-nan", good(Value.of(Double.NaN))),
                Map.entry("d", good(Value.of(Math.PI))),
                Map.entry("d-nan", good(Value.of(Double.NaN))),
                Map.entry("d-inf", good(Value.of(Double.NEGATIVE_INFINITY))),
                Map.entry("b", good(Value.of(true))),
                Map.entry("s", good(Value.of("水位"))),
                Map.entry("dt", good(Value.of(1_486_144_502_122L))),
                Map.entry("text", good(Value.of("a text"))),
                Map.entry("uuid", good(Value.of("6e3f1a52-6f5e-4c0e-9a53-0a1b2c3d4e5f"))),
                Map.entry("bytes", good(Value.of("AAH+/w=="))),
                Map.entry("null", new Read(Value.missing(), Quality.BAD)),
                Map.entry("set", new Read(Value.missing(), Quality.BAD_NOT_SUPPORTED)));
        assertEquals(expected, read);
    }

    /// 6.4.8: the property `Quality` has 0 for bad, 192 for good, 500 for stale.
    @Test
    void thePropertyQualityIsTheQuality() {
        assertEquals(Quality.GOOD, PayloadCodec.quality(192));
        assertEquals(Quality.BAD, PayloadCodec.quality(0));
        assertEquals(Quality.UNCERTAIN_LAST_USABLE_VALUE, PayloadCodec.quality(500));
        assertEquals(Quality.UNCERTAIN, PayloadCodec.quality(64));
        assertEquals(Quality.UNCERTAIN, PayloadCodec.quality(-1));
    }

    @Test
    void aValueOfAnotherKindIsATypeMismatch() {
        Metric text = Metric.newBuilder().setStringValue("12").build();
        assertEquals(
                Quality.BAD_TYPE_MISMATCH,
                MetricValues.read(text, SparkplugType.INT32).quality());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Property.check(500, random -> {
            SparkplugType type = SparkplugType.of(1 + random.nextInt(18)).orElseThrow();
            if (!type.isSupported()) {
                return;
            }
            long bits = random.nextLong() >>> random.nextInt(64);
            Value value = switch (type) {
                case INT8 -> Value.of((long) (byte) bits);
                case INT16 -> Value.of((long) (short) bits);
                case INT32 -> Value.of((long) (int) bits);
                case INT64, DATE_TIME -> Value.of(bits);
                case UINT8 -> Value.of(bits & 0xFF);
                case UINT16 -> Value.of(bits & 0xFFFF);
                case UINT32 -> Value.of(bits & 0xFFFF_FFFFL);
                case UINT64 -> Value.of(bits >>> 1);
                case FLOAT -> Value.of((double) Float.intBitsToFloat((int) bits));
                case DOUBLE -> Value.of(Double.longBitsToDouble(bits));
                case BOOLEAN -> Value.of((bits & 1) == 1);
                case BYTES, FILE -> Value.of("AAH+/w==");
                default -> Value.of("text " + bits);
            };
            var metric = Metric.newBuilder();
            MetricValues.write(metric, type, value);
            assertEquals(good(value), MetricValues.read(metric.build(), type), type.name());
        });
    }

    @Test
    void aValueThatDoesNotFitIsNotWritten() {
        var metric = Metric.newBuilder();
        assertThrows(
                IllegalArgumentException.class, () -> MetricValues.write(metric, SparkplugType.INT8, Value.of(128)));
        assertThrows(
                IllegalArgumentException.class, () -> MetricValues.write(metric, SparkplugType.UINT32, Value.of(-1)));
        assertThrows(
                IllegalArgumentException.class, () -> MetricValues.write(metric, SparkplugType.DOUBLE, Value.of("x")));
        assertThrows(
                IllegalArgumentException.class,
                () -> MetricValues.write(metric, SparkplugType.INT32, Value.of(Double.NaN)));
    }

    /// Whatever arrives, nothing is thrown.
    @Test
    void garbageIsNoPayload() {
        byte[] right = Golden.bytes("types");
        Property.check(20_000, random -> {
            byte[] bytes;
            if (random.nextBoolean()) {
                bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
            } else {
                bytes = right.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            PayloadCodec.decode(bytes).ifPresent(payload -> {
                payload.bdSeq();
                for (SparkplugMetric metric : payload.metrics()) {
                    for (SparkplugType type : SparkplugType.values()) {
                        metric.as(type);
                    }
                }
            });
        });
    }
}
