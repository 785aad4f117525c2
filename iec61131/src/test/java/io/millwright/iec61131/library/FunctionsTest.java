package io.millwright.iec61131.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Elementary;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The Java methods themselves, against arithmetic with numbers of any size.
class FunctionsTest {
    private final Random random = new Random(61_131);

    @Test
    void bitsAreShiftedAndRotatedAsInNumbersOfAnySize() {
        for (int width : new int[] {1, 8, 16, 32, 64}) {
            BigInteger all = BigInteger.ONE.shiftLeft(width);
            for (int i = 0; i < 2_000; i++) {
                long bits = random.nextLong() & (width == 64 ? -1 : (1L << width) - 1);
                int count = random.nextInt(-70, 140);
                BigInteger number = unsigned(bits);
                boolean all0 = count < 0 || count >= width;
                BigInteger left =
                        all0 ? BigInteger.ZERO : number.shiftLeft(count).mod(all);
                BigInteger right = all0 ? BigInteger.ZERO : number.shiftRight(count);
                int by = Math.floorMod(count, width);
                BigInteger rotated = number.shiftLeft(by).mod(all).or(number.shiftRight(width - by));
                boolean wide = width == 64;
                assertEquals(
                        left.longValue(),
                        wide
                                ? Functions.shiftLeft(bits, count)
                                : Functions.shiftLeft((int) bits, count, width) & 0xFFFF_FFFFL);
                assertEquals(
                        right.longValue(),
                        wide
                                ? Functions.shiftRight(bits, count)
                                : Functions.shiftRight((int) bits, count, width) & 0xFFFF_FFFFL);
                assertEquals(
                        rotated.longValue(),
                        wide
                                ? Functions.rotateLeft(bits, count)
                                : Functions.rotateLeft((int) bits, count, width) & 0xFFFF_FFFFL);
                assertEquals(
                        rotated.longValue(),
                        wide
                                ? Functions.rotateRight(bits, -count)
                                : Functions.rotateRight((int) bits, -count, width) & 0xFFFF_FFFFL);
            }
        }
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    @Test
    void bcdHasTheDigitsOfTheDecimal() {
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong(10_000_000_000_000_000L) >> random.nextInt(50);
            long bcd = Functions.toBcdUnsigned(number, 16);
            assertEquals(Long.toString(number), Long.toHexString(bcd));
            assertEquals(number, Functions.fromBcd(bcd));
            assertTrue(Functions.isBcd(bcd));
        }
        assertEquals(0x99, Functions.toBcd(100, 2));
    }

    @Test
    void wholeNumbersAreReadAndWrittenAsDecimals() {
        var text = new Text(80);
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            for (Elementary type : Elementary.values()) {
                if (type.isInteger()) {
                    long value = Whole.wrap(type, number);
                    Conversions.wholeToText(value, type, text);
                    assertEquals(Whole.number(type, value).toString(), text.toString());
                    assertEquals(value, Conversions.textToWhole(text, type));
                }
            }
        }
    }

    @Test
    void realsBecomeTheNearestWholeNumberOfTheType() {
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextInt(4) == 0
                    ? random.nextInt(-70_000, 70_000) / 2.0
                    : Double.longBitsToDouble(random.nextLong());
            for (Elementary type : Elementary.values()) {
                if (type.isInteger() && Double.isFinite(value)) {
                    BigInteger rounded = new BigDecimal(value)
                            .setScale(0, RoundingMode.HALF_EVEN)
                            .toBigInteger();
                    BigInteger nearest = rounded.max(Whole.lowest(type)).min(Whole.highest(type));
                    assertEquals(nearest, Whole.number(type, Conversions.realToWhole(value, type)));
                }
            }
        }
    }

    /// What a scan may call again and again leaves no garbage.
    @Test
    void nothingIsAllocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Text text = Text.of("The quick brown fox");
        Text part = Text.of("brown");
        Text number = Text.of("-1234.5");
        Text date = Text.of("DT#2024-02-29-12:30:15.25");
        Text result = new Text(80);
        long sum = 0;
        long before = 0;
        for (int i = 0; i < 60_000; i++) {
            if (i == 50_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            result.clear();
            Texts.replace(text, part, 3, 5, result);
            sum += Texts.find(result, part);
            Conversions.wholeToText(-i, Elementary.DINT, result);
            Conversions.realToText(i / 64.0, Elementary.LREAL, result);
            Conversions.realToText((float) (i * 0.1), Elementary.REAL, result);
            Conversions.wholeToText(i * 1_000_003L, Elementary.TIME, result);
            Conversions.wholeToText(i * 1_000_000_000_003L, Elementary.DATE_AND_TIME, result);
            sum += Conversions.textToWhole(number, Elementary.DINT);
            sum += (long) Conversions.textToReal(number, Elementary.LREAL);
            sum += Conversions.textToWhole(date, Elementary.DATE_AND_TIME);
            sum += Conversions.textToTruth(number, Elementary.BOOL) ? 1 : 0;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(sum != 0);
        assertTrue(allocated < 10_000, () -> allocated + " bytes in 10000 rounds");
    }
}
