package io.millwright.bench.plc;

import io.millwright.iec61131.machine.Packer;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.pace.VirtualPace;
import io.millwright.plc.record.Recorder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A virtual PLC in virtual time, which tells how much processor time its scans take with somebody looking on.
///
/// Its arguments are a [Workload] and a folder; each line of its input is how many scans to measure, and
/// `plain`, `watch` or `record`.
final class CostProcess {
    private static final int WATCHED = 10_000;
    private static final long WATCH_NANOS = 100_000_000;
    /// As many scans at a time, between which the recorder's thread gets its turn.
    private static final int BURST = 100;
    private static final long PAUSE_NANOS = 10_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final VirtualPlc plc;
    private final Recorder recorder;
    private final Look look;

    /// Copies the values of the variables ten times a second of the program's time.
    private static final class Look implements ScanObserver {
        private final Packer packer;
        private final int[] values;
        private long dueNanos;

        Look(Loaded loaded, List<String> paths) {
            var slots =
                    paths.stream().map(p -> loaded.run().slot(p).orElseThrow()).toList();
            packer = loaded.run().machine().packer(slots);
            values = new int[packer.size()];
        }

        @Override
        public void scanned(long number, int task, long startNanos) {
            if (startNanos >= dueNanos) {
                dueNanos = startNanos + WATCH_NANOS;
                packer.pack(values);
            }
        }
    }

    private CostProcess(Workload workload, Path folder) throws Exception {
        Loaded loaded = workload.loaded();
        var pace = new VirtualPace(0);
        plc = new VirtualPlc(pace, loaded);
        recorder = new Recorder(Recorder.Setting.usual(folder), pace::epochNanos, System::nanoTime);
        look = new Look(loaded, workload.variables(WATCHED));
        Thread.ofPlatform().name("recorder").daemon().start(recorder::serve);
        var _ = plc.enter(Mode.RUNNING);
        plc.step(0);
    }

    public static void main(String[] arguments) throws Exception {
        var process = new CostProcess(Workload.valueOf(arguments[0]), Path.of(arguments[1]));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] asked = line.split(" ", 2);
            System.out.println(process.measure(Integer.parseInt(asked[0]), asked[1]));
        }
    }

    private @Nullable ScanObserver observer(String name) {
        return switch (name) {
            case "watch" -> look;
            case "record" -> recorder.log();
            default -> null;
        };
    }

    private String measure(int scans, String by) {
        ScanObserver observer = observer(by);
        if (observer != null) {
            var _ = plc.observe(observer);
        }
        step(1);
        long lost = recorder.figures().lostScans();
        long nanos = 0;
        for (int done = 0; done < scans; done += BURST) {
            long before = threads.getCurrentThreadCpuTime();
            step(BURST);
            nanos += threads.getCurrentThreadCpuTime() - before;
            // Whoever looks on: what a pause costs the caches is no cost of the recorder.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        lost = recorder.figures().lostScans() - lost;
        if (observer != null) {
            var _ = plc.forget(observer);
        }
        step(1);
        return "nanos=" + (double) nanos / scans + " lost=" + lost;
    }

    private void step(int scans) {
        for (int i = 0; i < scans; i++) {
            plc.step(Long.MAX_VALUE);
        }
    }
}
