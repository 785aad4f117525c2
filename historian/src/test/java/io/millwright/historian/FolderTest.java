package io.millwright.historian;

import static io.millwright.historian.Folders.LEVEL;
import static io.millwright.historian.Folders.all;
import static io.millwright.historian.Folders.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.IngestionStopped;
import io.millwright.model.Sample;
import io.millwright.model.Time;
import io.millwright.model.disk.FolderInUse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operating system does: a second process, a disk that is full.
class FolderTest {

    @TempDir
    private Path folder;

    @Test
    void aSecondProcessIsToldWhichOneHasTheFolder() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        folder.toString(),
                        "0",
                        "none",
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = child.inputReader(StandardCharsets.UTF_8)) {
            assertTrue(out.readLine().startsWith("S "), "the first process works");
            var refused = assertThrows(
                    FolderInUse.class, () -> Historian.open(folder, HistorianSettings.usual(), Time.system()));
            assertEquals(
                    folder + " is in use by process " + child.pid() + "; stop it, or give another folder",
                    refused.getMessage());
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (var historian = Historian.open(folder, HistorianSettings.usual(), Time.system())) {
            assertEquals(List.of(), historian.state().damage(), "its end frees the folder");
        }
    }

    /// A file system of 3 MB of its own; nothing about the full disk is simulated.
    @Test
    void onAFullDiskNothingAcknowledgedIsLostAndItGoesOnWhenThereIsSpace() throws Exception {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=3m", "mw-test", folder.toString()) == 0,
                "a tmpfs cannot be mounted here: needs Linux and root");
        try {
            fill();
        } finally {
            run("umount", "-l", folder.toString());
        }
    }

    private void fill() throws Exception {
        Path ballast = folder.resolve("ballast");
        Files.write(ballast, new byte[1 << 20]);
        var settings = HistorianSettings.usual().withJournalFileBytes(64 << 10).withReserveBytes(256 << 10);
        var kept = new ArrayList<Sample>();
        try (var historian = Historian.open(folder, settings, Time.system())) {
            Throwable cause = null;
            for (long n = 0; cause == null && n < 2_000_000; n += 500) {
                var batch = new ArrayList<Sample>();
                for (long i = n; i < n + 500; i++) {
                    batch.add(sample(LEVEL, i, Math.sin(i * 1.7) * i));
                }
                try {
                    historian.append(batch).join();
                    kept.addAll(batch);
                } catch (CompletionException e) {
                    cause = e.getCause();
                }
            }
            var stopped = assertInstanceOf(IngestionStopped.class, cause);
            assertTrue(stopped.getMessage().contains("disk full"), stopped.getMessage());
            assertEquals(HistorianState.Phase.STOPPED, historian.state().phase());
            assertEquals(kept, all(historian, LEVEL), "reads go on");
            Files.delete(ballast);
            Await.until(() -> historian.state().phase() == HistorianState.Phase.RUNNING, "goes on by itself");
            historian.append(List.of(sample(LEVEL, Long.MAX_VALUE - 1, 1))).join();
            kept.add(sample(LEVEL, Long.MAX_VALUE - 1, 1));
        }
        try (var historian = Historian.open(folder, settings, Time.system())) {
            assertEquals(kept, all(historian, LEVEL));
            assertEquals(List.of(), historian.state().damage());
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (java.io.IOException e) {
            return -1;
        }
    }
}
