package io.millwright.bench.identity;

import io.millwright.bench.Millwright;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// A node of identifiers in a process of its own, as `mw id serve` starts it.
///
/// @param millwright the process
/// @param udp where it speaks the Handle protocol over UDP
record Node(Millwright millwright, InetSocketAddress udp) implements AutoCloseable {

    /// @param arguments of `mw id serve`
    static Node start(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of("id", "serve", "--at", "127.0.0.1:0", "--json"));
        command.addAll(arguments);
        var started = Millwright.start(command);
        return new Node(started, address(started.ready("identifiers")));
    }

    private static InetSocketAddress address(String told) {
        return Server.loopback(Integer.parseInt(told.substring(told.lastIndexOf(':') + 1)));
    }

    Usage usage() {
        return new Usage(millwright.process());
    }

    InetSocketAddress dns() {
        return address(millwright.ready("dns"));
    }

    InetSocketAddress http() {
        return address(millwright.ready("http"));
    }

    @Override
    public void close() {
        millwright.close();
    }
}
