package io.millwright.identity.udp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Room for so many datagrams with their addresses, as `recvmmsg` and `sendmmsg` want it.
///
/// ```text
/// header, 64 octets: | address 8 | its length 4 | 4 | pieces 8 | their number 8 | 24 | datagram's length 4 | 4 |
/// piece, 16 octets:  | start of the datagram 8 | room, or what is to be sent 8 |
/// ```
final class Envelopes {

    private static final int HEADER_BYTES = 64;
    private static final int ADDRESS_LENGTH_AT = 8;
    private static final int PIECES_AT = 16;
    private static final int PIECE_COUNT_AT = 24;
    private static final int LENGTH_AT = 56;
    private static final int PIECE_BYTES = 16;

    private final int datagramBytes;
    private final MemorySegment headers;
    private final MemorySegment pieces;
    private final MemorySegment addresses;
    private final MemorySegment datagrams;

    Envelopes(Arena arena, int count, int datagramBytes) {
        this.datagramBytes = datagramBytes;
        headers = arena.allocate((long) count * HEADER_BYTES, 64);
        pieces = arena.allocate((long) count * PIECE_BYTES, 64);
        addresses = arena.allocate((long) count * Addresses.BYTES, 64);
        datagrams = arena.allocate((long) count * datagramBytes, 64);
        for (int i = 0; i < count; i++) {
            long header = (long) i * HEADER_BYTES;
            long piece = (long) i * PIECE_BYTES;
            headers.set(ValueLayout.ADDRESS, header, address(i));
            headers.set(ValueLayout.ADDRESS, header + PIECES_AT, pieces.asSlice(piece));
            headers.set(ValueLayout.JAVA_LONG, header + PIECE_COUNT_AT, 1);
            pieces.set(ValueLayout.ADDRESS, piece, datagrams.asSlice((long) i * datagramBytes));
        }
    }

    MemorySegment headers() {
        return headers;
    }

    MemorySegment headersFrom(int position) {
        return headers.asSlice((long) position * HEADER_BYTES);
    }

    MemorySegment address(int position) {
        return addresses.asSlice((long) position * Addresses.BYTES, Addresses.BYTES);
    }

    /// To be called before a datagram is received.
    void empty(int position) {
        headers.set(ValueLayout.JAVA_INT, (long) position * HEADER_BYTES + ADDRESS_LENGTH_AT, Addresses.BYTES);
        pieces.set(ValueLayout.JAVA_LONG, (long) position * PIECE_BYTES + 8, datagramBytes);
    }

    /// How long the datagram is that was received.
    int length(int position) {
        return Math.min(datagramBytes, headers.get(ValueLayout.JAVA_INT, (long) position * HEADER_BYTES + LENGTH_AT));
    }

    int addressLength(int position) {
        return headers.get(ValueLayout.JAVA_INT, (long) position * HEADER_BYTES + ADDRESS_LENGTH_AT);
    }

    int read(int position, byte[] into) {
        int length = length(position);
        MemorySegment.copy(datagrams, ValueLayout.JAVA_BYTE, (long) position * datagramBytes, into, 0, length);
        return length;
    }

    /// Puts octets to be sent to an address that has been put in, or to the socket's own peer.
    ///
    /// @param addressLength 0 for the peer
    void put(int position, int addressLength, byte[] bytes, int length) {
        MemorySegment.copy(bytes, 0, datagrams, ValueLayout.JAVA_BYTE, (long) position * datagramBytes, length);
        headers.set(
                ValueLayout.ADDRESS,
                (long) position * HEADER_BYTES,
                addressLength == 0 ? MemorySegment.NULL : address(position));
        headers.set(ValueLayout.JAVA_INT, (long) position * HEADER_BYTES + ADDRESS_LENGTH_AT, addressLength);
        pieces.set(ValueLayout.JAVA_LONG, (long) position * PIECE_BYTES + 8, length);
    }
}
