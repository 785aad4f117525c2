package io.millwright.plc.record;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes on their way from the thread that scans to one other thread. Neither ever waits for the other; whole
/// records are told at once.
final class Ring implements ByteSink {
    private final byte[] bytes;
    private final int mask;
    private long at;
    private long headSeen;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    /// @param capacity a power of two
    Ring(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("the capacity is a power of two, not " + capacity);
        }
        bytes = new byte[capacity];
        mask = capacity - 1;
    }

    /// Whether so many bytes fit. By the writing thread, as all that follows up to [#publish].
    boolean hasRoom(long count) {
        if (at + count - headSeen > bytes.length) {
            headSeen = head.getAcquire();
        }
        return at + count - headSeen <= bytes.length;
    }

    @Override
    public void put(int octet) {
        bytes[(int) at++ & mask] = (byte) octet;
    }

    /// How many bytes were put so far.
    long position() {
        return at;
    }

    void publish() {
        tail.setRelease(at);
    }

    /// How many bytes were told so far. By the reading thread, as [#drain].
    long told() {
        return tail.getAcquire();
    }

    /// Moves the bytes up to a position away.
    void drain(long to, ByteBuilder into) {
        long from = head.getPlain();
        int count = (int) (to - from);
        into.reserve(count);
        int first = (int) from & mask;
        int upToEnd = Math.min(count, bytes.length - first);
        System.arraycopy(bytes, first, into.array(), into.length(), upToEnd);
        System.arraycopy(bytes, 0, into.array(), into.length() + upToEnd, count - upToEnd);
        into.length(into.length() + count);
        head.setRelease(to);
    }
}
