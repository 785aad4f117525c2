package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.Mw;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the scheduler writes, the checker accepts: the two have no code in common, and both read the files.
class PlannedAndVerifiedTest {
    private static final int SWITCHES = 6;
    private static final int NETWORKS = 8;

    @TempDir
    private Path folder;

    /// A ring of switches with a station each and a chord; links of 100 Mbit/s to 2.5 Gbit/s.
    private static String topology(SplittableRandom random) {
        var rows = new StringBuilder("link,q_num,rate,t_proc,t_prop\n");
        for (int i = 0; i < SWITCHES; i++) {
            link(rows, i, (i + 1) % SWITCHES, random);
            link(rows, i, SWITCHES + i, random);
        }
        link(rows, 0, SWITCHES / 2, random);
        return rows.toString();
    }

    private static void link(StringBuilder rows, int a, int b, SplittableRandom random) {
        String rate = new String[] {"1", "1", "0.1", "2.5"}[random.nextInt(4)];
        String rest = ",%d,%s,%d,%d%n"
                .formatted(random.nextInt(2, 9), rate, random.nextInt(500, 3000), random.nextInt(0, 500));
        rows.append("\"(%d, %d)\"".formatted(a, b)).append(rest);
        rows.append("\"(%d, %d)\"".formatted(b, a)).append(rest);
    }

    private static String streams(SplittableRandom random) {
        var rows = new StringBuilder("stream,src,dst,size,period,deadline,jitter\n");
        int count = random.nextInt(5, 16);
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(SWITCHES);
            int to = (from + random.nextInt(1, SWITCHES)) % SWITCHES;
            int other = (from + random.nextInt(1, SWITCHES)) % SWITCHES;
            String listeners = to == other || random.nextInt(4) > 0
                    ? "[%d]".formatted(SWITCHES + to)
                    : "\"[%d, %d]\"".formatted(SWITCHES + to, SWITCHES + other);
            int period = 500_000 << random.nextInt(3);
            rows.append("%d,%d,%s,%d,%d,%d,%d%n"
                    .formatted(
                            i,
                            SWITCHES + from,
                            listeners,
                            random.nextInt(64, 200),
                            period,
                            period,
                            random.nextInt(2) * period));
        }
        return rows.toString();
    }

    private static int mw(StringWriter said, String... arguments) {
        var line = Mw.commandLine();
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        return line.execute(arguments);
    }

    /// What switches and clocks limit, the same for planner and checker.
    private static List<String> limits(SplittableRandom random) {
        return random.nextInt(3) == 0
                ? List.of()
                : List.of(
                        "--gate-entries",
                        "" + random.nextInt(3, 60),
                        "--min-gate",
                        random.nextInt(1500) + "ns",
                        "--tick",
                        (1 << random.nextInt(6)) + "ns",
                        "--sync-error",
                        random.nextInt(800) + "ns",
                        "--buffer",
                        "2kB");
    }

    private static String[] with(List<String> limits, String... arguments) {
        return Stream.concat(Arrays.stream(arguments), limits.stream()).toArray(String[]::new);
    }

    /// Where the load happens to be too high there is no plan; the others are many.
    @Test
    void whatIsPlannedIsVerified() {
        var plans = new AtomicInteger();
        Property.check(NETWORKS, random -> {
            try {
                Path plan = folder.resolve("plan");
                Path topology = Files.writeString(folder.resolve("t.csv"), topology(random));
                Path streams = Files.writeString(folder.resolve("s.csv"), streams(random));
                var said = new StringWriter();
                var limits = limits(random);
                var arguments = with(
                        limits,
                        "net",
                        "schedule",
                        "--topology",
                        topology.toString(),
                        "--streams",
                        streams.toString(),
                        "--out",
                        plan.toString(),
                        "--time",
                        "20s");
                int planned = mw(said, arguments);
                assertTrue(planned <= 1, said.toString());
                if (planned == 1) {
                    return;
                }
                plans.incrementAndGet();
                assertEquals(0, mw(said, with(limits, "net", "verify", plan.toString())), said.toString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(plans.get() > NETWORKS / 2, plans + " plans");
    }
}
