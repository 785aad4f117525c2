package io.millwright.identity.udp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A UDP port as a server uses it: it takes the datagrams that are there, answers each, and sends the answers
/// together.
///
/// One thread receives and answers; [#send] and [#close] may be called from others.
///
/// ```java
/// for (int count = port.receive(); ; count = port.receive()) {
///     for (int i = 0; i < count; i++) {
///         port.answer(i, bytes, port.read(i, bytes));
///     }
///     port.flush();
/// }
/// ```
public sealed interface UdpPort extends Closeable permits LinuxUdp, ChannelUdp {

    /// The longest datagram that is taken whole or sent, in octets; of a longer one that comes the beginning is
    /// taken.
    int DATAGRAM_BYTES = 4096;

    /// Opens a port.
    ///
    /// @param port 0 for a free one
    /// @param bufferBytes how much the system is to keep of what has not been received yet
    static UdpPort open(InetAddress address, int port, int bufferBytes) throws IOException {
        return LinuxUdp.isAvailable()
                ? LinuxUdp.open(address, port, bufferBytes)
                : ChannelUdp.open(address, port, bufferBytes);
    }

    /// Loads what a port needs, so that one that is opened later is there sooner.
    static void prepare() {
        if (LinuxUdp.isAvailable()) {
            Linux.prepare();
        }
    }

    /// The port's number.
    int number();

    boolean isOpen();

    /// Waits for a datagram, and takes those that have come meanwhile too.
    ///
    /// @return how many; their positions count from 0 and are good until the next call
    /// @throws java.nio.channels.ClosedChannelException when the port is closed, also while this waits
    int receive() throws IOException;

    /// Copies a datagram.
    ///
    /// @param into takes at least [#DATAGRAM_BYTES]
    /// @return its length
    int read(int position, byte[] into);

    /// Who sent a datagram.
    InetSocketAddress sender(int position);

    /// Has octets sent to the sender of a datagram, at the latest by the next [#flush].
    ///
    /// @param length at most [#DATAGRAM_BYTES]
    void answer(int position, byte[] bytes, int length) throws IOException;

    /// Sends what waits. A client that cannot be reached does not keep the others from their answers.
    void flush() throws IOException;

    /// Sends octets at once.
    ///
    /// @param length at most [#DATAGRAM_BYTES]
    void send(InetSocketAddress to, byte[] bytes, int length) throws IOException;
}
