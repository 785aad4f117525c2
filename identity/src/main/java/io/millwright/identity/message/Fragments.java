package io.millwright.identity.message;

import io.millwright.identity.wire.WireWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A message in datagrams: cut into pieces of at most [Limits#FRAGMENT_BYTES] with an envelope before each, numbered
/// from 0, the truncated flag set where there is more than one (RFC 3652, section 2.3).
public final class Fragments {

    private final byte[] message;
    private final BitSet arrived;
    private final int count;

    /// Collects the pieces of a message.
    ///
    /// @param messageLength octets of the whole message, at most [Limits#MESSAGE_BYTES]
    public Fragments(int messageLength) {
        message = new byte[messageLength];
        count = countOf(messageLength);
        arrived = new BitSet(count);
    }

    /// How many datagrams a message takes.
    public static int countOf(int messageLength) {
        return Math.max(1, (messageLength + Limits.FRAGMENT_BYTES - 1) / Limits.FRAGMENT_BYTES);
    }

    /// Cuts a message into datagrams.
    ///
    /// @param envelope with the length of the whole message
    public static List<byte[]> cut(Envelope envelope, byte[] message) {
        int count = countOf(message.length);
        var datagrams = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            datagrams.add(piece(envelope, message, i));
        }
        return datagrams;
    }

    /// One datagram of a message.
    public static byte[] piece(Envelope envelope, byte[] message, int sequence) {
        int from = sequence * Limits.FRAGMENT_BYTES;
        int to = Math.min(message.length, from + Limits.FRAGMENT_BYTES);
        var out = new WireWriter(Envelope.BYTES + to - from);
        boolean whole = message.length <= Limits.FRAGMENT_BYTES;
        (whole ? envelope : envelope.fragment(sequence)).write(out);
        return out.plain(message, from, to).toByteArray();
    }

    /// Adds a piece. One that does not fit, by its number or its length, is ignored; so is a repeated one.
    ///
    /// @param from where the piece begins, after the envelope
    /// @param to where it ends
    /// @return the message, once all its pieces are there
    public Optional<byte[]> add(Envelope envelope, byte[] datagram, int from, int to) {
        int sequence = envelope.sequence();
        boolean fits = envelope.messageLength() == message.length && sequence >= 0 && sequence < count;
        if (fits && to - from == lengthOf(sequence) && !arrived.get(sequence)) {
            System.arraycopy(datagram, from, message, sequence * Limits.FRAGMENT_BYTES, to - from);
            arrived.set(sequence);
        }
        return arrived.cardinality() == count ? Optional.of(message) : Optional.empty();
    }

    private int lengthOf(int sequence) {
        return Math.min(Limits.FRAGMENT_BYTES, message.length - sequence * Limits.FRAGMENT_BYTES);
    }
}
