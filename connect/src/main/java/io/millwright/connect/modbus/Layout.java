package io.millwright.connect.modbus;

import io.millwright.connect.LinkTold;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How registers hold a value.
sealed interface Layout {

    /// How many registers it takes.
    int registers();

    /// What the registers hold.
    ///
    /// @param bytes registers as they arrived, two bytes each
    /// @param offset the first byte of this value
    /// @return [Value.Missing] if they hold nothing of this layout
    Value decode(byte[] bytes, int offset, ByteOrder order);

    /// The registers that hold a value.
    ///
    /// @throws Unfit if this layout cannot hold the value
    byte[] encode(Value value, ByteOrder order) throws Unfit;

    /// A value that a layout cannot hold, and why.
    final class Unfit extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Told told;
        private final boolean range;

        Unfit(Told told, boolean range) {
            super(told.text());
            this.told = told;
            this.range = range;
        }

        Told told() {
            return told;
        }

        /// Whether the value has the right kind but is too large or too small.
        boolean isRange() {
            return range;
        }
    }

    /// An integer in two's complement or without sign.
    ///
    /// @param bits 16, 32 or 64
    record Whole(int bits, boolean signed) implements Layout {
        @Override
        public int registers() {
            return bits / 16;
        }

        @Override
        public Value decode(byte[] bytes, int offset, ByteOrder order) {
            long raw = order.read(bytes, offset, bits / 8);
            if (signed) {
                return Value.of(raw << 64 - bits >> 64 - bits);
            }
            return raw >= 0 ? Value.of(raw) : Value.of(Numbers.unsigned(raw));
        }

        @Override
        public byte[] encode(Value value, ByteOrder order) throws Unfit {
            return order.write(Numbers.whole(value, bits, signed), bits / 8);
        }

        @Override
        public String toString() {
            return (signed ? "int" : "uint") + bits;
        }
    }

    /// An IEEE 754 number, binary32 or binary64.
    record Floating(int bits) implements Layout {
        @Override
        public int registers() {
            return bits / 16;
        }

        @Override
        public Value decode(byte[] bytes, int offset, ByteOrder order) {
            long raw = order.read(bytes, offset, bits / 8);
            return Value.of(bits == 32 ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw));
        }

        @Override
        public byte[] encode(Value value, ByteOrder order) throws Unfit {
            double number = Numbers.real(value, toString());
            if (bits == 64) {
                return order.write(Double.doubleToRawLongBits(number), 8);
            }
            float narrow = (float) number;
            if (Float.isInfinite(narrow) && !Double.isInfinite(number)) {
                throw new Unfit(LinkTold.tooLarge(number, this), true);
            }
            return order.write(Float.floatToRawIntBits(narrow), 4);
        }

        @Override
        public String toString() {
            return "float" + bits;
        }
    }

    /// Decimal digits, four bits each.
    ///
    /// @param bits 16 or 32: four or eight digits
    record Bcd(int bits) implements Layout {
        @Override
        public int registers() {
            return bits / 16;
        }

        @Override
        public Value decode(byte[] bytes, int offset, ByteOrder order) {
            long raw = order.read(bytes, offset, bits / 8);
            long value = 0;
            for (int shift = bits - 4; shift >= 0; shift -= 4) {
                long digit = raw >>> shift & 0xF;
                if (digit > 9) {
                    return Value.missing();
                }
                value = 10 * value + digit;
            }
            return Value.of(value);
        }

        @Override
        public byte[] encode(Value value, ByteOrder order) throws Unfit {
            long left = Numbers.whole(value, 64, true);
            long most = bits == 16 ? 9_999 : 99_999_999;
            if (left < 0 || left > most) {
                throw new Unfit(LinkTold.outside(left, this, 0, most), true);
            }
            long raw = 0;
            for (int shift = 0; shift < bits; shift += 4) {
                raw |= left % 10 << shift;
                left /= 10;
            }
            return order.write(raw, bits / 8);
        }

        @Override
        public String toString() {
            return "bcd" + bits;
        }
    }

    /// UTF-8 text, two bytes a register, ended by a zero byte where it is shorter. Only the order of bytes within a
    /// register applies; the first characters always lie in the first register.
    ///
    /// @param bytes how many bytes there is room for, 1 to 250
    record Characters(int bytes) implements Layout {
        @Override
        public int registers() {
            return (bytes + 1) / 2;
        }

        @Override
        public Value decode(byte[] from, int offset, ByteOrder order) {
            byte[] text = swapped(Arrays.copyOfRange(from, offset, offset + 2 * registers()), order);
            int length = 0;
            while (length < bytes && text[length] != 0) {
                length++;
            }
            try {
                return Value.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(text, 0, length))
                        .toString());
            } catch (CharacterCodingException e) {
                return Value.missing();
            }
        }

        @Override
        public byte[] encode(Value value, ByteOrder order) throws Unfit {
            if (!(value instanceof Value.Text(String text))) {
                throw new Unfit(
                        Told.of("value-no-text", "{value} is not a text; {type} holds texts")
                                .with("value", value)
                                .with("type", this),
                        false);
            }
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (utf8.length > bytes) {
                throw new Unfit(
                        Told.of("value-long-text", "the text has {bytes} bytes; {type} has room for {most}")
                                .with("bytes", utf8.length)
                                .with("type", this)
                                .with("most", bytes),
                        true);
            }
            return swapped(Arrays.copyOf(utf8, 2 * registers()), order);
        }

        private static byte[] swapped(byte[] text, ByteOrder order) {
            if (order.swapsBytes()) {
                for (int i = 0; i < text.length; i += 2) {
                    byte first = text[i];
                    text[i] = text[i + 1];
                    text[i + 1] = first;
                }
            }
            return text;
        }

        @Override
        public String toString() {
            return "string:" + bytes;
        }
    }

    /// One bit of a register. Written by function 22, which leaves the other bits alone.
    ///
    /// @param number 0, the least significant, to 15
    record Bit(int number) implements Layout {
        @Override
        public int registers() {
            return 1;
        }

        @Override
        public Value decode(byte[] bytes, int offset, ByteOrder order) {
            return Value.of((order.read(bytes, offset, 2) >>> number & 1) != 0);
        }

        /// A register in which only this bit is set, or none.
        @Override
        public byte[] encode(Value value, ByteOrder order) throws Unfit {
            return order.write(Numbers.truth(value) ? 1L << number : 0, 2);
        }

        @Override
        public String toString() {
            return "bit" + number;
        }
    }

    /// A coil or a discrete input. Bits arrive packed, the first in the lowest bit of the first byte (6.1), so the
    /// offset counts bits here.
    record Truth() implements Layout {
        @Override
        public int registers() {
            return 1;
        }

        @Override
        public Value decode(byte[] bytes, int offset, ByteOrder order) {
            return Value.of((bytes[offset >> 3] >>> (offset & 7) & 1) != 0);
        }

        @Override
        public byte[] encode(Value value, ByteOrder order) throws Unfit {
            return new byte[] {(byte) (Numbers.truth(value) ? 1 : 0)};
        }

        @Override
        public String toString() {
            return "bool";
        }
    }
}
