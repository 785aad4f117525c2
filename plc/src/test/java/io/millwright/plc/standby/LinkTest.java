package io.millwright.plc.standby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Messages between two sides that share a key, and what strangers get.
class LinkTest {
    private static final byte[] KEY = "sixteen bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "another key, as long as it".getBytes(StandardCharsets.UTF_8);

    /// What a side read before its link ended.
    private static String heard(Link link) {
        var all = new StringBuilder();
        try {
            while (true) {
                Link.Message message = link.receive();
                all.append(message.kind()).append(new String(message.content(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return all + "|" + e.getMessage();
        }
    }

    /// Sends three messages, whose bytes are changed on the way.
    private static String sent(byte[] key, UnaryOperator<byte[]> changed) throws Exception {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var standby = CompletableFuture.supplyAsync(() -> {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort())) {
                    return heard(Link.open(socket, KEY, false, 5000));
                } catch (IOException e) {
                    return "|" + e.getMessage();
                }
            });
            try (Socket socket = door.accept()) {
                var tap = new Tap();
                try (Link link = Link.open(tap.of(socket), key, true, 5000)) {
                    tap.holds = true;
                    link.send(1, new byte[0]);
                    link.send(2, "two".getBytes(StandardCharsets.UTF_8));
                    link.send(3, "three".getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().write(changed.apply(tap.held.toByteArray()));
                    socket.shutdownOutput();
                    return standby.get();
                }
            }
        }
    }

    /// Keeps back what is written to a socket.
    private static final class Tap {
        final ByteArrayOutputStream held = new ByteArrayOutputStream();
        boolean holds;

        Socket of(Socket socket) {
            return new Socket() {
                @Override
                public java.io.InputStream getInputStream() throws IOException {
                    return socket.getInputStream();
                }

                @Override
                public java.io.OutputStream getOutputStream() {
                    return new java.io.OutputStream() {
                        @Override
                        public void write(int octet) throws IOException {
                            write(new byte[] {(byte) octet}, 0, 1);
                        }

                        @Override
                        public void write(byte[] bytes, int from, int count) throws IOException {
                            if (holds) {
                                held.write(bytes, from, count);
                            } else {
                                socket.getOutputStream().write(bytes, from, count);
                            }
                        }
                    };
                }

                @Override
                public void setTcpNoDelay(boolean on) throws java.net.SocketException {
                    socket.setTcpNoDelay(on);
                }

                @Override
                public void setSoTimeout(int millis) throws java.net.SocketException {
                    socket.setSoTimeout(millis);
                }
            };
        }
    }

    @Test
    void messagesComeAsTheyWereSent() throws Exception {
        assertEquals("12two3three|the other side has ended", sent(KEY, b -> b));
    }

    @Test
    void whoHasAnotherKeyIsNotHeard() {
        var error = assertThrows(IOException.class, () -> sent(OTHER, b -> b));
        assertEquals("the other side does not share the key", error.getMessage());
    }

    @Test
    void whatIsLongerThanAPieceComesWhole() throws Exception {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var content = new byte[200_000];
            new java.util.Random(1).nextBytes(content);
            var heard = CompletableFuture.supplyAsync(() -> {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort());
                        Link link = Link.open(socket, KEY, false, 5000)) {
                    return link.receive().content();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (Socket socket = door.accept();
                    Link link = Link.open(socket, KEY, true, 5000)) {
                link.send(7, content);
                assertArrayEquals(content, heard.get());
            }
        }
    }

    /// Whatever is flipped, cut or put in: what is heard is a beginning of what was sent.
    @Test
    void nothingThatWasChangedOnTheWayIsHeard() {
        Property.check(60, random -> {
            String heard = sent(KEY, b -> {
                byte[] changed = b.clone();
                changed[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
                return changed;
            });
            String before = heard.substring(0, heard.indexOf('|'));
            assertTrue("12two3three".startsWith(before) && !before.equals("12two3three"), heard);
        });
    }

    @Test
    void aMessageThatIsSentAgainIsRefused() throws Exception {
        String heard = sent(KEY, b -> {
            // The first is 2 + 4 + 1 + 16 bytes long.
            byte[] twice = new byte[b.length + 23];
            System.arraycopy(b, 0, twice, 0, 23);
            System.arraycopy(b, 0, twice, 23, b.length);
            return twice;
        });
        assertEquals("1|a message is not from who shares the key", heard);
    }

    @Test
    void aShortKeyIsRefused() {
        try (var socket = new Socket()) {
            var error = assertThrows(IOException.class, () -> Link.open(socket, new byte[15], true, 100));
            assertTrue(String.valueOf(error.getMessage()).contains("15 bytes"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void numbersAreEightBytes() {
        assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, 1, 2}, Kind.number(258));
        assertEquals(258, Kind.number(Kind.number(258)));
        assertEquals(0, Kind.number(new byte[3]));
    }
}
