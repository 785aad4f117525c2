package io.millwright.connect.opcua;

import io.millwright.connect.DeviceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A server by node-opcua, an implementation independent of ours, in a process of its own. Installed from the npm
/// registry into the build folder when it is first needed; a test is skipped where that cannot be done.
final class NodeOpcUa {

    private static final String PACKAGE = "node-opcua@2.182.2";
    private static final Path INSTALLED = Path.of("target", PACKAGE).toAbsolutePath();
    private static final int INSTALL_SECONDS = 120;

    private NodeOpcUa() {}

    /// Starts a server.
    ///
    /// @param folder for its certificates: clients that it trusts are in `pki/trusted/certs`
    static DeviceProcess start(Path folder, String... more) throws Exception {
        Assumptions.assumeTrue(isInstalled(), PACKAGE + " cannot be installed: npm or its registry is not there");
        Path script =
                Path.of(NodeOpcUa.class.getResource("/node-opcua/server.cjs").toURI());
        Path there = Files.copy(script, INSTALLED.resolve("server.cjs"), StandardCopyOption.REPLACE_EXISTING);
        var command = new ArrayList<>(List.of("node", there.toString(), folder.toString()));
        command.addAll(List.of(more));
        return DeviceProcess.program(command.toArray(String[]::new));
    }

    private static boolean isInstalled() throws IOException, InterruptedException {
        if (Files.exists(INSTALLED.resolve("done"))) {
            return true;
        }
        Files.createDirectories(INSTALLED);
        // Without a package of its own, npm would install into the one of a folder above.
        Files.writeString(INSTALLED.resolve("package.json"), "{\"private\": true}");
        try {
            Process npm = new ProcessBuilder(
                            "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", PACKAGE)
                    .directory(INSTALLED.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                npm.destroyForcibly();
            }
            if (!ended || npm.exitValue() != 0) {
                return false;
            }
        } catch (IOException e) {
            return false;
        }
        Files.createFile(INSTALLED.resolve("done"));
        return true;
    }
}
