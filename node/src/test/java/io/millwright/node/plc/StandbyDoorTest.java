package io.millwright.node.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Told;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The port of a standby is its own from the beginning on.
class StandbyDoorTest {
    private static InetSocketAddress free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }
    }

    @Test
    void aKeptPortIsNobodyElsesAndLetsNobodyIn() throws IOException {
        var address = free();
        try (var door = new StandbyDoor(address);
                var other = new Socket();
                var knocking = new Socket()) {
            assertEquals(Optional.empty(), door.keep());
            assertThrows(BindException.class, () -> other.bind(address));
            assertThrows(ConnectException.class, () -> knocking.connect(address, 1000));
        }
    }

    /// Again and again, as PLCs that change places do; the link that was there leaves the port busy for a minute.
    @Test
    void itOpensAndIsKeptAgain() throws IOException {
        var address = free();
        try (var door = new StandbyDoor(address)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(Optional.empty(), door.keep());
                try (var open = door.open();
                        var guest = new Socket()) {
                    guest.connect(address, 1000);
                    open.accept().close();
                }
            }
        }
    }

    @Test
    void whatHasThePortIsToldOnceAndLeft() throws IOException {
        var address = free();
        try (var door = new StandbyDoor(address)) {
            try (var _ = new ServerSocket(address.getPort(), 1, address.getAddress())) {
                String said = door.keep().map(Told::text).orElseThrow();
                assertTrue(said.contains("--standby-port 127.0.0.1:" + address.getPort()), said);
                assertEquals(Optional.empty(), door.keep());
                assertThrows(BindException.class, door::open);
            }
            assertEquals(Optional.empty(), door.keep());
            door.open().close();
        }
    }
}
