package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Packer;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.type.Elementary;

/// Packs variables as they lie there; behind them those that its code does not reach, in two halves each.
///
/// @param types of all variables, in the order of the list; those that it does not reach may be anything
/// @param rest takes the values of these
/// @param restBits room for them
record PackedSlots(ManySlots slots, Elementary[] types, Sampler rest, long[] restBits) implements Packer {
    @Override
    public int size() {
        return slots.plan().size() + 2 * restBits.length;
    }

    @Override
    public void pack(int[] packed) {
        slots.run(packed);
        rest.take(restBits);
        int at = slots.plan().size();
        for (long bits : restBits) {
            packed[at++] = (int) bits;
            packed[at++] = (int) (bits >>> Integer.SIZE);
        }
    }

    @Override
    public void unpack(int[] packed, long[] bits) {
        int[] values = slots.plan().values();
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= 0) {
                bits[i] = bits(packed, values[i], types[i]);
            }
        }
        int at = slots.plan().size();
        for (int place : slots.plan().others()) {
            bits[place] = wide(packed, at);
            at += 2;
        }
    }

    private static long bits(int[] packed, int at, Elementary type) {
        if (SamplerCode.Use.PACK.width(type) == 2) {
            return wide(packed, at);
        }
        if (type == Elementary.REAL) {
            return Double.doubleToRawLongBits(Float.intBitsToFloat(packed[at]));
        }
        return type.isUnsigned() ? packed[at] & (1L << type.bits()) - 1 : packed[at];
    }

    private static long wide(int[] packed, int at) {
        return packed[at] & 0xFFFF_FFFFL | (long) packed[at + 1] << Integer.SIZE;
    }
}
