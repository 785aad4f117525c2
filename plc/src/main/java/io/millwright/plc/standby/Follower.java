package io.millwright.plc.standby;

import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import io.millwright.plc.record.Divergence;
import io.millwright.plc.record.Mirror;
import io.millwright.plc.record.RecordingError;
import java.io.IOException;
import java.io.Serial;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The side that stands by: does the same scans, compares its state after each, and takes over when the other
/// side is gone and the [Fence] agrees.
///
/// ```java
/// Optional<Follower.TakeOver> over = follower.follow(new Socket(host, port));
/// over.ifPresent(o -> {
///     var plc = new VirtualPlc(pace, o.loaded(), o.scan(), o.nanos(), lease);
///     master.begin(o.epoch());
///     plc.enter(Mode.RUNNING);
/// });
/// ```
public final class Follower {
    private static final int HANDSHAKE_MILLIS = 2000;
    private static final long MILLI = 1_000_000;
    /// How often within a lease it is looked whether the other process is gone, on one machine.
    private static final int LOOKS = 8;
    private static final long LOOK_MOST_NANOS = 5 * MILLI;
    /// That it is too slow is told so often at most.
    private static final long SLOW_NANOS = 10_000 * MILLI;

    private final Setting setting;
    private final Mirror mirror;
    private final Fence fence;
    private final LongSupplier nanoClock;
    private final Consumer<Told> news;
    private final Consumer<Divergence> alarms;
    private volatile boolean closing;
    private final Executor owner;
    private Setting agreed;
    private volatile long heardNanos;
    private volatile long scannedNanos;
    private volatile long epoch;
    private volatile boolean ready;
    private volatile boolean apart;
    private volatile long scan;
    private volatile long compared;
    private byte[] notes = {};
    private long slowNanos;

    /// What goes on here.
    ///
    /// @param loaded the program with its state
    /// @param scan the number of the last scan
    /// @param nanos the time of the program now
    /// @param running whether the other side ran
    /// @param epoch that was given to this side
    /// @param notes what [Master#note] told last there; empty where nothing
    /// @param lostNanos when it was known that the other side is gone, by the monotonic clock
    /// @param claimedNanos when the fence had agreed
    public record TakeOver(
            Loaded loaded,
            long scan,
            long nanos,
            boolean running,
            long epoch,
            byte[] notes,
            long lostNanos,
            long claimedNanos) {}

    /// How far it follows.
    ///
    /// @param ready whether it would take over
    /// @param agrees whether its state was the same when it was compared last
    /// @param scan the last scan that it has done as well
    /// @param compared after how many scans the states were compared
    /// @param scannedNanos when the last scan came, by the monotonic clock
    /// @param epoch in which it would tell outputs; 0 where it would not
    public record Following(boolean ready, boolean agrees, long scan, long compared, long scannedNanos, long epoch) {}

    /// @param mirror whose programs are made ready for the plant that it takes over
    /// @param news hears what happens, for people
    /// @param alarms hears where the states differed; the state of the other side is then taken
    /// @param owner does what changes the program's state: the thread that others ask for its variables
    public Follower(
            Setting setting,
            Mirror mirror,
            Fence fence,
            LongSupplier nanoClock,
            Consumer<Told> news,
            Consumer<Divergence> alarms,
            Executor owner) {
        this.setting = setting;
        this.agreed = setting;
        this.mirror = mirror;
        this.fence = fence;
        this.nanoClock = nanoClock;
        this.news = news;
        this.alarms = alarms;
        this.owner = owner;
        this.slowNanos = nanoClock.getAsLong() - SLOW_NANOS;
    }

    /// How far it follows. By any thread.
    public Following following() {
        return new Following(ready && epoch > 0 && !apart, !apart, scan, compared, scannedNanos, epoch);
    }

    /// Ends [#follow] at the next message.
    public void close() {
        closing = true;
    }

    /// Whether it had the state of the other side when it ended, or has it.
    public boolean hasState() {
        return ready;
    }

    /// After [#follow] ended and the other side could not be followed again: goes on from the state that it had
    /// last, where that side is gone for certain, which can be known on one machine only.
    ///
    /// @param oldest how old the state may be
    /// @return empty where that side may live, or the state is older, or another program was sent since
    public Optional<TakeOver> inherit(Duration oldest) throws IOException {
        boolean fresh = ready
                && mirror.isReady()
                && mirror.scan() == scan
                && nanoClock.getAsLong() - scannedNanos <= oldest.toNanos();
        return fresh && inherits(true) ? takeOver() : Optional.empty();
    }

    /// Follows until the other side is gone.
    ///
    /// @return what goes on here; empty where the other side goes on, or could not be followed far enough: then
    ///     it is to be connected to again
    /// @throws IOException where there was nobody to follow
    public Optional<TakeOver> follow(Socket socket) throws IOException {
        epoch = 0;
        ready = false;
        apart = false;
        agreed = setting;
        notes = new byte[0];
        boolean near = socket.getInetAddress().isLoopbackAddress();
        try (Link link = Link.open(socket, setting.key(), false, HANDSHAKE_MILLIS)) {
            link.send(Kind.HELLO, new byte[0]);
            long number = 0;
            while (!closing) {
                Link.Message message = next(link, near);
                if (message == null) {
                    Optional<TakeOver> over = takeOver();
                    news.accept(StandbyTold.silent(agreed.lease()));
                    return over;
                }
                heardNanos = nanoClock.getAsLong();
                number++;
                hear(link, message);
                link.send(Kind.ANSWER, Kind.numbers(number, scan));
            }
            return Optional.empty();
        } catch (IOException e) {
            if (epoch == 0 && !inherits(near)) {
                throw e;
            }
            // On one machine the link ends when the process ends, or after it gave up its lease.
            if (!near) {
                sleepUntil(heardNanos + agreed.patienceNanos());
            }
            Optional<TakeOver> over = takeOver();
            news.accept(e instanceof ProcessEnded ? StandbyTold.PROCESS_ENDED : StandbyTold.masterGone(e));
            return over;
        } catch (RecordingError e) {
            throw new IOException("what the other side sent cannot be followed: " + e.getMessage(), e);
        }
    }

    /// On one machine it is known.
    private static final class ProcessEnded extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        ProcessEnded(Throwable cause) {
            super("its process has ended", cause);
        }
    }

    /// The next message, or null where none came for too long.
    private Link.@Nullable Message next(Link link, boolean near) throws IOException {
        boolean gone = false;
        while (true) {
            long patience = agreed.patienceNanos();
            long left = epoch == 0
                    ? Math.max(HANDSHAKE_MILLIS * MILLI, patience)
                    : heardNanos + patience - nanoClock.getAsLong();
            boolean looks = near && (epoch > 0 || ready);
            long look = looks ? Math.min(left, lookNanos()) : left;
            try {
                link.timeout((int) Math.max(1, look / MILLI + (look == left ? 1 : 0)));
                return link.receive();
            } catch (SocketTimeoutException e) {
                if (gone) {
                    throw new ProcessEnded(e);
                }
                if (epoch == 0 && look == left) {
                    throw new IOException("nothing was heard", e);
                }
                if (epoch > 0 && heardNanos + patience - nanoClock.getAsLong() <= 0) {
                    return null;
                }
                // What it sent before is read first.
                gone = looks && (epoch > 0 ? fence.isGone(epoch - 1) : inherits(near));
            }
        }
    }

    /// Whether it has the state of a master on this machine that is gone for certain: then it may ask for the
    /// next epoch also where that one had not yet let it be ready, as nobody tells outputs.
    private boolean inherits(boolean near) throws IOException {
        if (!near || !ready) {
            return false;
        }
        long last = fence.epoch();
        boolean gone = fence.isGone(last);
        if (gone) {
            epoch = last + 1;
        }
        return gone;
    }

    private long lookNanos() {
        return Math.min(LOOK_MOST_NANOS, agreed.lease().toNanos() / LOOKS);
    }

    private void sleepUntil(long nanos) {
        long left = nanos - nanoClock.getAsLong();
        while (left > 0) {
            LockSupport.parkNanos(this, left);
            left = nanos - nanoClock.getAsLong();
        }
    }

    private void hear(Link link, Link.Message message) throws IOException, RecordingError {
        switch (message.kind()) {
            case Kind.HELLO -> agree(message.content());
            case Kind.BEAT -> {}
            case Kind.NOTES -> notes = message.content();
            case Kind.PROGRAM -> {
                epoch = 0;
                ready = false;
                mirror.program(message.content());
                news.accept(StandbyTold.PROGRAM);
            }
            case Kind.KEY -> {
                owned(() -> mirror.key(message.content()));
                scannedNanos = heardNanos;
                mirror.takeDivergence().ifPresent(alarms);
                apart = false;
            }
            case Kind.RECORDS -> {
                long before = mirror.scan();
                owned(() -> mirror.records(message.content()));
                long tookNanos = nanoClock.getAsLong() - heardNanos;
                boolean late = tookNanos > agreed.lease().toNanos() && mirror.scan() != before;
                if (late && heardNanos - slowNanos > SLOW_NANOS) {
                    slowNanos = heardNanos;
                    news.accept(StandbyTold.slow(mirror.scan(), tookNanos, agreed.lease()));
                }
                scannedNanos = mirror.scan() == before ? scannedNanos : heardNanos;
                if (mirror.isApart() && !apart) {
                    apart = true;
                    link.send(Kind.APART, new byte[0]);
                }
            }
            case Kind.ARMED -> {
                epoch = Kind.number(message.content());
                news.accept(StandbyTold.ready(epoch));
            }
            default -> throw new IOException("there is no kind " + message.kind() + " of messages of a master");
        }
        scan = mirror.scan();
        compared = mirror.compared();
        boolean known = message.kind() == Kind.KEY || message.kind() == Kind.RECORDS;
        if (known && mirror.isReady() && !ready) {
            ready = true;
            link.send(Kind.READY, new byte[0]);
        }
    }

    private void agree(byte[] times) throws IOException {
        try {
            agreed = setting.orLonger(times);
        } catch (IllegalArgumentException e) {
            throw new IOException("the other side is refused: " + e.getMessage(), e);
        }
    }

    /// What is done with the state.
    private interface Work {
        void run() throws RecordingError;
    }

    private void owned(Work work) throws RecordingError {
        var done = new CompletableFuture<Optional<RecordingError>>();
        owner.execute(() -> {
            try {
                work.run();
                done.complete(Optional.empty());
            } catch (RecordingError e) {
                done.complete(Optional.of(e));
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        Optional<RecordingError> error = done.join();
        if (error.isPresent()) {
            throw error.get();
        }
    }

    private Optional<TakeOver> takeOver() throws IOException {
        long lost = nanoClock.getAsLong();
        if (!mirror.isReady()) {
            news.accept(StandbyTold.DIFFERED);
            return Optional.empty();
        }
        if (!fence.claim(epoch)) {
            news.accept(StandbyTold.goesOnAlone(fence.epoch()));
            return Optional.empty();
        }
        long claimed = nanoClock.getAsLong();
        long nanos = mirror.nanos() + Math.max(0, claimed - scannedNanos);
        return Optional.of(
                new TakeOver(mirror.loaded(), mirror.scan(), nanos, mirror.isRunning(), epoch, notes, lost, claimed));
    }
}
