package io.millwright.iec61131.interpret;

import io.millwright.iec61131.machine.Image;
import java.util.Objects;

/// Bytes in which values lie, of the process image or of an array of BYTE.
interface Bytes {
    long load(int firstBit, int bits);

    void store(int firstBit, int bits, long value);

    static Bytes of(byte[] image) {
        return new Bytes() {
            @Override
            public long load(int firstBit, int bits) {
                return Image.load(image, firstBit, bits);
            }

            @Override
            public void store(int firstBit, int bits, long value) {
                Image.store(image, firstBit, bits, value);
            }
        };
    }

    static Bytes of(Elements array) {
        return new Bytes() {
            @Override
            public long load(int firstBit, int bits) {
                return Image.load(bytes(array), firstBit, bits);
            }

            @Override
            public void store(int firstBit, int bits, long value) {
                byte[] all = bytes(array);
                Image.store(all, firstBit, bits, value);
                for (int i = 0; i < all.length; i++) {
                    array.cells().get(i).store(all[i] & 0xFFL);
                }
            }
        };
    }

    static byte[] bytes(Elements array) {
        byte[] all = new byte[array.cells().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = ((Long) Objects.requireNonNull(array.cells().get(i).load())).byteValue();
        }
        return all;
    }
}
