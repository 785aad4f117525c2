package io.millwright.bench.plc;

import io.millwright.plc.Mode;
import io.millwright.plc.TaskState;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.Watchdog;
import io.millwright.plc.pace.CoreKeeper;
import io.millwright.plc.pace.RealPace;
import io.millwright.plc.pace.RealTime;
import io.millwright.plc.pace.Timing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.Histogram;

/// A virtual PLC with a clock on the wall, which tells how late its scans were. Stands still between
/// measurements.
///
/// Its arguments are a [Workload] and whether it asks for real time (`fifo`); each line of its input is how
/// many scans to measure.
final class PunctualProcess {
    /// As `mw plc run` has it.
    private static final long SPIN_NANOS = 100_000;

    private static final long VERY_LATE_NANOS = 5_000_000;
    private static final String SCAN = "io.millwright.plc.Scan";
    private static final List<String> PAUSES = List.of("jdk.GCPhasePause", "jdk.ExecuteVMOperation");

    private final VirtualPlc plc;
    private final Workload workload;

    private PunctualProcess(Workload workload, VirtualPlc plc) {
        this.workload = workload;
        this.plc = plc;
    }

    public static void main(String[] arguments) throws Exception {
        var workload = Workload.valueOf(arguments[0]);
        boolean fifo = arguments[1].equals("fifo");
        var plc = new VirtualPlc(new RealPace(fifo ? SPIN_NANOS : 0), workload.loaded());
        var watchdog = new Watchdog(plc, new RealPace(0));
        var asked = new CompletableFuture<RealTime>();
        var keeper = new CoreKeeper(() -> asked.getNow(RealTime.none()));
        Thread.ofPlatform().name("plc cores").daemon().start(keeper::serve);
        Thread.ofPlatform().name("plc").daemon().start(() -> {
            var granted = fifo ? RealTime.ask(RealTime.Wanted.USUAL) : RealTime.none();
            asked.complete(granted);
            if (fifo && !granted.fifo()) {
                System.err.println(granted.text());
            }
            plc.serve();
        });
        Thread.ofPlatform().name("plc watchdog").daemon().start(watchdog::serve);
        var process = new PunctualProcess(workload, plc);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(process.measure(Long.parseLong(line)));
        }
    }

    private TaskState task() {
        return plc.tasks().join().getFirst();
    }

    private Histogram histogram(Timing.Kind kind) {
        return task().timing().figures(kind, System.nanoTime()).sinceStart();
    }

    private String measure(long scans) throws IOException {
        try (var recording = new Recording()) {
            recording.enable(SCAN).withoutStackTrace();
            PAUSES.forEach(e -> recording.enable(e).withThreshold(Duration.ZERO));
            var lateBefore = histogram(Timing.Kind.LATENESS);
            var tookBefore = histogram(Timing.Kind.EXECUTION);
            TaskState before = task();
            recording.start();
            plc.enter(Mode.RUNNING).join();
            while (task().scans() - before.scans() < scans) {
                LockSupport.parkNanos(workload.intervalNanos() * Math.clamp(scans / 20, 1, 100));
            }
            plc.enter(Mode.STOPPED).join();
            recording.stop();
            TaskState after = task();
            var late = histogram(Timing.Kind.LATENESS);
            late.subtract(lateBefore);
            var took = histogram(Timing.Kind.EXECUTION);
            took.subtract(tookBefore);
            return "skipped=" + (after.skipped() - before.skipped()) + " " + pauses(recording) + " "
                    + counts("late", late) + " " + counts("took", took);
        }
    }

    /// How many scans were more than 5 ms late, and how many of them while the Java virtual machine stood
    /// still.
    private static String pauses(Recording recording) throws IOException {
        var file = Files.createTempFile("plc", ".jfr");
        try {
            recording.dump(file);
            List<RecordedEvent> late = new ArrayList<>();
            List<RecordedEvent> pauses = new ArrayList<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (!event.getEventType().getName().equals(SCAN)) {
                    pauses.add(event);
                } else if (event.getLong("lateness") > VERY_LATE_NANOS) {
                    late.add(event);
                }
            }
            long ours = late.stream()
                    .filter(l -> pauses.stream().anyMatch(p -> meets(l, p)))
                    .count();
            return "veryLate=" + late.size() + " inPause=" + ours + " pauses=" + pauses.size();
        } finally {
            Files.delete(file);
        }
    }

    private static boolean meets(RecordedEvent late, RecordedEvent pause) {
        Instant due = late.getStartTime().minusNanos(late.getLong("lateness"));
        return pause.getEndTime().isAfter(due) && pause.getStartTime().isBefore(late.getStartTime());
    }

    /// Each microsecond that there was and how often.
    private static String counts(String name, Histogram histogram) {
        var micros = new Lateness();
        histogram
                .recordedValues()
                .forEach(v -> micros.add((int) (v.getValueIteratedTo() / 1000), v.getCountAtValueIteratedTo()));
        return micros.counts().entrySet().stream()
                .map(e -> name + e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
