package io.millwright.node.api;

import io.millwright.node.plc.WatchedVariables;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// The stream of watched variables (Server-Sent Events): an event with what changed, at first all, at most so
/// often.
final class VariableStream {
    private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private VariableStream() {}

    /// Sends until the watcher leaves.
    static void send(WatchedVariables watched, long everyNanos, OutputStream out, JsonMapper json)
            throws IOException, InterruptedException {
        long last = System.nanoTime() - ALIVE_NANOS;
        while (true) {
            var changes = watched.changes();
            long now = System.nanoTime();
            boolean news = changes != null && !(changes.values().isEmpty() && now - last < ALIVE_NANOS);
            if (news) {
                String event = "event: variables\ndata: " + json.writeValueAsString(changes) + "\n\n";
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
                last = now;
            } else if (now - last >= ALIVE_NANOS) {
                out.write(": no scan\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                last = now;
            }
            TimeUnit.NANOSECONDS.sleep(everyNanos);
        }
    }
}
