package io.millwright.plc.record;

import io.millwright.iec61131.type.Value;
import java.nio.charset.StandardCharsets;

/// Reads what a [ByteSink] was given. Nothing that bytes say makes it read or reserve more than there are
/// bytes.
final class ByteSource {
    private final byte[] bytes;
    private int at;
    private final int end;

    ByteSource(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteSource(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean isEmpty() {
        return at >= end;
    }

    /// How many bytes are left.
    int left() {
        return end - at;
    }

    /// The next byte, or -1 at the end.
    int peek() {
        return at < end ? bytes[at] & 0xFF : -1;
    }

    int octet() throws RecordingError {
        need(1);
        return bytes[at++] & 0xFF;
    }

    private void need(int count) throws RecordingError {
        if (count < 0 || end - at < count) {
            throw new RecordingError("a record ends too early");
        }
    }

    long whole() throws RecordingError {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.SIZE; i += Byte.SIZE) {
            value |= (bytes[at++] & 0xFFL) << i;
        }
        return value;
    }

    long var() throws RecordingError {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new RecordingError("a number has more than 64 bits");
    }

    long signed() throws RecordingError {
        long value = var();
        return value >>> 1 ^ -(value & 1);
    }

    /// How many of something follow, each of at least so many bytes.
    int count(int bytesEach) throws RecordingError {
        long count = var();
        if (count < 0 || count > (end - at) / bytesEach) {
            throw new RecordingError(
                    "a record tells of " + Long.toUnsignedString(count) + " things and has no room for" + " them");
        }
        return (int) count;
    }

    String text() throws RecordingError {
        var characters = new char[count(1)];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) var();
        }
        return new String(characters);
    }

    byte[] octets() throws RecordingError {
        var octets = new byte[count(1)];
        System.arraycopy(bytes, at, octets, 0, octets.length);
        at += octets.length;
        return octets;
    }

    String utf8() throws RecordingError {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    Value value() throws RecordingError {
        int kind = octet();
        return switch (kind) {
            case 0, 1 -> new Value.Truth(kind == 1);
            case 2 -> new Value.Real(Double.longBitsToDouble(whole()));
            case 3 -> new Value.Whole(signed());
            case 4 -> new Value.Text(text());
            default -> throw new RecordingError("there is no kind " + kind + " of values");
        };
    }

    /// Changes inputs as [ByteSink#putInputs] tells.
    void inputs(long[] inputs, boolean[] real) throws RecordingError {
        int count = count(2);
        long place = -1;
        for (int i = 0; i < count; i++) {
            long gap = var();
            place += gap + 1;
            if (gap < 0 || place < 0 || place >= inputs.length) {
                throw new RecordingError("a scan has an input that the program has not");
            }
            int at = (int) place;
            inputs[at] = real[at] ? inputs[at] ^ Long.reverseBytes(var()) : inputs[at] + signed();
        }
    }
}
