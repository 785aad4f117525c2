package io.millwright.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A package of the npm registry, installed into the build folder when it is first needed; a test that needs it is
/// skipped where that cannot be done.
///
/// @param name with its version, e.g. `node-opcua@2.182.2`
public record NpmPackage(String name) {

    private static final int INSTALL_SECONDS = 120;

    /// Starts a script that uses the package.
    ///
    /// @param script a resource of the tests
    /// @param arguments those of the script; its port comes behind them
    public DeviceProcess start(String script, String... arguments) throws Exception {
        Path folder = Path.of("target", name).toAbsolutePath();
        Assumptions.assumeTrue(isInstalled(folder), name + " cannot be installed: npm or its registry is not there");
        Path source = Path.of(NpmPackage.class.getResource(script).toURI());
        Path there = Files.copy(
                source, folder.resolve(source.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
        var command = new ArrayList<>(List.of("node", there.toString()));
        command.addAll(List.of(arguments));
        return DeviceProcess.program(command.toArray(String[]::new));
    }

    private boolean isInstalled(Path folder) throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("done"))) {
            return true;
        }
        Files.createDirectories(folder);
        // Without a package of its own, npm would install into the one of a folder above.
        Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
        try {
            Process npm = new ProcessBuilder(
                            "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", name)
                    .directory(folder.toFile())
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
        Files.createFile(folder.resolve("done"));
        return true;
    }
}
