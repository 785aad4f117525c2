package io.millwright.node.whole;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data folder that cannot be used is told before anything starts: one line, exit status 2.
class UnusableFoldersTest {

    @TempDir
    private Path folder;

    private void bothRefuse(Path data, String... parts) throws InterruptedException {
        var plant = MwProcess.root().resolve("examples/demo/plant.yaml").toString();
        // One after the other: while both look at the folder, one finds it in use by the other.
        try (var up = MwProcess.start(
                folder, "up", plant, "--data", data.toString(), "--http", "127.0.0.1:0", "--handle", "127.0.0.1:0")) {
            up.ended().saysOneLine(2, parts);
        }
        try (var demo = MwProcess.start(folder, "demo", "--headless", "--for", "1s", "--data", data.toString())) {
            demo.ended().saysOneLine(2, parts);
        }
    }

    @Test
    void aFileInItsPlace() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "text");
        bothRefuse(file, file.toString(), "not a folder", "--data");
    }

    /// Nobody creates folders in Linux's /proc, root included, whom permissions do not stop.
    @Test
    void aPlaceThatCannotBeWritten() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc on this system");
        bothRefuse(Path.of("/proc/millwright"), "/proc/millwright", "--data");
    }

    @Test
    void aFullDisk() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()), "mounting is not allowed");
        try {
            bothRefuse(disk.resolve("data"), "disk full", disk.toString(), "64 MB");
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
