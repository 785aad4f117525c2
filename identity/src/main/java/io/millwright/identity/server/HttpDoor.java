package io.millwright.identity.server;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Limits;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The protocol over HTTP/1.1 (RFC 9112): a POST of envelope and message as `application/x-hdl-message`, to any path,
/// answered in the same form. Only this is spoken here: no chunks, no upgrades, no other method.
final class HttpDoor {

    private static final String MEDIA_TYPE = "application/x-hdl-message";

    private final Responder responder;
    private final ServerCounters counters;

    HttpDoor(Responder responder, ServerCounters counters) {
        this.responder = responder;
        this.counters = counters;
    }

    void serve(Connections.Guarded connection) throws IOException {
        var in = new BufferedInputStream(connection.socket().getInputStream(), 2048);
        var out = connection.socket().getOutputStream();
        boolean more = true;
        while (more) {
            in.mark(1);
            if (in.read() < 0) {
                return;
            }
            in.reset();
            connection.requestBegan();
            more = serveOne(connection.socket().getInetAddress(), in, out);
            connection.expectRequest();
        }
    }

    private boolean serveOne(InetAddress client, BufferedInputStream in, OutputStream out) throws IOException {
        HttpHead head;
        try {
            head = HttpHead.read(in);
        } catch (MalformedException e) {
            counters.unreadable.increment();
            return refuse(out, "400 Bad Request", e.getMessage());
        }
        var objection = objectionTo(head);
        if (objection.isPresent()) {
            return refuse(out, objection.get(), "POST " + MEDIA_TYPE + " with a Content-Length");
        }
        if (head.expectsContinue()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] content = TcpDoor.exactly(in, (int) head.contentLength());
        try {
            var envelope = Envelope.read(new WireReader(content));
            if (content.length - Envelope.BYTES != envelope.messageLength()) {
                throw new MalformedException("envelope says " + envelope.messageLength() + " octets; "
                        + (content.length - Envelope.BYTES) + " came");
            }
            var answer = new HttpAnswer(out, head.keepAlive());
            var asker = new Asker(client, answer::send, true);
            responder.answer(envelope, content, Envelope.BYTES, content.length, asker);
            return answer.isBegun()
                    ? answer.keepsConnection()
                    : refuse(out, "400 Bad Request", "the message is not a request");
        } catch (MalformedException e) {
            counters.unreadable.increment();
            return refuse(out, "400 Bad Request", e.getMessage());
        }
    }

    /// An answer on its way: with its length if it is one message, otherwise ended by the end of the connection (RFC
    /// 9112, section 6.3).
    private static final class HttpAnswer {

        private final OutputStream out;
        private final boolean keepAlive;
        private boolean begun;
        private boolean several;

        HttpAnswer(OutputStream out, boolean keepAlive) {
            this.out = out;
            this.keepAlive = keepAlive;
        }

        void send(Reply reply) throws IOException {
            if (!begun && reply.continued()) {
                several = true;
                out.write(head("200 OK", MEDIA_TYPE, "", false).getBytes(StandardCharsets.US_ASCII));
            }
            begun = true;
            if (several) {
                out.write(reply.whole());
            } else {
                respond(out, "200 OK", MEDIA_TYPE, reply.whole(), keepAlive);
            }
        }

        boolean isBegun() {
            return begun;
        }

        boolean keepsConnection() {
            return keepAlive && !several;
        }
    }

    private static Optional<String> objectionTo(HttpHead head) {
        if (!head.method().equals("POST")) {
            return Optional.of("405 Method Not Allowed\r\nAllow: POST");
        }
        if (!head.contentType().toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE)) {
            return Optional.of("415 Unsupported Media Type");
        }
        if (head.contentLength() < 0) {
            return Optional.of("411 Length Required");
        }
        if (head.contentLength() > Envelope.BYTES + Limits.MESSAGE_BYTES) {
            return Optional.of("413 Content Too Large");
        }
        return Optional.empty();
    }

    private static boolean refuse(OutputStream out, String status, String why) throws IOException {
        respond(out, status, "text/plain; charset=utf-8", (why + "\n").getBytes(StandardCharsets.UTF_8), false);
        return false;
    }

    private static void respond(OutputStream out, String status, String type, byte[] content, boolean keepAlive)
            throws IOException {
        String head = head(status, type, "Content-Length: " + content.length + "\r\n", keepAlive);
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        var whole = Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, whole, start.length, content.length);
        out.write(whole);
    }

    private static String head(String status, String type, String length, boolean keepAlive) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + length + "Connection: "
                + (keepAlive ? "keep-alive" : "close") + "\r\n\r\n";
    }
}
