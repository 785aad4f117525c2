package io.millwright.plc.standby;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/// Messages between two PLCs that share a key, encrypted by [Noise]: what another key, direction, place in the
/// order or session gives is refused. The standby begins.
///
/// ```
/// greeting   8 "MWSTBY04"   48 message of the handshake; of the standby, then of the master
/// piece      2 n, big-endian   n encrypted, of which 16 its authentication
/// message    pieces, which hold: 4 length, big-endian   1 kind   content
/// ```
final class Link implements AutoCloseable {
    private static final byte[] MAGIC = "MWSTBY04".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final int KEY_LEAST = 16;
    private static final int PIECE_MAX = 65_535;
    private static final int HEAD = 5;
    /// No message is longer.
    private static final int CONTENT_MAX = 1 << 28;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Noise.Sealer ours;
    private final Noise.Sealer theirs;
    private long sent;

    /// A message that came.
    record Message(int kind, byte[] content) {}

    private Link(Socket socket, DataInputStream in, DataOutputStream out, Noise.Sealer ours, Noise.Sealer theirs) {
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.ours = ours;
        this.theirs = theirs;
    }

    /// Greets the other side.
    ///
    /// @param key which both sides share
    /// @param master whether this side tells outputs
    static Link open(Socket socket, byte[] key, boolean master, int timeoutMillis) throws IOException {
        if (key.length < KEY_LEAST) {
            throw new IOException("the shared key has " + key.length + " bytes; it needs " + KEY_LEAST + " at least");
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(timeoutMillis);
        var in = new DataInputStream(socket.getInputStream());
        var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
        var noise = new Noise(hash(key), MAGIC, new SecureRandom());
        if (master) {
            noise.hear(greeting(in));
        }
        out.write(MAGIC);
        out.write(noise.tell(NOTHING));
        out.flush();
        if (!master) {
            noise.hear(greeting(in));
        }
        Noise.Keys keys = noise.split();
        return master
                ? new Link(socket, in, out, keys.ofResponder(), keys.ofInitiator())
                : new Link(socket, in, out, keys.ofInitiator(), keys.ofResponder());
    }

    private static byte[] hash(byte[] key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] greeting(DataInputStream in) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        byte[] message = in.readNBytes(Noise.KEY + Noise.TAG);
        if (magic.length == 0) {
            throw new IOException("the other side ended the link at once");
        }
        if (!Arrays.equals(magic, MAGIC) || message.length != Noise.KEY + Noise.TAG) {
            throw new IOException("the other side is no PLC of this version");
        }
        return message;
    }

    /// @return the number of the message, from 1
    long send(int kind, byte[] content) throws IOException {
        int most = PIECE_MAX - Noise.TAG;
        int from = Math.min(content.length, most - HEAD);
        piece(ByteBuffer.allocate(HEAD + from)
                .putInt(content.length)
                .put((byte) kind)
                .put(content, 0, from)
                .array());
        while (from < content.length) {
            int to = Math.min(content.length, from + most);
            piece(Arrays.copyOfRange(content, from, to));
            from = to;
        }
        out.flush();
        sent++;
        return sent;
    }

    private void piece(byte[] text) throws IOException {
        try {
            byte[] sealed = ours.seal(NOTHING, text);
            out.writeShort(sealed.length);
            out.write(sealed);
        } catch (GeneralSecurityException e) {
            throw new IOException("a message cannot be encrypted", e);
        }
    }

    /// Waits for a message.
    ///
    /// @throws SocketTimeoutException where none began within the time; others end the link
    Message receive() throws IOException {
        int first = in.read();
        if (first < 0) {
            throw new EOFException("the other side has ended");
        }
        try {
            return rest(first);
        } catch (SocketTimeoutException e) {
            throw new IOException("a message came only in part", e);
        }
    }

    private Message rest(int first) throws IOException {
        byte[] piece = piece(first);
        if (piece.length < HEAD) {
            throw new IOException("a message has no head");
        }
        ByteBuffer head = ByteBuffer.wrap(piece);
        int length = head.getInt();
        int kind = head.get();
        if (length < head.remaining() || length > CONTENT_MAX) {
            throw new IOException("a message of " + Integer.toUnsignedString(length) + " bytes is refused");
        }
        byte[] content = new byte[length];
        int done = head.remaining();
        head.get(content, 0, done);
        while (done < length) {
            byte[] more = piece(in.readUnsignedByte());
            if (more.length == 0 || more.length > length - done) {
                throw new IOException("a message is longer than it says");
            }
            System.arraycopy(more, 0, content, done, more.length);
            done += more.length;
        }
        return new Message(kind, content);
    }

    private byte[] piece(int first) throws IOException {
        int length = first << 8 | in.readUnsignedByte();
        byte[] sealed = in.readNBytes(length);
        if (sealed.length != length) {
            throw new EOFException("a message came only in part");
        }
        try {
            return theirs.open(NOTHING, sealed);
        } catch (GeneralSecurityException e) {
            throw new IOException("a message is not from who shares the key", e);
        }
    }

    /// Whether something came that was not read.
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(Math.max(1, millis));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
