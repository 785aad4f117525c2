package io.millwright.iec61131.interpret;

import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.machine.PackedText;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.TextType;
import java.util.Objects;

/// Bytes in which values lie, of the process image or of an array of BYTE.
interface Bytes {
    long load(int firstBit, int bits);

    void store(int firstBit, int bits, long value);

    /// Takes a text out of them, as [PackedText] says.
    Text text(int firstBit, TextType type);

    void store(int firstBit, Text value, TextType type);

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

            @Override
            public Text text(int firstBit, TextType type) {
                return PackedText.load(image, firstBit, new Text(type.capacity()), type.wide());
            }

            @Override
            public void store(int firstBit, Text value, TextType type) {
                PackedText.store(image, firstBit, value, type.capacity(), type.wide());
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
                put(array, all);
            }

            @Override
            public Text text(int firstBit, TextType type) {
                return of(bytes(array)).text(firstBit, type);
            }

            @Override
            public void store(int firstBit, Text value, TextType type) {
                byte[] all = bytes(array);
                of(all).store(firstBit, value, type);
                put(array, all);
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

    static void put(Elements array, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            array.cells().get(i).store(bytes[i] & 0xFFL);
        }
    }
}
