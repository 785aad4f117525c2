package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `mw id lab` as a process of its own, its console in a real browser: what is drawn is what `mw id resolve` tells, and
/// what is written there is what `mw id resolve` then finds. The steps in the browser are in
/// `console/test/browser/lab.test.mjs`.
class LabBrowserTest {

    private static final long BROWSER_SECONDS = 900;

    @TempDir
    private Path folder = Path.of(".");

    private JsonNode resolve(String code, String root, String... more) throws InterruptedException {
        var arguments = new ArrayList<>(List.of("id", "resolve", code, "--root", root, "--json"));
        arguments.addAll(List.of(more));
        try (var mw = MwProcess.start(folder, arguments.toArray(String[]::new))) {
            var ended = mw.ended();
            assertEquals(0, ended.status(), ended.toString());
            return ended.json();
        }
    }

    @Test
    void theConsoleShowsTheTreeAndWhatIsWrittenThereIsResolved() throws Exception {
        var console = MwProcess.root().resolve("console");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "needs /usr/bin/chromium");
        assumeTrue(Files.isDirectory(console.resolve("node_modules/playwright-core")), "needs the console's packages");
        try (var lab =
                MwProcess.start(folder, "id", "lab", "--keep", "--headless", "--json", "--http", "127.0.0.1:0")) {
            var ready = lab.readyInTheEnd();
            var root = ready.get("root").asString();
            var trace = folder.resolve("trace.json");
            Files.writeString(trace, resolve("88.118.7/pump-1", root, "--trace").toString());
            var browser = new ProcessBuilder("node", "--test", "--test-force-exit", "test/browser/lab.test.mjs")
                    .directory(console.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("browser.log").toFile());
            browser.environment().put("MW_LAB", ready.get("console").asString());
            browser.environment()
                    .put("MW_SECRET", ready.at("/secrets/300:0.NA~188.118.7").asString());
            browser.environment().put("MW_TRACE", trace.toString());
            var process = browser.start();
            boolean over = process.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            var log = Files.readString(folder.resolve("browser.log"));
            assertTrue(over && process.exitValue() == 0, log);
            var changed = resolve("88.118.7/pump-2", root);
            assertEquals(
                    "Pump two, changed in the console",
                    changed.get("description").asString());
        }
    }
}
