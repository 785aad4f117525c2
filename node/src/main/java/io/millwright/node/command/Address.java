package io.millwright.node.command;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `HOST:PORT` or `PORT` of an option; without a host it is loopback.
public final class Address implements ITypeConverter<InetSocketAddress> {

    @Override
    public InetSocketAddress convert(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon).replaceAll("[\\[\\]]", "");
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new TypeConversionException("the host of '" + text + "' is not known");
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not an address; write HOST:PORT, e.g. 127.0.0.1:8420");
        }
    }

    /// Whether nobody listens on this port of loopback.
    static boolean isFree(int port) {
        return isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /// A port of loopback that is free now.
    static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new FailedError("no port is free: " + e.getMessage());
        }
    }

    /// The address itself if nobody listens there, by TCP or UDP, else the same host with a free port.
    public static InetSocketAddress orFree(InetSocketAddress address) {
        return isFree(address) ? address : new InetSocketAddress(address.getAddress(), 0);
    }

    private static boolean isFree(InetSocketAddress address) {
        try (var probe = new ServerSocket();
                var datagrams = new DatagramSocket(null)) {
            probe.bind(address);
            datagrams.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// As people write it.
    public static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
