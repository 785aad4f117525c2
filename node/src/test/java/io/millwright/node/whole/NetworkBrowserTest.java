package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mw up examples/cell/plant.yaml` in a real browser: an engineer sees a cell proved, overloads it, is told
/// what is in the way, mends it, and draws another. The steps are in `console/test/browser/network.test.mjs`.
class NetworkBrowserTest {

    private static final long BROWSER_SECONDS = 900;

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void anEngineerDrawsACellSeesItProvedAndIsToldWhatStandsAgainstIt() throws Exception {
        var console = MwProcess.root().resolve("console");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "needs /usr/bin/chromium");
        assumeTrue(Files.isDirectory(console.resolve("node_modules/playwright-core")), "needs the console's packages");
        var plant = MwProcess.root().resolve("examples/cell/plant.yaml");
        try (var mw = MwProcess.start(
                folder,
                "up",
                plant.toString(),
                "--json",
                "--data",
                folder.resolve("data").toString(),
                "--http",
                "127.0.0.1:0",
                "--handle",
                "127.0.0.1:0")) {
            var at = mw.ready().get("console").asString();
            var browser = new ProcessBuilder("node", "--test", "--test-force-exit", "test/browser/network.test.mjs")
                    .directory(console.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("browser.log").toFile());
            browser.environment().put("MW_NETWORK", at);
            var process = browser.start();
            boolean over = process.waitFor(BROWSER_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertTrue(over && process.exitValue() == 0, Files.readString(folder.resolve("browser.log")));
        }
    }
}
