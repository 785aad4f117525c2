package io.millwright.identity.store;

import java.nio.ByteBuffer;

/// How far a store has come; written with every change.
///
/// @param last number of the newest transaction
/// @param forgotten greatest number of a transaction no longer kept
/// @param size how many records there are
record StoreState(long last, long forgotten, long size) {

    static final int BYTES = 3 * Long.BYTES;

    static StoreState decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        return new StoreState(in.getLong(), in.getLong(), in.getLong());
    }

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .putLong(last)
                .putLong(forgotten)
                .putLong(size)
                .array();
    }
}
