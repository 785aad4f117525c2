package io.millwright.connect.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.modbus.Layout.Unfit;
import io.millwright.model.Value;
import io.millwright.testkit.Property;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Registers as values. The bytes were worked out by hand from IEEE 754 and two's complement.
final class LayoutTest {

    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.values());

    /// 123456.0 is 1.8837890625 × 2^16: sign 0, exponent 143, so 47 F1 20 00. 1.0 as binary64 is 3FF0…; -2 in 64
    /// bits is FF…FE. 0x12345678 is 305419896. 250 is 00 FA.
    @ParameterizedTest
    @CsvSource({
        "holding/0:float32:abcd, 47F12000, 123456.0",
        "holding/0:float32:badc, F1470020, 123456.0",
        "holding/0:float32:cdab, 200047F1, 123456.0",
        "holding/0:float32:dcba, 0020F147, 123456.0",
        "holding/0:float32,      7FC00000, NaN",
        "holding/0:float32,      FF800000, -Infinity",
        "holding/0:float32,      80000000, -0.0",
        "holding/0:float64,           3FF0000000000001, 1.0000000000000002",
        "holding/0:float64:badcfehg,  F03F000000000100, 1.0000000000000002",
        "holding/0:float64:ghefcdab,  0001000000003FF0, 1.0000000000000002",
        "holding/0:float64:hgfedcba,  010000000000F03F, 1.0000000000000002",
        "holding/0:int32:abcd,  12345678, 305419896",
        "holding/0:int32:badc,  34127856, 305419896",
        "holding/0:int32:cdab,  56781234, 305419896",
        "holding/0:int32:dcba,  78563412, 305419896",
        "holding/0:int32,       FFFFFFFE, -2",
        "holding/0:uint32,      FFFFFFFE, 4294967294",
        "holding/0,             FFFE, 65534",
        "holding/0:int16,       FFFE, -2",
        "holding/0:int16:ba,    FEFF, -2",
        "holding/0:int64,       FFFFFFFFFFFFFFFE, -2",
        "holding/0:uint64,      7FFFFFFFFFFFFFFF, 9223372036854775807",
        "holding/0:uint64,      8000000000000000, 9.223372036854775808E18",
        "holding/0:int64:ghefcdab, CDEF89AB45670123, 81985529216486895",
        "holding/0:bcd16,       1234, 1234",
        "holding/0:bcd32,       12345678, 12345678",
        "holding/0:bcd32:cdab,  56781234, 12345678",
        "holding/0:int16*0.1,   00FA, 25.0",
        "holding/0:bit3,        0008, true",
        "holding/0:bit15,       7FFF, false",
        "holding/0:bit0:ba,     0100, true",
        "holding/0:string:4,    50756D70, Pump",
        "holding/0:string:4:badc, 7550706D, Pump",
        "holding/0:string:5,    50756D700000, Pump",
    })
    void registersHoldValues(String point, String bytes, String value) throws Unfit {
        Point p = Point.parse(point);
        byte[] registers = HexFormat.of().parseHex(bytes);
        Value decoded = p.decode(registers, 0, ByteOrder.ABCD);
        assertEquals(
                value,
                decoded instanceof Value.Real(double r) && r > 1e18 ? "9.223372036854775808E18" : decoded.toString());
        if (!(p.layout() instanceof Layout.Bit)) {
            assertArrayEquals(registers, p.encode(decoded, ByteOrder.ABCD), "written back");
        }
    }

    /// Four digits are at most 9 each; a device that sends more sends no BCD.
    @Test
    void undecodableRegistersHoldNothing() {
        assertEquals(Value.missing(), Point.parse("input/0:bcd16").decode(new byte[] {0x12, 0x3A}, 0, ByteOrder.ABCD));
        assertEquals(
                Value.missing(),
                Point.parse("input/0:string:2").decode(new byte[] {(byte) 0xC3, 0x28}, 0, ByteOrder.ABCD));
    }

    @Test
    void whatFitsComesBackInEveryLayoutAndOrder() {
        Property.check(2000, random -> {
            Layout layout = layouts().get(random.nextInt(layouts().size()));
            ByteOrder order = ORDERS.get(random.nextInt(4));
            Value value = fitting(layout, random);
            byte[] registers = layout.encode(value, order);
            assertEquals(2 * layout.registers(), registers.length);
            assertEquals(value, layout.decode(registers, 0, order), layout + " " + order);
        });
    }

    private static List<Layout> layouts() {
        return List.of(
                new Layout.Whole(16, true),
                new Layout.Whole(16, false),
                new Layout.Whole(32, true),
                new Layout.Whole(32, false),
                new Layout.Whole(64, true),
                new Layout.Floating(32),
                new Layout.Floating(64),
                new Layout.Bcd(16),
                new Layout.Bcd(32),
                new Layout.Characters(7));
    }

    private static Value fitting(Layout layout, SplittableRandom random) {
        return switch (layout) {
            case Layout.Whole(int bits, boolean signed) ->
                Value.of(signed ? random.nextLong() >> 64 - bits : random.nextLong() >>> 64 - bits);
            case Layout.Floating(int bits) ->
                Value.of(
                        bits == 32
                                ? Float.intBitsToFloat(random.nextInt())
                                : Double.longBitsToDouble(random.nextLong()));
            case Layout.Bcd(int bits) -> Value.of(random.nextLong(bits == 16 ? 10_000 : 100_000_000));
            case Layout.Characters _ -> Value.of("é".repeat(random.nextInt(3)) + "x".repeat(random.nextInt(4)));
            case Layout.Bit _, Layout.Truth _ -> Value.of(random.nextBoolean());
        };
    }

    @Test
    void randomRegistersNeverCrashALayout() {
        Property.check(2000, random -> {
            Layout layout = layouts().get(random.nextInt(layouts().size()));
            var bytes = new byte[2 * layout.registers()];
            random.nextBytes(bytes);
            layout.decode(bytes, 0, ORDERS.get(random.nextInt(4)));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "holding/0:int16,   32768, 32767",
        "holding/0:uint16,  -1, 0 to 65535",
        "holding/0:uint64,  -1, 18446744073709551615",
        "holding/0:bcd16,   10000, 9999",
    })
    void numberOutOfRangeIsRefused(String point, long value, String hint) {
        Unfit e = assertThrows(Unfit.class, () -> Point.parse(point).encode(Value.of(value), ByteOrder.ABCD));
        assertTrue(e.isRange());
        assertTrue(String.valueOf(e.getMessage()).contains(hint), e.getMessage());
    }

    @Test
    void whatHasNoSuchFormIsRefused() {
        assertUnfit("holding/0:int16", Value.of(Double.NaN));
        assertUnfit("holding/0:int16", Value.of(Double.POSITIVE_INFINITY));
        assertUnfit("holding/0:int16", Value.of(1.5));
        assertUnfit("holding/0:int16", Value.of("12"));
        assertUnfit("holding/0:float32", Value.of(1e39));
        assertUnfit("holding/0:float32", Value.of(true));
        assertUnfit("holding/0:string:2", Value.of("abc"));
        assertUnfit("holding/0:string:2", Value.of(5L));
        assertUnfit("coil/0", Value.of(2L));
        assertUnfit("holding/0:bit1", Value.of("true"));
        assertUnfit("holding/0:int16*0.1", Value.of(Double.NaN));
    }

    private static void assertUnfit(String point, Value value) {
        assertThrows(Unfit.class, () -> Point.parse(point).encode(value, ByteOrder.ABCD), point + " " + value);
    }

    /// 0.3 / 0.1 is 2.9999999999999996 in binary64: a scaled integer is the nearest one.
    @Test
    void scaledNumbersAreRounded() throws Unfit {
        assertArrayEquals(new byte[] {0, 3}, Point.parse("holding/0:int16*0.1").encode(Value.of(0.3), ByteOrder.ABCD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "holding",
                "holding/",
                "holding/x",
                "holdings/1",
                "holding/65536",
                "holding/65535:float32",
                "holding/0:float16",
                "holding/0:bit16",
                "holding/0:string:0",
                "holding/0:string:251",
                "holding/0:float32:acbd",
                "holding/0:int16*0",
                "holding/0:int16*x",
                "coil/1:int16",
                "coil/1*2",
                "holding/0:string:4*2",
                "holding/-1"
            })
    void wrongPointSaysWhatWouldBeRight(String text) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Point.parse(text))
                .getMessage());
        assertTrue(message.length() > 20, message);
    }
}
