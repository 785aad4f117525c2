package io.millwright.bench;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// An editor, as `mw st lsp` sees it: a process that speaks with it over standard input and output.
final class LanguageClient implements Closeable {
    private static final String URI = "untitled:bench.st";

    private final Process server;
    private final OutputStream to;
    private final DataInputStream from;
    private int version;

    private LanguageClient(Process server) {
        this.server = server;
        this.to = server.getOutputStream();
        this.from = new DataInputStream(server.getInputStream());
    }

    static LanguageClient start(Path log) throws IOException {
        Process server = new ProcessBuilder(Millwright.launcher().toString(), "st", "lsp")
                .redirectError(log.toFile())
                .start();
        var client = new LanguageClient(server);
        client.send("\"id\":1,\"method\":\"initialize\",\"params\":"
                + "{\"processId\":null,\"rootUri\":null,\"capabilities\":{}}");
        client.receive();
        client.send("\"method\":\"initialized\",\"params\":{}");
        return client;
    }

    void open(String text) throws IOException {
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        send("\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\"" + URI
                + "\",\"languageId\":\"st\",\"version\":0,\"text\":\"" + escaped + "\"}}");
    }

    /// Types a character that makes a name unknown at the beginning of a line, or takes it away.
    void type(int line, boolean mistake) throws IOException {
        send(("\"method\":\"textDocument/didChange\",\"params\":{\"textDocument\":{\"uri\":\"%s\",\"version\":%d},"
                        + "\"contentChanges\":[{\"range\":{\"start\":{\"line\":%d,\"character\":0},"
                        + "\"end\":{\"line\":%d,\"character\":%d}},\"text\":\"%s\"}]}")
                .formatted(URI, ++version, line, line, mistake ? 0 : 8, mistake ? "strange;" : ""));
    }

    void awaitDiagnostics(boolean some) throws IOException {
        while (true) {
            String message = receive();
            boolean told = message.contains("publishDiagnostics") && message.contains(URI);
            if (told && message.contains("\"severity\":1") == some) {
                return;
            }
        }
    }

    private void send(String content) throws IOException {
        byte[] body = ("{\"jsonrpc\":\"2.0\"," + content + "}").getBytes(StandardCharsets.UTF_8);
        to.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        to.write(body);
        to.flush();
    }

    private String receive() throws IOException {
        int length = 0;
        for (String header = header(); !header.isEmpty(); header = header()) {
            if (header.startsWith("Content-Length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        return new String(from.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String header() throws IOException {
        var line = new StringBuilder();
        for (int c = from.read(); c != '\n'; c = from.read()) {
            if (c < 0) {
                throw new IOException("the language server hung up");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        send("\"id\":2,\"method\":\"shutdown\"");
        send("\"method\":\"exit\"");
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
