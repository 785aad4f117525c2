package io.millwright.plc.standby;

import java.nio.ByteBuffer;

/// The kinds of messages.
final class Kind {
    /// Both: the first message.
    static final int HELLO = 1;
    static final int PROGRAM = 2;
    static final int KEY = 3;
    static final int RECORDS = 4;
    /// Nothing happened.
    static final int BEAT = 5;
    /// The number of the message that is answered.
    static final int ANSWER = 6;
    /// The standby could go on by itself.
    static final int READY = 7;
    /// It may, when the answers end: with the epoch it has to ask the fence for.
    static final int ARMED = 8;
    /// The states differ.
    static final int APART = 9;

    private Kind() {}

    static byte[] number(long number) {
        var bytes = new byte[Long.BYTES];
        ByteBuffer.wrap(bytes).putLong(number);
        return bytes;
    }

    /// The number in a message; 0 where there is none.
    static long number(byte[] content) {
        return content.length == Long.BYTES ? ByteBuffer.wrap(content).getLong() : 0;
    }
}
