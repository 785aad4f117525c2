package io.millwright.node.plc;

import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import io.millwright.node.command.Address;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the other of two PLCs may follow this one. Nobody is let in while this one follows, but the port is kept:
/// else the system may give it to whatever asks for any port, and in a take-over it turns out that nobody can follow.
final class StandbyDoor implements AutoCloseable {
    private final InetSocketAddress address;
    /// Bound, and neither connected nor listening: who knocks is refused, as where there is nobody.
    private @Nullable Socket kept;

    private boolean refused;

    StandbyDoor(InetSocketAddress address) {
        this.address = address;
    }

    /// Keeps the port until it is opened.
    ///
    /// @return what is wrong, where something else has it; once, not each time
    @SuppressWarnings("resource") // it is kept
    Optional<Told> keep() throws IOException {
        if (kept != null) {
            return Optional.empty();
        }
        var socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address);
            kept = socket;
            refused = false;
            return Optional.empty();
        } catch (BindException e) {
            socket.close();
            boolean known = refused;
            refused = true;
            return known ? Optional.empty() : Optional.of(taken(e));
        }
    }

    /// What is said where something else has the port.
    Told taken(BindException e) {
        return Told.of("pair-door", "--standby-port {address}{: reason}")
                .with("address", Address.text(address))
                .with("reason", SystemTold.of(e));
    }

    /// Lets in.
    ///
    /// @throws BindException where something else has the port
    ServerSocket open() throws IOException {
        close();
        var door = new ServerSocket();
        try {
            door.setReuseAddress(true);
            door.bind(address, 1);
        } catch (IOException e) {
            door.close();
            throw e;
        }
        return door;
    }

    @Override
    public void close() throws IOException {
        Socket socket = kept;
        kept = null;
        if (socket != null) {
            socket.close();
        }
    }
}
