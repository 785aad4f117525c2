package io.millwright.identity.server;

import io.millwright.identity.door.WebDoor;
import io.millwright.identity.door.WebRequest;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Limits;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocket;

/// The protocol over HTTP/1.1 (RFC 9112): a POST of envelope and message as `application/x-hdl-message`, to any path,
/// answered in the same form. Only this is spoken here, and what the [WebDoor] behind it takes: no chunks, no
/// upgrades.
final class HttpDoor {

    private static final String MEDIA_TYPE = "application/x-hdl-message";

    /// A record of one full message, its octets in base64.
    private static final int WEB_CONTENT_BYTES_MAX = 512 << 10;

    /// Batches of records may be longer, a few at a time.
    private static final int BATCH_CONTENT_BYTES_MAX = 8 << 20;

    private static final int BATCHES_AT_ONCE = 8;
    private static final String BATCHES = "/identityv2/data/batch";

    private final Responder responder;
    private final Optional<WebDoor> web;
    private final ServerCounters counters;
    private final Semaphore batches = new Semaphore(BATCHES_AT_ONCE);

    /// @param web who answers requests of other kinds
    HttpDoor(Responder responder, Optional<WebDoor> web, ServerCounters counters) {
        this.responder = responder;
        this.web = web;
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
            more = serveOne(connection, in, out);
            connection.expectRequest();
        }
    }

    private boolean serveOne(Connections.Guarded connection, BufferedInputStream in, OutputStream out)
            throws IOException {
        InetAddress client = connection.socket().getInetAddress();
        HttpHead head;
        try {
            head = HttpHead.read(in);
        } catch (MalformedException e) {
            counters.unreadable.increment();
            return refuse(out, "400 Bad Request", e.getMessage());
        }
        if (web.isPresent() && !(head.method().equals("POST") && isMessage(head))) {
            return serveWeb(web.get(), head, connection, in, out);
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

    private boolean serveWeb(
            WebDoor door, HttpHead head, Connections.Guarded connection, BufferedInputStream in, OutputStream out)
            throws IOException {
        boolean chunked = head.fields().containsKey("transfer-encoding");
        boolean large = head.contentLength() > WEB_CONTENT_BYTES_MAX;
        int max = head.target().startsWith(BATCHES) ? BATCH_CONTENT_BYTES_MAX : WEB_CONTENT_BYTES_MAX;
        if (chunked || head.contentLength() > max) {
            return refuse(
                    out,
                    chunked ? "411 Length Required" : "413 Content Too Large",
                    "content of at most " + max + " octets with a Content-Length");
        }
        if (large && !batches.tryAcquire()) {
            return refuse(out, "503 Service Unavailable", "too many large requests are under way; try again");
        }
        try {
            return serveWhole(door, head, connection, in, out);
        } finally {
            if (large) {
                batches.release();
            }
        }
    }

    private boolean serveWhole(
            WebDoor door, HttpHead head, Connections.Guarded connection, BufferedInputStream in, OutputStream out)
            throws IOException {
        if (head.expectsContinue()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        int length = (int) Math.max(0, head.contentLength());
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("the client left in the middle of a request");
        }
        counters.requests.increment();
        connection.answerBegan();
        var request = WebRequest.of(head.method(), head.target(), head.fields(), Octets.of(content));
        var answer = door.answer(isConfidential(connection.socket()) ? request : request.readable());
        connection.answerBegan();
        var fields = new StringBuilder();
        answer.fields()
                .forEach((name, value) ->
                        fields.append(name).append(": ").append(value).append("\r\n"));
        byte[] body = answer.content().toByteArray();
        boolean bodiless = answer.status() == 204;
        fields.append(bodiless ? "" : "Content-Length: " + body.length + "\r\n");
        String start = "HTTP/1.1 " + answer.status() + " " + reason(answer.status()) + "\r\n" + fields + "Connection: "
                + (head.keepAlive() ? "keep-alive" : "close") + "\r\n\r\n";
        send(out, start, head.method().equals("HEAD") || bodiless ? new byte[0] : body);
        return head.keepAlive();
    }

    /// Nobody can read along on loopback, nor where TLS is spoken.
    private static boolean isConfidential(Socket socket) {
        return socket instanceof SSLSocket || socket.getInetAddress().isLoopbackAddress();
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 300 -> "Multiple Choices";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            default -> "";
        };
    }

    private static boolean isMessage(HttpHead head) {
        return head.contentType().toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE);
    }

    private static Optional<String> objectionTo(HttpHead head) {
        if (!head.method().equals("POST")) {
            return Optional.of("405 Method Not Allowed\r\nAllow: POST");
        }
        if (!isMessage(head)) {
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
        send(out, head(status, type, "Content-Length: " + content.length + "\r\n", keepAlive), content);
    }

    private static void send(OutputStream out, String head, byte[] content) throws IOException {
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
