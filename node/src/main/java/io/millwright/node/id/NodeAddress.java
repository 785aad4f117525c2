package io.millwright.node.id;

import io.millwright.node.command.UsageError;
import java.net.InetSocketAddress;

/// Reads `HOST:PORT` or `HOST` of an option that names another node.
final class NodeAddress {

    private NodeAddress() {}

    /// @param option for the message
    /// @param standard the port where none is written
    static InetSocketAddress parse(String option, String text, int standard) {
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean plainIpv6 = bracket < 0 && text.indexOf(':') != colon;
        boolean withPort = colon > bracket && !plainIpv6;
        String host = withPort ? text.substring(0, colon) : text;
        int port = withPort ? port(option, text.substring(colon + 1)) : standard;
        var address = new InetSocketAddress(host, port);
        if (host.isEmpty() || address.isUnresolved()) {
            throw new UsageError(option + ": there is no host \"" + host + "\"; write HOST:PORT, e.g. 127.0.0.1:2641");
        }
        return address;
    }

    private static int port(String option, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageError(option + ": \"" + text + "\" is not a port; write HOST:PORT, e.g. 127.0.0.1:2641");
    }
}
