package io.millwright.historian.segment;

import io.millwright.historian.series.Packer;
import java.util.zip.CRC32C;

/// The CRC32C of every [#BLOCK_BYTES] of a file, taken of the bytes as they are written, before any disk has them.
final class BlockSums {

    static final int BLOCK_BYTES = 64 << 10;

    private final Packer sums = new Packer(256);
    private final CRC32C crc = new CRC32C();
    private int inBlock;

    void update(byte[] bytes, int from, int length) {
        int at = from;
        int left = length;
        while (left > 0) {
            int n = Math.min(left, BLOCK_BYTES - inBlock);
            crc.update(bytes, at, n);
            inBlock += n;
            at += n;
            left -= n;
            if (inBlock == BLOCK_BYTES) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        sums.room(4);
        sums.putInt((int) crc.getValue());
        crc.reset();
        inBlock = 0;
    }

    /// The sums of all blocks, the last of which may be shorter.
    int[] finish() {
        if (inBlock > 0) {
            endBlock();
        }
        var all = new int[sums.size() / 4];
        java.nio.ByteBuffer.wrap(sums.bytes(), 0, sums.size())
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(all);
        return all;
    }
}
