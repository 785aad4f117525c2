package io.millwright.node.plc;

import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import io.millwright.node.command.Address;
import io.millwright.node.command.UsageError;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.image.OutputPoint;
import io.millwright.plc.record.Mirror;
import io.millwright.plc.record.ScanLog;
import io.millwright.plc.standby.FileFence;
import io.millwright.plc.standby.Follower;
import io.millwright.plc.standby.Lease;
import io.millwright.plc.standby.LinkWaker;
import io.millwright.plc.standby.Master;
import io.millwright.plc.standby.Setting;
import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The PLC of a node as one of two: leads or follows, takes over, and follows again when it has lost. While it
/// follows, its PLC stands still and the scans of the other one are done with its program, by the thread that
/// would scan.
final class StandbyPair implements AutoCloseable {
    private static final int CONNECT_MILLIS = 500;
    private static final long RETRY_NANOS = 200_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// How old a state may be that is gone on from where nobody else does.
    private static final Duration STATE_OLDEST = Duration.ofSeconds(5);

    private static final long USUAL_CYCLE_NANOS = 10_000_000;
    private static final int RING_BYTES = 1 << 22;
    private static final ScanLog.Pace EVERY_SCAN = new ScanLog.Pace(1000, 10_000_000_000L, 1);

    private final StandbySettings settings;
    private final ControlRuntime control;
    private final Lease lease;
    private final Setting setting;
    private final FileFence fence;
    private final @Nullable StandbyDoor door;
    private final ScanLog log;
    private final StandbyJournal journal;
    private final LongScans longScans;
    private final long cycleNanos;
    private final Thread thread;
    private volatile @Nullable Master master;
    private volatile @Nullable Follower follower;
    private volatile boolean closing;
    private boolean wasReady;
    /// Kept from one link to the next: a program that is sent again need not be made ready again.
    private @Nullable Mirror mirror;
    /// Who has followed last and had the state.
    private @Nullable Follower heir;
    /// Words, logs, books of forces take long the first time: not on the core where values are on their way to devices.
    private final ExecutorService beside;
    private volatile long lastScan;
    private volatile TakeOverSteps steps = new TakeOverSteps(0);

    StandbyPair(StandbySettings settings, ControlRuntime control, Loaded loaded, Lease lease) {
        this.settings = settings;
        this.control = control;
        this.lease = lease;
        this.cycleNanos = loaded.tasks().stream()
                .mapToLong(t -> t.setting().intervalNanos())
                .filter(n -> n > 0)
                .min()
                .orElse(USUAL_CYCLE_NANOS);
        this.setting = settings.setting(cycleNanos);
        this.door = settings.door().map(StandbyDoor::new).orElse(null);
        this.longScans = new LongScans(loaded, setting.lease());
        this.fence = new FileFence(settings.fence(), this::alive, settings.isNear());
        this.log = new ScanLog(control.plc().pace()::epochNanos, EVERY_SCAN, RING_BYTES);
        this.journal = new StandbyJournal(control.time());
        this.thread = Thread.ofPlatform().name("plc standby").daemon().unstarted(this::serve);
        // Its thread is made here, by one of normal priority, not in a take-over.
        this.beside = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("plc standby notes").daemon().factory());
        beside.execute(() -> {});
    }

    /// By a thread that ends at once when the process is killed, which others see.
    private void alive(Runnable holding) {
        Thread.ofPlatform().name("plc alive").daemon().start(() -> {
            control.settings().hurry();
            holding.run();
        });
    }

    /// Leads where nobody does, else follows.
    ///
    /// @throws UsageError if it may do neither
    void start() throws IOException {
        var plc = control.plc();
        plc.observe(log).join();
        plc.observe(new LinkWaker(lease, thread)).join();
        plc.observe(longScans).join();
        longScans.warnings().forEach(journal::late);
        plc.observe(new ScanObserver() {
                    @Override
                    public void scanned(long number, int task, long startNanos) {
                        lastScan = number;
                        steps.done(TakeOverSteps.Step.SCANNED, System.nanoTime());
                    }
                })
                .join();
        if (door != null && !isReachable()) {
            begin();
        }
        if (!leads() && settings.partner().isEmpty()) {
            throw new UsageError("another PLC writes the outputs, in epoch " + fence.epoch() + " of " + settings.fence()
                    + ": name it by --standby-of HOST:PORT, and this one stands by for it");
        }
        if (!leads()) {
            keepDoor();
            control.standBy();
        }
        thread.start();
    }

    private void begin() throws IOException {
        var first = master();
        if (first.begin()) {
            master = first;
            mirrors(false);
            control.forces().tellTo(first::note);
            journal.note(
                    Told.of("pair-leads", "this PLC leads, in epoch {epoch}").with("epoch", lease.epoch()));
            control.plc().enter(Mode.RUNNING).join();
        }
    }

    /// Whether what is recorded are the scans of the other one.
    private void mirrors(boolean those) {
        control.plc()
                .between(l -> {
                    control.recording().log().ifPresent(log -> log.mirrors(those));
                    return l;
                })
                .join();
    }

    private boolean isReachable() {
        if (settings.partner().isEmpty()) {
            return false;
        }
        try (var probe = new Socket()) {
            probe.connect(settings.partner().get(), CONNECT_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private Master master() {
        return new Master(setting, log, fence, lease, System::nanoTime, journal::note);
    }

    /// Whether this PLC writes outputs, as far as it knows.
    boolean leads() {
        return master != null;
    }

    /// The address of the other one, where it is known.
    String partner() {
        return settings.partner().map(Address::text).orElse("");
    }

    private void serve() {
        if (!leads()) {
            rehearse();
        }
        // The link is looked after before the scans: it says whether their outputs may be written.
        control.settings().hurry();
        while (!closing) {
            Master leading = master;
            try {
                if (leading == null) {
                    follow();
                } else {
                    lead(leading);
                }
            } catch (IOException e) {
                journal.problem(SystemTold.of(e));
            } catch (RuntimeException e) {
                journal.problem(Told.problem(String.valueOf(e)));
            }
            if (!closing && !leads() && !wasReady) {
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    /// Does once what is to be quick when it counts.
    private void rehearse() {
        control.writers().rehearse();
        try {
            fence.rehearse();
        } catch (IOException e) {
            journal.problem(Told.of("fence-rehearsal", "the fence{: reason}").with("reason", SystemTold.of(e)));
        }
    }

    /// Tells what took too long. Now and then.
    void look() {
        longScans.news().ifPresent(journal::late);
    }

    private void lead(Master leading) throws IOException {
        StandbyDoor own = door;
        if (own == null) {
            LockSupport.parkNanos(this, RETRY_NANOS);
            return;
        }
        try (var open = own.open()) {
            leading.serve(open);
        } catch (BindException e) {
            journal.problem(own.taken(e));
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
        if (leading.isLost()) {
            standDown();
        }
    }

    private void keepDoor() throws IOException {
        if (door != null) {
            door.keep().ifPresent(journal::problem);
        }
    }

    /// Another PLC writes the outputs now.
    private void standDown() throws IOException {
        journal.lost(Told.of("pair-lost", "another PLC writes the outputs, in epoch {epoch}")
                .with("epoch", fence.epoch()));
        control.plc().enter(Mode.STOPPED).join();
        mirrors(true);
        beside.execute(() -> {
            control.forces().tellTo(_ -> {});
            control.standBy();
        });
        master = null;
    }

    private void follow() throws IOException {
        wasReady = false;
        keepDoor();
        if (settings.partner().isEmpty()) {
            journal.problem(Told.of("pair-nobody", "there is nobody to follow: --standby-of was not given"));
            return;
        }
        if (inherit()) {
            return;
        }
        try (var socket = new Socket()) {
            socket.connect(settings.partner().get(), CONNECT_MILLIS);
            var following = follower();
            follower = following;
            journal.followed();
            following.follow(socket).ifPresent(over -> takeOver(over, following.following()));
        } finally {
            Follower ended = follower;
            // Who was ready and is sent away by a master that was late comes back at once.
            wasReady = ended != null && ended.following().ready();
            heir = ended != null && ended.hasState() ? ended : heir;
            follower = null;
        }
    }

    /// Takes over from a master that went on alone and is gone since, as nobody else does.
    private boolean inherit() throws IOException {
        Follower last = heir;
        if (last == null || !settings.isNear()) {
            return false;
        }
        Optional<Follower.TakeOver> over = last.inherit(STATE_OLDEST);
        over.ifPresent(o -> takeOver(o, last.following()));
        return over.isPresent();
    }

    private Follower follower() {
        var plc = control.plc();
        Mirror kept = mirror;
        if (kept == null) {
            kept = new Mirror(
                    new PartnerProgram(control)::load, control.recording().log());
            mirror = kept;
        }
        Consumer<Told> news = told -> beside.execute(() -> journal.note(told));
        return new Follower(setting, kept, fence, System::nanoTime, news, journal::diverged, work -> {
            var _ = plc.between(_ -> {
                work.run();
                return true;
            });
        });
    }

    /// Goes on where the other one ended: what outputs are told first is what they have.
    private void takeOver(Follower.TakeOver over, Follower.Following last) {
        var plc = control.plc();
        var now = new TakeOverSteps(last.scannedNanos());
        now.done(TakeOverSteps.Step.LOST, over.lostNanos());
        now.done(TakeOverSteps.Step.CLAIMED, over.claimedNanos());
        plc.between(l -> {
                    steps = now;
                    for (OutputPoint output : l.outputs()) {
                        if (over.running()) {
                            output.tell();
                        } else {
                            output.tellSafe();
                        }
                    }
                    plc.goOn(over.scan(), over.nanos());
                    return l;
                })
                .join();
        now.done(TakeOverSteps.Step.TOLD, System.nanoTime());
        var leading = master();
        leading.begin(over.epoch());
        master = leading;
        mirror = null;
        heir = null;
        control.writers().wake();
        plc.enter(over.running() ? Mode.RUNNING : Mode.STOPPED).join();
        now.done(TakeOverSteps.Step.WENT_ON, System.nanoTime());
        beside.execute(() -> {
            control.forces().adopt(over.notes());
            control.forces().tellTo(leading::note);
            journal.tookOver(over, now, () -> control.writers().first(over.epoch()));
        });
    }

    /// How the two are now.
    StandbyView view() {
        Master leading = master;
        Follower following = follower;
        if (leading != null) {
            Master.Standby other = leading.standby();
            boolean alone = other.address().isEmpty();
            return journal.view(new StandbyJournal.Now(
                    "master",
                    alone ? partner() : other.address(),
                    other.ready() && !alone,
                    lease.epoch(),
                    alone ? lastScan : other.scan(),
                    alone ? 0 : Math.max(0, lastScan - other.scan()),
                    other.agrees(),
                    0));
        }
        if (following != null) {
            Follower.Following now = following.following();
            long silent = now.scan() == 0 ? 0 : System.nanoTime() - now.scannedNanos();
            return journal.view(new StandbyJournal.Now(
                    "standby",
                    partner(),
                    now.ready(),
                    now.epoch(),
                    now.scan(),
                    Math.max(0, silent / cycleNanos - 1),
                    now.agrees(),
                    now.compared()));
        }
        return journal.view(new StandbyJournal.Now("waiting", partner(), false, 0, 0, 0, true, 0));
    }

    /// Ends it; where another PLC is ready, that one goes on.
    @Override
    public void close() {
        closing = true;
        Master leading = master;
        if (leading != null) {
            leading.close();
        }
        Follower following = follower;
        if (following != null) {
            following.close();
        }
        LockSupport.unpark(thread);
        try {
            thread.join(PATIENCE);
            beside.close();
            if (door != null) {
                door.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            journal.problem(SystemTold.of(e));
        }
    }
}
