package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The extension in the real Visual Studio Code, as code-server shows it in a browser. The steps are in
/// `editors/vscode/test/vscode.test.mjs`. `MW_CODE_SERVER` is the folder of the npm package code-server,
/// `MW_VSIX` the packaged extension.
class VisualStudioCodeTest {
    private static final long PATIENCE_SECONDS = 320;

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aNewcomerMendsAMistakeRunsTestsAndDebugsABlockOfALibrary() throws Exception {
        assumeTrue(System.getenv("MW_CODE_SERVER") != null, "needs code-server: MW_CODE_SERVER");
        assumeTrue(System.getenv("MW_VSIX") != null, "needs the packaged extension: MW_VSIX");
        Path root = MwProcess.root();
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "needs /usr/bin/chromium");
        assumeTrue(
                Files.isDirectory(root.resolve("console/node_modules/playwright-core")),
                "needs the console's packages");
        Path mw = folder.resolve("mw");
        List<String> command = MwProcess.command(folder);
        String quoted = command.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        Files.writeString(mw, "#!/bin/sh\nexec " + quoted + " \"$@\"\n");
        assertTrue(mw.toFile().setExecutable(true), "the command can be made executable");
        Path log = folder.resolve("vscode.log");
        var steps = new ProcessBuilder("node", "--test", "editors/vscode/test/vscode.test.mjs")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        steps.environment().put("MW_COMMAND", mw.toString());
        var process = steps.start();
        boolean over = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(over && process.exitValue() == 0, Files.readString(log));
    }
}
