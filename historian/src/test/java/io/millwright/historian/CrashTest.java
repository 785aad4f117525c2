package io.millwright.historian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Sample;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process is killed with SIGKILL under load, at random moments and at named points, again and again on the same
/// folder. The parent keeps the ledger of what was acknowledged. `-Dmw.kills=200` for a longer run.
class CrashTest {

    private static final List<String> POINTS = List.of(
            "journal-created",
            "journal-written",
            "journal-forced",
            "acknowledged",
            "segment-written",
            "segment-renamed",
            "journal-deleted",
            "merge-written",
            "merge-renamed",
            "segment-deleted");

    /// By then every point has come by; if not, the kill happens at a random moment and the points are found missing.
    private static final long POINT_LINES_MAX = 30_000;

    private final TreeSet<Long> sent = new TreeSet<>();
    private final Set<Long> acknowledged = new TreeSet<>();
    private final Set<String> pointsReached = new TreeSet<>();

    @Test
    void nothingAcknowledgedIsLostAndNothingInventedWhenTheProcessIsKilled(@TempDir Path folder) throws Exception {
        int kills = Integer.getInteger("mw.kills", 20);
        long seed = Long.getLong("mw.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        for (int kill = 0; kill < kills; kill++) {
            String point = kill % 2 == 0 ? POINTS.get(kill / 2 % POINTS.size()) : "none";
            liveAndDie(folder, point, random);
            if (kill % 10 == 9 || kill == kills - 1) {
                check(folder, "seed " + seed + ", after " + (kill + 1) + " kills");
            }
        }
        assertTrue(acknowledged.size() > kills, () -> "only " + acknowledged.size() + " batches acknowledged");
        if (kills >= 2 * POINTS.size()) {
            assertEquals(Set.copyOf(POINTS), pointsReached);
        }
        System.out.printf(
                "%d kills, points %s: %d batches acknowledged, 0 lost, 0 invented%n",
                kills, pointsReached, acknowledged.size());
    }

    private void liveAndDie(Path folder, String point, SplittableRandom random) throws IOException {
        long first = sent.isEmpty() ? 0 : sent.last() + 1;
        Process child = start(folder, first, point, random.nextInt(2));
        long lines = point.equals("none") ? random.nextInt(1, 3000) : POINT_LINES_MAX;
        try (var out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                note(line);
                if (line.startsWith("P ") || --lines == 0) {
                    child.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        }
        child.toHandle().destroyForcibly();
    }

    private void note(String line) {
        if (line.matches("[SA] [0-9]+;")) {
            long n = Long.parseLong(line.substring(2, line.length() - 1));
            sent.add(n);
            if (line.startsWith("A")) {
                acknowledged.add(n);
            }
        } else if (line.startsWith("P ")) {
            pointsReached.add(line.substring(2).replace(";", ""));
        }
    }

    private static Process start(Path folder, long first, String point, int passes) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", classPath));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(CrashChild.class.getName(), folder.toString(), Long.toString(first)));
        command.addAll(List.of(point, Integer.toString(passes)));
        return new ProcessBuilder(command)
                .redirectError(new File(folder.toFile(), "child.log"))
                .start();
    }

    private void check(Path folder, String when) throws IOException {
        try (Historian historian =
                Historian.open(folder, HistorianSettings.usual().withReserveBytes(0), Time.system())) {
            assertEquals(List.of(), historian.state().damage(), when);
            var found = new BitSet();
            for (int i = 0; i < CrashChild.SIGNALS; i++) {
                for (Sample sample : historian.query(CrashChild.signal(i), 0, Long.MAX_VALUE, Integer.MAX_VALUE)) {
                    long number = ((Value.Int) sample.value()).value();
                    long batch = number / CrashChild.BATCH;
                    assertTrue(sent.contains(batch), () -> when + ": invented " + sample);
                    assertEquals(CrashChild.sample(number), sample, when);
                    assertFalse(found.get((int) number), () -> when + ": twice " + sample);
                    found.set((int) number);
                }
            }
            for (long batch : acknowledged) {
                for (int i = 0; i < CrashChild.BATCH; i++) {
                    long number = batch * CrashChild.BATCH + i;
                    assertTrue(found.get((int) number), () -> when + ": lost " + number);
                }
            }
        }
    }
}
