package io.millwright.identity.store;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// Non-negative integers in groups of seven bits, least significant first; the top bit says that another octet follows.
final class Varint {

    private Varint() {}

    static WireWriter write(int value, WireWriter out) {
        int rest = value;
        while (rest >= 0x80) {
            out.u8(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        return out.u8(rest);
    }

    static int read(WireReader in, String field) throws MalformedException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int octet = in.u8(field);
            if (shift == 28 && octet > 7) {
                break;
            }
            value |= (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new MalformedException(field + " is no integer of 31 bits");
    }
}
