package io.millwright.bench.plc;

import io.millwright.bench.Report.Figure;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.SignalName;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.ProjectSession;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.TaskState;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.Watchdog;
import io.millwright.plc.change.ChangeLimits;
import io.millwright.plc.change.OnlineChange;
import io.millwright.plc.change.Progress;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.CoreKeeper;
import io.millwright.plc.pace.RealPace;
import io.millwright.plc.pace.RealTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Online changes of a project of 1000 blocks with 10 000 variables that runs every 10 ms: how long one takes,
/// and whether a cycle is missed. A part of `mw bench plc`.
public final class OnlineChangeBench {
    private static final int BLOCKS = 1000;
    private static final int SHADOW_SCANS = 5;
    private static final int TRIAL_SCANS = 5;
    private static final long SPIN_NANOS = 100_000;
    private static final int TOLD_EVERY = 50;
    private static final long IDLE_NANOS_MAX = 120_000_000_000L;
    private static final Executor THREADS = work -> Thread.ofPlatform().daemon().start(work);

    private final int changes;
    private final Consumer<String> progress;
    private final SignalTable signals = new SignalTable();
    private final ProjectSession session = new ProjectSession(Dialect.COMMON);
    private final List<Figure> figures = new ArrayList<>();
    private final double[] compile;
    private final double[] prepare;
    private final double[] pause;
    private final CpuTimes cpu = new CpuTimes();
    private int refused;

    /// How much of a processor the thread that scans takes from the end of one scan to the end of the next:
    /// unlike pauses, that does not depend on what else the machine does.
    private static final class CpuTimes implements ScanObserver {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final long[] usual = new long[1 << 20];
        private final long[] first = new long[1 << 14];
        private int usualCount;
        private int firstCount;
        private long before;
        private boolean swapped;

        @Override
        public void loaded(Loaded loaded) {
            swapped = true;
        }

        @Override
        public void scanned(long number, int task, long startNanos) {
            long now = threads.getCurrentThreadCpuTime();
            if (swapped) {
                first[firstCount++ % first.length] = now - before;
            } else {
                usual[usualCount++ % usual.length] = now - before;
            }
            swapped = false;
            before = now;
        }

        double[] millis(boolean afterSwap) {
            long[] all = afterSwap ? first : usual;
            int count = Math.min(afterSwap ? firstCount : usualCount, all.length);
            // The first of all has no scan before it.
            return Arrays.stream(all, Math.min(1, count), count)
                    .mapToDouble(n -> n / 1e6)
                    .toArray();
        }
    }

    private OnlineChangeBench(int changes, Consumer<String> progress) {
        this.changes = changes;
        this.progress = progress;
        this.compile = new double[changes];
        this.prepare = new double[changes];
        this.pause = new double[changes];
    }

    /// Measures.
    ///
    /// @param changes how many
    public static List<Figure> figures(int changes, Consumer<String> progress) throws ProjectError {
        var bench = new OnlineChangeBench(changes, progress);
        bench.run();
        return bench.figures;
    }

    /// @param arguments how many changes; 1000 where it is not given
    public static void main(String[] arguments) throws ProjectError {
        int changes = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
        figures(changes, System.err::println)
                .forEach(f -> System.out.println(f.what() + ": " + f.value() + " " + f.unit() + " " + f.target()));
    }

    /// @param changed the block that is another one than at first, in its version
    private static Project project(int changed, int version) {
        var text = new StringBuilder();
        for (int i = 0; i < BLOCKS; i++) {
            text.append("""
                    FUNCTION_BLOCK Block%1$d
                    VAR_INPUT setpoint : REAL; END_VAR
                    VAR_OUTPUT value : REAL; END_VAR
                    VAR error, sum, last : REAL; n : DINT; high, low, run : BOOL; mode : INT; END_VAR
                    error := setpoint - value;
                    sum := LIMIT(-100.0, sum + error * 0.01, 100.0);
                    value := value + 0.1 * error + 0.01 * sum + 0.001 * (error - last);
                    last := error;
                    high := value > 90.0; low := value < 10.0; run := NOT high AND NOT low;
                    n := n + %2$d;
                    CASE mode OF 0: mode := SEL(run, 0, 1); 1: mode := SEL(high, 1, 2); ELSE mode := 0; END_CASE
                    END_FUNCTION_BLOCK
                    """.formatted(i, i == changed ? version : 1));
        }
        text.append("PROGRAM Main VAR scans : DINT;\n");
        for (int i = 0; i < BLOCKS; i++) {
            text.append("b%1$d : Block%1$d;\n".formatted(i));
        }
        text.append("END_VAR\nscans := scans + 1;\n");
        for (int i = 0; i < BLOCKS; i++) {
            text.append("b%d(setpoint := %d.0);\n".formatted(i, i % 100));
        }
        text.append("END_PROGRAM\n");
        var output = new Binding.Output("Main.scans", SignalName.parse("bench/scans"), Optional.empty());
        return new Project(
                "bench", List.of(new Source("bench.st", text.toString())), Dialect.COMMON, List.of(), List.of(output));
    }

    private void run() throws ProjectError {
        Project first = project(-1, 1);
        Loaded running = Loaded.of(first, session.compile(first), signals, new JvmBackend());
        var plc = new VirtualPlc(new RealPace(SPIN_NANOS), running);
        var watchdog = new Watchdog(plc, new RealPace(0));
        var keeper = serve(plc);
        Thread.ofPlatform().daemon().start(watchdog::serve);
        plc.observe(cpu).join();
        plc.enter(Mode.RUNNING).join();
        progress.accept("warming up");
        for (int i = 0; i < 10; i++) {
            running = change(plc, running, i, 0);
        }
        progress.accept(changes + " changes");
        long scansBefore = scans(plc);
        long missedBefore = missed(plc);
        long began = System.nanoTime();
        for (int i = 0; i < changes; i++) {
            running = change(plc, running, 10 + i, i);
            if ((i + 1) % TOLD_EVERY == 0) {
                progress.accept("%d changes in %.0f s, %d cycles missed, heap of %d MB"
                        .formatted(i + 1, (System.nanoTime() - began) / 1e9, missed(plc) - missedBefore, heap()));
            }
        }
        long lasted = System.nanoTime() - began;
        long missed = missed(plc) - missedBefore;
        long scans = scans(plc) - scansBefore;
        progress.accept("without changes");
        long idleBefore = missed(plc);
        long idleScans = scans(plc);
        long end = System.nanoTime() + Math.min(lasted, IDLE_NANOS_MAX);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        figures.add(new Figure(
                "cycles of 10 ms missed in %d changes (%d cycles)".formatted(changes, scans), missed, "", "0"));
        figures.add(new Figure(
                "cycles missed without changes (%d cycles)".formatted(scans(plc) - idleScans),
                missed(plc) - idleBefore,
                "",
                ""));
        figures.add(new Figure("changes that were not made", refused, "", "0"));
        figures.add(new Figure("one change, of all that were made", lasted / 1e6 / changes, "ms", ""));
        figures.add(new Figure("heap after all changes", heap(), "MB", "≤ 160"));
        spread("compile one of 1000 blocks", compile, "ms", "≤ 200");
        spread("make ready and compare", prepare, "ms", "");
        spread("scans held up by the swap", pause, "ms", "≤ 1");
        spread("processor time of a scan", cpu.millis(false), "ms", "");
        spread("processor time of the swap and the first scan after it", cpu.millis(true), "ms", "");
        plc.close();
        watchdog.close();
        keeper.close();
    }

    /// Lets it run as `mw plc run` does.
    private CoreKeeper serve(VirtualPlc plc) {
        var granted = new CompletableFuture<RealTime>();
        var keeper = new CoreKeeper(() -> granted.getNow(RealTime.none()));
        Thread.ofPlatform().daemon().start(keeper::serve);
        Thread.ofPlatform().daemon().start(() -> {
            var usual = RealTime.Wanted.USUAL;
            var all = RealTime.ask(usual).and(RealTime.askForProcess(usual.priority()));
            granted.complete(all);
            progress.accept(all.text());
            plc.serve();
        });
        return keeper;
    }

    /// What is held by now, with what was not collected yet.
    private static long heap() {
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static long missed(VirtualPlc plc) {
        return plc.tasks().join().stream().mapToLong(TaskState::skipped).sum();
    }

    private static long scans(VirtualPlc plc) {
        return plc.tasks().join().stream().mapToLong(TaskState::scans).sum();
    }

    private Loaded change(VirtualPlc plc, Loaded running, int number, int place) throws ProjectError {
        Project project = project(number % BLOCKS, 2 + number / BLOCKS);
        long began = System.nanoTime();
        Program program = session.compile(project);
        long compiled = System.nanoTime();
        var limits = new ChangeLimits(SHADOW_SCANS, TRIAL_SCANS, 0, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
        var settings = new OnlineChange.Settings(limits, List.of(), 1000, THREADS, System::nanoTime);
        OnlineChange change = OnlineChange.prepare(plc, running, project, program, signals, settings);
        long prepared = System.nanoTime();
        change.accept(Set.of("*"));
        Progress made = change.apply();
        compile[place] = (compiled - began) / 1e6;
        prepare[place] = (prepared - compiled) / 1e6;
        if (made instanceof Progress.Swapped(long pauseNanos)) {
            pause[place] = pauseNanos / 1e6;
            return change.next();
        }
        progress.accept(made.toString());
        refused++;
        return running;
    }

    private void spread(String what, double[] values, String unit, String target) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        figures.add(new Figure(what + ", median", sorted[sorted.length / 2], unit, target));
        figures.add(new Figure(what + ", 99 %", sorted[(int) (sorted.length * 0.99)], unit, target));
        figures.add(new Figure(what + ", longest", sorted[sorted.length - 1], unit, ""));
    }
}
