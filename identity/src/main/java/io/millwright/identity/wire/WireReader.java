package io.millwright.identity.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A cursor over received bytes: big-endian integers and length-prefixed strings (RFC 3652, sections 2.1.1 and
/// 2.1.4). Every read is checked against the end, and nothing is allocated before its length is known to be there.
public final class WireReader {

    private final byte[] bytes;
    private final int end;
    private int position;

    public WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /// @param from the first octet
    /// @param to the octet after the last
    public WireReader(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    public WireReader(Octets octets) {
        this(octets.toByteArray());
    }

    /// Octets not yet read.
    public int remaining() {
        return end - position;
    }

    /// The offset of the next octet in the array.
    public int position() {
        return position;
    }

    /// An unsigned octet.
    public int u8(String field) throws MalformedException {
        require(field, 1);
        return bytes[position++] & 0xff;
    }

    /// An unsigned integer of two octets.
    public int u16(String field) throws MalformedException {
        require(field, 2);
        int value = (bytes[position] & 0xff) << 8 | bytes[position + 1] & 0xff;
        position += 2;
        return value;
    }

    /// Four octets; values above 2³¹ − 1 come out negative.
    public int int32(String field) throws MalformedException {
        require(field, 4);
        int value = peekInt32(position);
        position += 4;
        return value;
    }

    /// Eight octets; values above 2⁶³ − 1 come out negative.
    public long int64(String field) throws MalformedException {
        require(field, 8);
        long high = int32(field);
        return high << 32 | Integer.toUnsignedLong(int32(field));
    }

    /// The next octet, left where it is; -1 at the end.
    public int peekU8() {
        return remaining() == 0 ? -1 : bytes[position] & 0xff;
    }

    private int peekInt32(int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }

    /// A four-octet length.
    ///
    /// @param max the greatest length allowed
    public int length(String field, int max) throws MalformedException {
        int length = int32(field);
        if (length < 0 || length > max) {
            throw new MalformedException(
                    field + " has length " + Integer.toUnsignedString(length) + "; at most " + max + " is allowed");
        }
        return length;
    }

    /// A four-octet count of things that follow.
    ///
    /// @param max the greatest count allowed
    /// @param octetsEachMin the fewest octets one of the things takes, so that a lying count is seen at once
    public int count(String field, int max, int octetsEachMin) throws MalformedException {
        int count = length(field, max);
        if ((long) count * octetsEachMin > remaining()) {
            throw new MalformedException(
                    field + " claims " + count + " entries; only " + remaining() + " octets follow");
        }
        return count;
    }

    /// Goes on behind octets that are not looked at.
    public void skip(String field, int length) throws MalformedException {
        require(field, length);
        position += length;
    }

    /// Copies octets to a writer.
    public void copy(String field, int length, WireWriter out) throws MalformedException {
        require(field, length);
        out.plain(bytes, position, position + length);
        position += length;
    }

    /// A length and that many octets.
    public Octets octets(String field, int max) throws MalformedException {
        int length = length(field, max);
        require(field, length);
        var octets = Octets.copy(bytes, position, position + length);
        position += length;
        return octets;
    }

    /// So many octets, without a length before them.
    public Octets plain(String field, int length) throws MalformedException {
        require(field, length);
        var octets = Octets.copy(bytes, position, position + length);
        position += length;
        return octets;
    }

    /// A UTF8-String: a length and that many octets of valid UTF-8.
    public String text(String field, int max) throws MalformedException {
        int length = length(field, max);
        require(field, length);
        String text = utf8(field, length);
        position += length;
        return text;
    }

    private String utf8(String field, int length) throws MalformedException {
        for (int i = position; i < position + length; i++) {
            if (bytes[i] < 0) {
                return strictUtf8(field, length);
            }
        }
        return new String(bytes, position, length, StandardCharsets.ISO_8859_1);
    }

    private String strictUtf8(String field, int length) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(field + " is not valid UTF-8");
        }
    }

    /// A reader of the next octets, which are skipped here.
    public WireReader slice(String field, int length) throws MalformedException {
        require(field, length);
        var slice = new WireReader(bytes, position, position + length);
        position += length;
        return slice;
    }

    /// Checks that nothing is left.
    public void expectEnd(String field) throws MalformedException {
        if (position != end) {
            throw new MalformedException(field + " has " + remaining() + " octets too many");
        }
    }

    private void require(String field, int octets) throws MalformedException {
        if (octets < 0 || octets > end - position) {
            throw new MalformedException(field + " is cut short: " + Integer.toUnsignedString(octets)
                    + " octets needed, " + remaining() + " left");
        }
    }
}
