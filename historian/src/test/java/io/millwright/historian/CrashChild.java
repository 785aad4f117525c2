package io.millwright.historian;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A process that appends as fast as it can until it is killed. It writes a line for every batch: `S n` before it is
/// handed over, `A n` once it is acknowledged; and `P point` when it has reached the named failpoint, where it waits
/// for its end.
final class CrashChild {

    static final int BATCH = 50;
    static final int SIGNALS = 20;

    private CrashChild() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        long firstBatch = Long.parseLong(args[1]);
        String point = args[2];
        int passes = Integer.parseInt(args[3]);
        var hooks = new Hooks(failpoints(point, passes), true, true);
        var settings = HistorianSettings.usual().withJournalFileBytes(16 << 10).withReserveBytes(0);
        Historian historian = Historian.open(Disk.of(folder), settings, Time.system(), hooks);
        for (long n = firstBatch; ; n++) {
            say("S " + n);
            long batch = n;
            var _ = historian.append(batch(n)).thenRun(() -> say("A " + batch));
            if (n % 8 == 7) {
                historian.append(batch(n)).join(); // A repetition, and a pause for the others to become durable.
            }
        }
    }

    private static Hooks.Failpoints failpoints(String point, int passes) {
        var left = new java.util.concurrent.atomic.AtomicInteger(passes);
        return reached -> {
            if (reached.equals(point) && left.getAndDecrement() == 0) {
                say("P " + point);
                while (true) {
                    LockSupport.park();
                }
            }
        };
    }

    private static synchronized void say(String line) {
        System.out.println(line + ";"); // The mark shows that the line is whole.
        System.out.flush();
    }

    static SignalName signal(int i) {
        return SignalName.of("machine-" + i, "speed");
    }

    /// The samples of a batch; every third comes late.
    static List<Sample> batch(long n) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < BATCH; i++) {
            samples.add(sample(n * BATCH + i));
        }
        return samples;
    }

    static Sample sample(long number) {
        long source = number % 3 == 0 ? number * 1000 : (number + 10_000) * 1000 + 1;
        int signal = (int) (number % BATCH % SIGNALS);
        return new Sample(signal(signal), Value.of(number), Quality.GOOD, source, source + 7);
    }
}
