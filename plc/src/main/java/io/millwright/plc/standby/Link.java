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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Messages between two PLCs that share a key: each has a length, a kind and an authentication code that no
/// other key, direction, place in the order or session gives.
///
/// ```
/// greeting   8 "MWSTBY01"   32 random bytes, of both sides
/// message    4 n, big-endian   1 kind   n content   16 the first bytes of HMAC-SHA-256 (RFC 2104)
///            of 8 number of the message   1 kind   n content
///            under HMAC(key, greeting of the master, greeting of the standby, "M" or "S")
/// ```
final class Link implements AutoCloseable {
    private static final byte[] MAGIC = "MWSTBY01".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 32;
    private static final int CODE = 16;
    private static final int KEY_LEAST = 16;
    /// No message is longer.
    private static final int CONTENT_MAX = 1 << 28;
    /// Before the other side has shown that it knows the key.
    private static final int FIRST_MAX = 1 << 10;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Mac ours;
    private final Mac theirs;
    private long sent;
    private long received;

    /// A message that came.
    record Message(int kind, byte[] content) {}

    private Link(Socket socket, DataInputStream in, DataOutputStream out, Mac ours, Mac theirs) {
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
        var own = new byte[NONCE];
        new SecureRandom().nextBytes(own);
        out.write(MAGIC);
        out.write(own);
        out.flush();
        byte[] magic = in.readNBytes(MAGIC.length);
        byte[] other = in.readNBytes(NONCE);
        if (!Arrays.equals(magic, MAGIC) || other.length != NONCE || Arrays.equals(own, other)) {
            throw new IOException("the other side is no PLC of this version");
        }
        byte[] ofMaster = master ? own : other;
        byte[] ofStandby = master ? other : own;
        Mac asMaster = mac(mac(key), ofMaster, ofStandby, 'M');
        Mac asStandby = mac(mac(key), ofMaster, ofStandby, 'S');
        return new Link(socket, in, out, master ? asMaster : asStandby, master ? asStandby : asMaster);
    }

    private static Mac mac(Mac of, byte[] a, byte[] b, char direction) {
        of.update(a);
        of.update(b);
        of.update((byte) direction);
        return mac(of.doFinal());
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    private static byte[] code(Mac mac, long number, int kind, byte[] content) {
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        mac.update((byte) kind);
        return Arrays.copyOf(mac.doFinal(content), CODE);
    }

    /// @return the number of the message, from 1
    long send(int kind, byte[] content) throws IOException {
        sent++;
        out.writeInt(content.length);
        out.writeByte(kind);
        out.write(content);
        out.write(code(ours, sent, kind, content));
        out.flush();
        return sent;
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
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (length < 0 || length > (received == 0 ? FIRST_MAX : CONTENT_MAX)) {
            throw new IOException("a message of " + Integer.toUnsignedString(length) + " bytes is refused");
        }
        int kind = in.readUnsignedByte();
        byte[] content = in.readNBytes(length);
        byte[] code = in.readNBytes(CODE);
        received++;
        if (content.length != length || !MessageDigest.isEqual(code, code(theirs, received, kind, content))) {
            throw new IOException("a message is not from who shares the key");
        }
        return new Message(kind, content);
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
