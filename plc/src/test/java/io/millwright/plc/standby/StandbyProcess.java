package io.millwright.plc.standby;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.SignalName;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.TaskSetting;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.OutputCell;
import io.millwright.plc.image.OutputPoint;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.pace.RealPace;
import io.millwright.plc.record.Mirror;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.ScanLog;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// One of two PLCs whose program counts its scans. What it tells its output goes to a device, with its epoch.
final class StandbyProcess {
    static final long CYCLE_NANOS = 200_000_000;
    static final Setting SETTING = new Setting(
            "a key of the tests, not a secret".getBytes(StandardCharsets.UTF_8),
            Duration.ofMillis(Long.getLong("mw.test.lease", 320)),
            Duration.ofMillis(40));
    private static final String TEXT = """
            PROGRAM P
            VAR n : DINT; twin : DINT; END_VAR
            n := n + 1;
            twin := n;
            END_PROGRAM
            """;
    private static final SignalName COUNTER = SignalName.parse("test/counter");

    private final SignalTable signals = new SignalTable();
    private final RealPace pace = new RealPace(0);
    private final Lease lease = new Lease(System::nanoTime);
    private final FileFence fence;
    private final PrintStream device;
    private final Wire wire = new Wire();

    private StandbyProcess(Path folder, int devicePort) throws IOException {
        fence = new FileFence(folder, w -> Thread.ofPlatform().daemon().start(w), true);
        device = new PrintStream(
                new Socket(InetAddress.getLoopbackAddress(), devicePort).getOutputStream(),
                true,
                StandardCharsets.UTF_8);
    }

    static Project project() {
        return new Project(
                "count",
                List.of(new Source("count.st", TEXT)),
                Dialect.COMMON,
                List.of(new TaskSetting("t", CYCLE_NANOS, Optional.empty(), 0, 0, List.of("P"))),
                List.of(new Binding.Output("P.n", COUNTER, Optional.empty())));
    }

    static Loaded load(Project project, SignalTable signals) throws RecordingError {
        var checked = Compiler.compile(project.sources(), project.dialect());
        try {
            return Loaded.of(project, Objects.requireNonNull(checked.program()), signals, new JvmBackend());
        } catch (ProjectError e) {
            throw new RecordingError(String.valueOf(e.getMessage()));
        }
    }

    /// @param args `master` or `standby`; the port of the master; the folder of the fence; the port of the
    ///     device
    public static void main(String... args) throws Exception {
        var process = new StandbyProcess(Path.of(args[2]), Integer.parseInt(args[3]));
        int port = Integer.parseInt(args[1]);
        if (args[0].equals("master")) {
            process.lead(port);
        } else {
            process.follow(port);
        }
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }

    /// What a scan told.
    private record Out(long scan, long epoch, long counter, long nanos) {}

    /// Tells the device after each scan what was told to the output, in a thread of its own, as drivers do.
    ///
    /// `-Dmw.test.ends=N` ends the process as `kill -9` does, once the device was told N values since a standby is
    /// ready.
    private final class Wire implements ScanObserver, Runnable {
        private final OutputCell cell = signals.output(COUNTER);
        private final BlockingQueue<Out> queue = new LinkedBlockingQueue<>();
        private int left = Integer.getInteger("mw.test.ends", -1);
        private volatile boolean ends;
        private long seen;

        @Override
        public void scanned(long number, int task, long startNanos) {
            tell(number, startNanos);
        }

        void tell(long scan, long nanos) {
            if (cell.number() != seen) {
                seen = cell.number();
                queue.add(new Out(scan, lease.epoch(), cell.bits(), nanos));
            }
        }

        @Override
        public void run() {
            lease.wake(Thread.currentThread());
            try {
                while (true) {
                    bring(queue.take());
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private void bring(Out out) {
            if (lease.awaitTold(out.scan()) && lease.enter(out.epoch())) {
                device.println(out.epoch() + " " + out.counter() + " " + out.nanos());
                lease.leave();
                if (ends && --left == 0) {
                    Runtime.getRuntime().halt(9);
                }
            }
        }
    }

    private void lead(int port) throws Exception {
        var plc = new VirtualPlc(pace, load(project(), signals), 0, 0, lease);
        var master = master(plc);
        if (!master.begin()) {
            throw new IllegalStateException("the first epoch is not to be had");
        }
        run(plc, master, port);
    }

    private Master master(VirtualPlc plc) {
        var log = new ScanLog(pace::epochNanos, new ScanLog.Pace(1000, 10_000_000_000L, 1), 1 << 18);
        plc.observe(log);
        // The link is not woken: it sends a scan when it looks the next time, and the device has to wait for that.
        plc.observe(new LinkWaker(lease, Thread.ofPlatform().unstarted(() -> {})));
        plc.observe(wire);
        Thread.ofPlatform().daemon().start(wire);
        return new Master(SETTING, log, fence, lease, System::nanoTime, n -> {
            say("master: " + n.text());
            wire.ends |= n.equals(StandbyTold.STANDBY_READY);
        });
    }

    private void run(VirtualPlc plc, Master master, int port) throws Exception {
        plc.enter(Mode.RUNNING);
        Thread.ofPlatform().start(plc::serve);
        try (var door = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            say("door " + door.getLocalPort());
            master.serve(door);
        }
        say("LOST");
        plc.close();
    }

    private void follow(int port) throws Exception {
        Optional<Follower.TakeOver> over = Optional.empty();
        Optional<Follower> before = Optional.empty();
        var mirror = new Mirror(p -> load(p, signals), Optional.empty());
        while (over.isEmpty()) {
            var follower = new Follower(
                    SETTING,
                    mirror,
                    fence,
                    System::nanoTime,
                    n -> say("standby: " + n.text()),
                    d -> say("ALARM " + d),
                    Runnable::run);
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                over = follower.follow(socket);
                before = Optional.of(follower);
            } catch (IOException e) {
                say("standby: " + e);
                Thread.sleep(200);
                over = before.isEmpty() ? over : before.get().inherit(Duration.ofMinutes(5));
            }
        }
        Follower.TakeOver goesOn = over.get();
        var plc = new VirtualPlc(pace, goesOn.loaded(), goesOn.scan(), goesOn.nanos(), lease);
        Master master = master(plc);
        master.begin(goesOn.epoch());
        say("TOOK OVER after scan " + goesOn.scan());
        // What is told first is what the device should have.
        goesOn.loaded().outputs().forEach(OutputPoint::tell);
        wire.tell(goesOn.scan(), goesOn.nanos());
        run(plc, master, 0);
    }
}
