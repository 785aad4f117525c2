package io.millwright.plc.standby;

import java.nio.ByteBuffer;

/// The kinds of messages.
final class Kind {
    /// Both: the first message. That of the master tells its lease and margin in nanoseconds.
    static final int HELLO = 1;
    static final int PROGRAM = 2;
    static final int KEY = 3;
    static final int RECORDS = 4;
    /// Nothing happened.
    static final int BEAT = 5;
    /// The number of the message that is answered, and that of the last scan that was done.
    static final int ANSWER = 6;
    /// The standby could go on by itself.
    static final int READY = 7;
    /// It may, when the answers end: with the epoch it has to ask the fence for.
    static final int ARMED = 8;
    /// The states differ.
    static final int APART = 9;

    /// What goes along with the state and is no part of it: the newest counts.
    static final int NOTES = 10;

    private Kind() {}

    static byte[] number(long number) {
        var bytes = new byte[Long.BYTES];
        ByteBuffer.wrap(bytes).putLong(number);
        return bytes;
    }

    static byte[] numbers(long first, long second) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(first)
                .putLong(second)
                .array();
    }

    /// The first number in a message; 0 where there is none.
    static long number(byte[] content) {
        return content.length >= Long.BYTES ? ByteBuffer.wrap(content).getLong() : 0;
    }

    /// The second number in a message; 0 where there is none.
    static long second(byte[] content) {
        return content.length >= 2 * Long.BYTES ? ByteBuffer.wrap(content).getLong(Long.BYTES) : 0;
    }
}
