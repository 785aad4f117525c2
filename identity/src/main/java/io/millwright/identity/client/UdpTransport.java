package io.millwright.identity.client;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Optional;

/// Datagrams, sent again while no answer comes. The socket is connected, so that only packets from the asked server
/// arrive; those with another request id are left aside: late answers to earlier requests.
///
/// @param settings how patient to be
record UdpTransport(ClientSettings settings) implements Transport {

    private static final int BUFFER_BYTES = 2048;

    /// An answer too long for UDP, or of which a part got lost: to be fetched by TCP.
    static final class TruncatedException extends IOException {
        TruncatedException(String message) {
            super(message);
        }
    }

    @Override
    public void exchange(InetSocketAddress server, Packet request, Taker taker) throws IOException, MalformedException {
        if (taker.take(ask(server, request))) {
            throw new TruncatedException("an answer of several messages");
        }
    }

    private Packet ask(InetSocketAddress server, Packet request) throws IOException, MalformedException {
        var datagrams = Fragments.cut(request.envelope(), request.message());
        try (var socket = new DatagramSocket()) {
            socket.connect(server);
            var answer = new Collector(request.envelope().requestId(), settings.udpAnswerBytesMax());
            for (var timeout : settings.udpTimeouts()) {
                for (byte[] datagram : datagrams) {
                    socket.send(new DatagramPacket(datagram, datagram.length));
                }
                var packet = answer.await(socket, System.nanoTime() + timeout.toNanos());
                if (packet.isPresent()) {
                    return packet.get();
                }
            }
            if (answer.begun()) {
                throw new TruncatedException("parts of the answer got lost");
            }
        } catch (PortUnreachableException e) {
            throw new IOException("nobody listens there", e);
        }
        throw new SocketTimeoutException(
                "no answer to " + settings.udpTimeouts().size() + " attempts");
    }

    /// Puts the answer together. A fragment of an earlier attempt's answer serves as well: the answer to a
    /// retransmission that has another length begins anew.
    private static final class Collector {

        private final int requestId;
        private final int bytesMax;
        private int length = -1;
        private Fragments fragments = new Fragments(0);

        Collector(int requestId, int bytesMax) {
            this.requestId = requestId;
            this.bytesMax = bytesMax;
        }

        boolean begun() {
            return length >= 0;
        }

        Optional<Packet> await(DatagramSocket socket, long deadlineNanos) throws IOException, MalformedException {
            var packet = new DatagramPacket(new byte[BUFFER_BYTES], BUFFER_BYTES);
            while (true) {
                long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return Optional.empty();
                }
                try {
                    socket.setSoTimeout((int) leftMillis);
                    socket.receive(packet);
                } catch (SocketTimeoutException e) {
                    return Optional.empty();
                }
                var answer = take(packet);
                if (answer.isPresent()) {
                    return answer;
                }
            }
        }

        private Optional<Packet> take(DatagramPacket packet) throws IOException, MalformedException {
            byte[] bytes = packet.getData();
            var envelope = Envelope.read(new WireReader(bytes, 0, packet.getLength()));
            if (envelope.requestId() != requestId) {
                return Optional.empty();
            }
            if (envelope.isCutShort()) {
                throw new TruncatedException("an answer that the server does not send by UDP");
            }
            if (envelope.messageLength() > bytesMax) {
                throw new TruncatedException("an answer of " + envelope.messageLength() + " octets");
            }
            if (envelope.messageLength() != length) {
                length = envelope.messageLength();
                fragments = new Fragments(length);
            }
            return fragments
                    .add(envelope, bytes, Envelope.BYTES, packet.getLength())
                    .map(message -> new Packet(envelope, message));
        }
    }
}
