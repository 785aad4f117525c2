package io.millwright.node.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Opens a page in the user's browser, where there is a desktop.
public final class Browser {

    private static final int VISITED_BYTES = 4096;

    private Browser() {}

    /// Opens the page; where that cannot be done nothing happens, as the address is printed anyhow.
    public static void open(String url) {
        var command = opener();
        if (command.isEmpty()) {
            return;
        }
        try {
            var whole = new java.util.ArrayList<>(command);
            whole.add(url);
            new ProcessBuilder(whole)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // No browser: the address is on the screen.
        }
    }

    /// Asks a node for what its console asks for, so that an AOT cache in the making holds what answers. What fails is
    /// missing in the cache, and no more.
    static void visit(String url) throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            for (var path : List.of("", "api/v1/about", "api/v1/plant", "api/v1/values", "api/v1/stream")) {
                var request = HttpRequest.newBuilder(URI.create(url + path)).build();
                var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (var body = answer.body()) {
                    body.readNBytes(VISITED_BYTES);
                }
            }
            client.shutdownNow();
        } catch (IOException e) {
            // Nothing depends on it.
        }
    }

    private static List<String> opener() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return List.of("open");
        }
        if (system.contains("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler");
        }
        Map<String, String> environment = System.getenv();
        boolean desktop = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return desktop ? List.of("xdg-open") : List.of();
    }
}
