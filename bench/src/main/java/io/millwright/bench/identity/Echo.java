package io.millwright.bench.identity;

import io.millwright.identity.udp.UdpPort;
import java.io.IOException;
import java.net.InetAddress;

/// A program that sends every datagram back: the most that one Java thread and this machine's loopback can do.
public final class Echo {

    private static final int BUFFER_BYTES = 1 << 20;

    private Echo() {}

    /// Prints its port and serves until it is ended.
    public static void main(String[] arguments) throws IOException {
        try (var port = UdpPort.open(InetAddress.getLoopbackAddress(), 0, BUFFER_BYTES)) {
            System.out.println(port.number());
            byte[] datagram = new byte[UdpPort.DATAGRAM_BYTES];
            while (true) {
                int count = port.receive();
                for (int i = 0; i < count; i++) {
                    port.answer(i, datagram, port.read(i, datagram));
                }
                port.flush();
            }
        }
    }
}
