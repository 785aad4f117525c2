package io.millwright.iec61131.machine;

/// Two halves of what [Slot#bits] gives for each variable.
record PackedBits(long[] taken, Sampler sampler) implements Packer {
    PackedBits(int count, Sampler sampler) {
        this(new long[count], sampler);
    }

    @Override
    public int size() {
        return 2 * taken.length;
    }

    @Override
    public void pack(int[] packed) {
        sampler.take(taken);
        for (int i = 0; i < taken.length; i++) {
            packed[2 * i] = (int) taken[i];
            packed[2 * i + 1] = (int) (taken[i] >>> Integer.SIZE);
        }
    }

    @Override
    public void unpack(int[] packed, long[] bits) {
        for (int i = 0; i < taken.length; i++) {
            bits[i] = packed[2 * i] & 0xFFFF_FFFFL | (long) packed[2 * i + 1] << Integer.SIZE;
        }
    }
}
