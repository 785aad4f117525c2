package io.millwright.identity.store;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// What stands in a place of a template that differs from record to record: digits take a quarter to a half of the
/// octets their text does, hexadecimal digits half.
///
/// ```text
/// | length of the text * 4 + kind (varint) | decimal: an integer; hexadecimal: two digits an octet; other: the text |
/// ```
final class Hole {

    private static final int TEXT = 0;
    private static final int DECIMAL = 1;
    private static final int HEX_LOWER = 2;
    private static final int HEX_UPPER = 3;
    private static final int DECIMAL_DIGITS_MAX = 18;
    private static final String DIGITS_LOWER = "0123456789abcdef";
    private static final String DIGITS_UPPER = "0123456789ABCDEF";

    private Hole() {}

    static void write(Octets text, WireWriter out) {
        write(text, 0, text.length(), out);
    }

    static void write(Octets text, int from, int to, WireWriter out) {
        int kind = kind(text, from, to);
        Varint.write(to - from << 2 | kind, out);
        switch (kind) {
            case DECIMAL -> writeDecimal(text, from, to, out);
            case HEX_LOWER, HEX_UPPER -> writeHex(text, from, to, out);
            default -> out.plain(text, from, to);
        }
    }

    /// Appends the text.
    static void read(WireReader in, WireWriter text) throws MalformedException {
        int head = Varint.read(in, "hole");
        int length = head >>> 2;
        switch (head & 3) {
            case DECIMAL -> readDecimal(in, length, text);
            case HEX_LOWER -> readHex(in, length, DIGITS_LOWER, text);
            case HEX_UPPER -> readHex(in, length, DIGITS_UPPER, text);
            default -> in.copy("hole", length, text);
        }
    }

    private static int kind(Octets text, int from, int to) {
        boolean decimal = from < to;
        boolean lower = true;
        boolean upper = true;
        for (int i = from; i < to && (lower || upper); i++) {
            int c = text.at(i);
            boolean digit = c >= '0' && c <= '9';
            decimal &= digit;
            lower &= digit || c >= 'a' && c <= 'f';
            upper &= digit || c >= 'A' && c <= 'F';
        }
        if (decimal && (lower || upper) && to - from <= DECIMAL_DIGITS_MAX) {
            return DECIMAL;
        }
        if (to - from < 2) {
            return TEXT;
        }
        return lower ? HEX_LOWER : upper ? HEX_UPPER : TEXT;
    }

    /// Octets that hold every integer of so many digits: log₂ 10 < 3.33 bits each.
    private static int decimalOctets(int digits) {
        return (digits * 333 + 799) / 800;
    }

    private static void writeDecimal(Octets text, int from, int to, WireWriter out) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text.at(i) - '0');
        }
        for (int shift = 8 * decimalOctets(to - from) - 8; shift >= 0; shift -= 8) {
            out.u8((int) (value >> shift) & 0xff);
        }
    }

    private static void readDecimal(WireReader in, int digits, WireWriter text) throws MalformedException {
        if (digits > DECIMAL_DIGITS_MAX) {
            throw new MalformedException("hole has " + digits + " decimal digits");
        }
        long value = 0;
        for (int i = decimalOctets(digits); i > 0; i--) {
            value = value << 8 | in.u8("hole");
        }
        if (value < 0) {
            throw new MalformedException("hole is no integer of " + digits + " decimal digits");
        }
        text.digits(value, digits);
    }

    private static void writeHex(Octets text, int from, int to, WireWriter out) {
        for (int i = from; i < to; i += 2) {
            int low = i + 1 < to ? Character.digit(text.at(i + 1), 16) : 0;
            out.u8(Character.digit(text.at(i), 16) << 4 | low);
        }
    }

    private static void readHex(WireReader in, int length, String digits, WireWriter text) throws MalformedException {
        int octet = 0;
        for (int i = 0; i < length; i++) {
            octet = i % 2 == 0 ? in.u8("hole") : octet << 4;
            text.u8(digits.charAt(octet >> 4 & 0xf));
        }
    }
}
