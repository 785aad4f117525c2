package io.millwright.identity.server;

import io.millwright.identity.fuzz.Codec;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.testkit.ManualTime;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the doors of the node read: datagrams put together, the head of an HTTP request.
public final class ServerCodecs {

    private ServerCodecs() {}

    public static Map<String, Supplier<Codec>> all() {
        return Map.of("fragments", ServerCodecs::fragments, "http-head", ServerCodecs::httpHead);
    }

    /// Datagrams behind a length of two octets each.
    private static Codec fragments() {
        var message = new byte[1200];
        var envelope = Envelope.of(ProtocolVersion.NEWEST, ProtocolVersion.NEWEST, 9, message.length);
        var out = new WireWriter();
        for (byte[] piece : Fragments.cut(envelope, message)) {
            out.u16(piece.length).plain(piece, 0, piece.length);
        }
        return new Codec("fragments", List.of(out.toByteArray()), ServerCodecs::collect);
    }

    private static void collect(byte[] bytes) {
        var client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        var pending = new PendingRequests(new ManualTime(0));
        var in = new WireReader(bytes);
        while (in.remaining() > 1) {
            var datagram = Codec.read(() -> in.plain("datagram", Math.min(in.u16("length"), in.remaining())));
            byte[] octets = datagram.orElseThrow().toByteArray();
            var envelope = Codec.read(() -> Envelope.read(new WireReader(octets)));
            if (envelope.isPresent()) {
                int length = envelope.get().messageLength();
                pending.add(client, envelope.get(), octets, octets.length)
                        .ifPresent(whole -> Codec.must(whole.length == length, "not the length that was announced"));
            }
            Codec.must(pending.size() <= PendingRequests.MAX, "more is kept than may be");
        }
    }

    private static Codec httpHead() {
        var seeds = Stream.of(
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n",
                        "GET /01/09506000134352?linkType=all HTTP/1.0\r\nConnection: close\r\n\r\n")
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toList();
        return new Codec("http-head", seeds, bytes -> {
            try {
                var head = HttpHead.read(new ByteArrayInputStream(bytes));
                Codec.must(head.contentLength() >= -1, "a length below none");
                Codec.must(!head.method().contains(" ") && !head.target().contains(" "), "a blank in a word");
            } catch (EOFException | MalformedException e) {
                Codec.must(!e.getMessage().isEmpty(), "no reason");
            }
        });
    }
}
