package io.millwright.process.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Finds ports of the loopback address.
public final class Ports {

    private Ports() {}

    /// The port to listen on: the one wanted, or a free one for 0.
    ///
    /// @param server whose port it is, for the message
    /// @throws PortTaken if somebody listens there
    public static int claim(String server, int wanted) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new PortTaken(server, wanted);
        }
    }
}
