package io.millwright.node.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Opens a page in the user's browser, where there is a desktop.
final class Browser {

    private Browser() {}

    /// Opens the page; where that cannot be done nothing happens, as the address is printed anyhow.
    static void open(String url) {
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
