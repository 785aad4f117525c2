package io.millwright.iec61131.machine;

import io.millwright.iec61131.syntax.Address;

/// The process image: `%IX1.7` is bit 7 of byte 1, `%IW4` the fifth word, that is the bytes 8 and 9, the lower
/// first.
public final class Image {
    private Image() {}

    /// The number of the first bit of an address.
    public static int firstBit(Address address) {
        int bits = address.size() == null ? 1 : address.size().bits();
        int first = address.path().getFirst();
        if (bits > 1) {
            return first * bits;
        }
        return address.path().size() == 1 ? first : first * 8 + address.path().get(1);
    }

    /// So many bits, as an unsigned number; those beyond the image are 0.
    public static long load(byte[] image, int firstBit, int bits) {
        int at = firstBit >> 3;
        if (bits == 1) {
            return at < image.length ? image[at] >> (firstBit & 7) & 1 : 0;
        }
        long value = 0;
        for (int i = bits / 8 - 1; i >= 0; i--) {
            value = value << 8 | (at + i < image.length ? image[at + i] & 0xFF : 0);
        }
        return value;
    }

    /// Changes so many bits; those beyond the image are lost.
    public static void store(byte[] image, int firstBit, int bits, long value) {
        int at = firstBit >> 3;
        if (bits == 1) {
            if (at < image.length) {
                int mask = 1 << (firstBit & 7);
                image[at] = (byte) ((value & 1) != 0 ? image[at] | mask : image[at] & ~mask);
            }
            return;
        }
        for (int i = 0; i < bits / 8 && at + i < image.length; i++) {
            image[at + i] = (byte) (value >> 8 * i);
        }
    }
}
