package io.millwright.identity.client;

import java.net.InetSocketAddress;

/// One door of one server.
///
/// @param protocol how to speak to it
/// @param address where it listens
public record Endpoint(Protocol protocol, InetSocketAddress address) {

    /// How messages travel.
    public enum Protocol {
        /// Datagrams; a longer answer is fetched by TCP from the same port.
        UDP,
        TCP,
        HTTP
    }

    public static Endpoint udp(InetSocketAddress address) {
        return new Endpoint(Protocol.UDP, address);
    }

    public static Endpoint tcp(InetSocketAddress address) {
        return new Endpoint(Protocol.TCP, address);
    }

    public static Endpoint http(InetSocketAddress address) {
        return new Endpoint(Protocol.HTTP, address);
    }

    @Override
    public String toString() {
        return protocol + " " + address.getHostString() + ":" + address.getPort();
    }
}
