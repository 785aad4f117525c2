package io.millwright.identity.client;

import io.millwright.identity.wire.MalformedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;

/// One connection for many exchanges, one after the other. One that the server has closed meanwhile is set up anew
/// before anything is sent; one that breaks during an exchange is not, as the server may have done what was asked.
final class KeptConnection implements Transport, AutoCloseable {

    private final TcpTransport transport;
    private Optional<Socket> open = Optional.empty();

    /// @param settings how patient to be
    KeptConnection(ClientSettings settings) {
        transport = new TcpTransport(settings);
    }

    @Override
    public synchronized void exchange(InetSocketAddress server, Packet request, Taker taker)
            throws IOException, MalformedException {
        var socket = open.filter(KeptConnection::isAlive).isPresent() ? open.get() : connected(server);
        try {
            transport.exchange(socket, request, taker);
        } catch (IOException | MalformedException e) {
            close();
            throw e;
        }
    }

    private Socket connected(InetSocketAddress server) throws IOException {
        close();
        var socket = transport.connected(server);
        open = Optional.of(socket);
        return socket;
    }

    /// Between two exchanges nothing comes but the end.
    private static boolean isAlive(Socket socket) {
        try {
            socket.setSoTimeout(1);
            var _ = socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            // It is gone either way.
        }
        open = Optional.empty();
    }
}
