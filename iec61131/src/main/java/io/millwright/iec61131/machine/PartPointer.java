package io.millwright.iec61131.machine;

import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.type.Elementary;

/// Some bits of a whole number or bit string that lies elsewhere (6.5.5.5): BOOL, BYTE, WORD, DWORD or LWORD.
final class PartPointer extends Pointer {
    private final Pointer whole;
    private final Elementary type;
    private final int shift;

    /// @param shift how many bits lie below
    PartPointer(Pointer whole, Elementary type, int shift) {
        this.whole = whole;
        this.type = type;
        this.shift = shift;
    }

    @Override
    public long loadWhole() {
        return Whole.wrap(type, whole.loadWhole() >>> shift);
    }

    @Override
    public void storeWhole(long value) {
        long mask = -1L >>> 64 - type.bits() << shift;
        whole.storeWhole(whole.loadWhole() & ~mask | value << shift & mask);
    }

    @Override
    public boolean loadTruth() {
        return (whole.loadWhole() >>> shift & 1) != 0;
    }

    @Override
    public void storeTruth(boolean value) {
        storeWhole(value ? 1 : 0);
    }
}
