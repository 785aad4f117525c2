package io.millwright.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A Chromium without a window that waits to open the console, driven over the Chrome DevTools Protocol.
final class ConsolePage implements AutoCloseable {

    private static final String LISTENING = "DevTools listening on ws://";
    private static final long PATIENCE_SECONDS = 60;
    private static final long LOOK_MILLIS = 10;
    /// A reading of the overview that shows a number; before its first value a reading shows a dash.
    private static final String LIVE = "[...document.querySelectorAll('.reading .value')]"
            + ".some(e => /[0-9]/.test(e.firstChild?.textContent ?? ''))";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process browser;
    private final String authority;

    private ConsolePage(Process browser, String authority) {
        this.browser = browser;
        this.authority = authority;
    }

    /// Whether the browser is installed.
    static boolean isThere() {
        return !Peer.program("chromium").isEmpty();
    }

    /// Starts the browser.
    ///
    /// @param profile an empty folder for it
    static ConsolePage start(Path profile) throws IOException {
        var browser = new ProcessBuilder(List.of(
                        Peer.program("chromium"),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = browser.errorReader();
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> drain(said));
                return new ConsolePage(
                        browser, line.substring(LISTENING.length()).replaceFirst("/.*", ""));
            }
        }
        throw new IOException("the browser ended instead of starting");
    }

    private static void drain(BufferedReader said) {
        try (said) {
            said.lines().forEach(_ -> {});
        } catch (IOException | java.io.UncheckedIOException e) {
            // The browser has ended.
        }
    }

    /// Opens the page and waits until it shows a live value.
    ///
    /// @throws IOException if it shows none within a minute
    void awaitLiveValue(String url) throws IOException, InterruptedException {
        var tab = URI.create("http://" + authority + "/json/new?" + URLEncoder.encode(url, StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(tab)
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        var address = JsonMapper.shared()
                .readTree(answer)
                .path("webSocketDebuggerUrl")
                .asString();
        var answers = new Answers();
        var socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(address), answers)
                .join();
        var question = JsonMapper.shared()
                .writeValueAsString(
                        Map.of("id", 1, "method", "Runtime.evaluate", "params", Map.of("expression", LIVE)));
        long began = System.nanoTime();
        while (!answers.isTrue(socket, question)) {
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IOException("the console shows no live value within a minute");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        socket.abort();
    }

    /// The browser's answers, one at a time.
    private static final class Answers implements WebSocket.Listener {

        private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        boolean isTrue(WebSocket socket, String question) throws IOException, InterruptedException {
            socket.sendText(question, true).join();
            var answer = whole.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("the browser does not answer");
            }
            return JsonMapper.shared()
                    .readTree(answer)
                    .at("/result/result/value")
                    .asBoolean(false);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                whole.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        browser.destroy();
        try {
            if (!browser.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                browser.destroyForcibly();
            }
        } catch (InterruptedException e) {
            browser.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
