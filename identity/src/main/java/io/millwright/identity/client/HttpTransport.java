package io.millwright.identity.client;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The message as the content of a POST.
///
/// @param settings how patient to be
/// @param http the connections
record HttpTransport(ClientSettings settings, HttpClient http) implements Transport {

    private static final String MEDIA_TYPE = "application/x-hdl-message";
    /// A list of handles comes in as many messages as it takes.
    private static final int ANSWER_BYTES_MAX = 64 << 20;

    static HttpTransport of(ClientSettings settings) {
        var http = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new HttpTransport(settings, http);
    }

    @Override
    public void exchange(InetSocketAddress server, Packet request, Taker taker) throws IOException, MalformedException {
        // The client's own time limit ends with the head of the answer; this one covers the content too.
        var task = new FutureTask<>(() -> send(server, request));
        var thread = Thread.ofVirtual().name("handle-http-client").start(task);
        try {
            takeAll(task.get(settings.answerTimeout().toNanos(), TimeUnit.NANOSECONDS), taker);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new HttpTimeoutException("no whole answer in time");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(said(e), e);
        }
    }

    private static String said(ExecutionException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        if (cause instanceof java.net.ConnectException) {
            return "nobody listens there";
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    private byte[] send(InetSocketAddress server, Packet packet) throws IOException, InterruptedException {
        String host =
                server.getHostString().contains(":") ? "[" + server.getHostString() + "]" : server.getHostString();
        var request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + server.getPort() + "/"))
                .header("Content-Type", MEDIA_TYPE)
                .header("Accept", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(packet.whole()))
                .build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            return content.readNBytes(ANSWER_BYTES_MAX + 1);
        }
    }

    private static void takeAll(byte[] content, Taker taker) throws MalformedException {
        var in = new WireReader(content);
        boolean more = true;
        while (more) {
            var envelope = Envelope.read(in);
            byte[] message = in.plain("message", envelope.messageLength()).toByteArray();
            more = taker.take(new Packet(envelope, message));
        }
        in.expectEnd("content of the answer");
    }
}
