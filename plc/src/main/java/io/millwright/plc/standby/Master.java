package io.millwright.plc.standby;

import io.millwright.model.Told;
import io.millwright.plc.record.LogFeed;
import io.millwright.plc.record.ScanLog;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The side that tells outputs: lets one standby follow, and keeps its [Lease].
///
/// ```java
/// var lease = new Lease(System::nanoTime);
/// var log = new ScanLog(pace::epochNanos, new ScanLog.Pace(1000, 10_000_000_000L, 1), 1 << 22);
/// var plc = new VirtualPlc(pace, loaded, 0, 0, lease);
/// plc.observe(log);
/// var master = new Master(setting, log, fence, lease, System::nanoTime, news);
/// if (master.begin()) { thread.start(() -> master.serve(door)); }
/// ```
public final class Master {
    private static final int POLL_MILLIS = 20;
    private static final long POLL_LEAST_NANOS = 100_000;
    private static final long POLL_MOST_NANOS = 1_000_000;
    /// How often within a lease it is looked for what is to be sent.
    private static final int POLLS = 32;
    private static final long RETRY_NANOS = 50_000_000;
    /// How many messages may be unanswered for answers to count.
    private static final int UNANSWERED = 1 << 12;
    /// How many answers in a row come early before the lease depends on them: a process that has just begun is
    /// slow at first.
    private static final int EARLY_ANSWERS = 50;
    /// Or how long they do, where there are few.
    private static final long EARLY_NANOS = 1_000_000_000;
    /// After so long it depends on them all the same: the standby of a machine that is always busy.
    private static final long LATE_NANOS = 5_000_000_000L;

    private final Setting setting;
    private final LogFeed feed;
    private final Fence fence;
    private final Lease lease;
    private final LongSupplier nanoClock;
    private final Consumer<Told> news;
    private final long[] sentNanos = new long[UNANSWERED];
    private volatile boolean closing;
    private volatile boolean lost;
    private volatile boolean armed;
    private boolean ready;
    private int early;
    private long earlySinceNanos;
    private long readySinceNanos;
    private volatile boolean apart;
    private volatile String standby = "";
    private volatile long answeredScan;
    private volatile byte[] notes = {};
    private byte[] sentNotes = {};
    private long lastSentNanos;
    private long last;

    /// @param log which observes the PLC; with a hash of every scan the standby compares every scan
    /// @param news hears what happens, for people
    public Master(Setting setting, ScanLog log, Fence fence, Lease lease, LongSupplier nanoClock, Consumer<Told> news) {
        this.setting = setting;
        this.feed = new LogFeed(log);
        feed.rest();
        this.fence = fence;
        this.lease = lease;
        this.nanoClock = nanoClock;
        this.news = news;
    }

    /// Asks the fence for the next epoch, in which it tells outputs. It is not asked while who was given the
    /// one before lives.
    ///
    /// @return whether it was given; else another node tells outputs, and this one is to stand by
    public boolean begin() throws IOException {
        long last = fence.epoch();
        long epoch = last + 1;
        boolean given = !fence.isHeld(last) && fence.claim(epoch);
        if (given) {
            lease.alone(epoch);
        }
        return given;
    }

    /// Goes on in the epoch that a [Follower] was given.
    public void begin(long epoch) {
        lease.alone(epoch);
    }

    /// Tells a standby, now or later, what goes along with the state and is no part of it, such as who forced
    /// what. By any thread.
    ///
    /// @param newest in the place of what was told before; not changed any more
    public void note(byte[] newest) {
        notes = newest;
    }

    /// Whether another node tells outputs now.
    public boolean isLost() {
        return lost;
    }

    /// What follows it.
    ///
    /// @param address of who follows; empty where nobody does
    /// @param ready whether it would take over
    /// @param agrees whether its state was the same when it was compared last
    /// @param scan the last scan that it has done as well
    public record Standby(String address, boolean ready, boolean agrees, long scan) {}

    /// What follows it now. By any thread.
    public Standby standby() {
        return new Standby(standby, armed, !apart, answeredScan);
    }

    /// Ends [#serve]. Where a standby is ready nobody here tells outputs after it, and that one takes over.
    public void close() {
        closing = true;
    }

    /// Lets standbys follow, one at a time, until it is closed or lost.
    public void serve(ServerSocket door) throws IOException {
        door.setSoTimeout(POLL_MILLIS);
        while (!closing && !lost) {
            feed.move(Discarded.SINK);
            try (Socket socket = door.accept()) {
                session(socket);
            } catch (SocketTimeoutException _) {
                // Nobody came.
            } catch (IOException e) {
                news.accept(StandbyTold.standbyGone(e));
            }
            decide();
        }
    }

    /// What nobody follows is not kept.
    private static final class Discarded {
        static final LogFeed.Sink SINK = new LogFeed.Sink() {
            @Override
            public void program(byte[] encoded) {}

            @Override
            public void key(byte[] encoded) {}

            @Override
            public void records(byte[] encoded) {}
        };
    }

    private void session(Socket socket) throws IOException {
        try (Link link = Link.open(socket, setting.key(), true, handshakeMillis())) {
            try {
                lead(link, socket);
            } finally {
                // Before the link is closed, as its end lets the standby take over at once.
                giveUp();
                standby = "";
                apart = false;
                feed.rest();
            }
        }
    }

    private void lead(Link link, Socket socket) throws IOException {
        send(link, Kind.HELLO, setting.times());
        if (link.receive().kind() != Kind.HELLO) {
            throw new IOException("it does not say hello");
        }
        standby = String.valueOf(socket.getRemoteSocketAddress()).replaceFirst("^/", "");
        news.accept(StandbyTold.follows(standby));
        ready = false;
        early = 0;
        sentNotes = new byte[0];
        feed.restart();
        var sink = sink(link);
        while (!closing) {
            long scan = lease.logged();
            long there = feed.logged();
            boolean any = feed.move(sink);
            if (feed.moved() >= there) {
                lease.told(scan);
            }
            while (link.hasMore()) {
                any = true;
                hear(link, link.receive());
            }
            any |= sendNotes(link);
            if (armed && !lease.getAsBoolean()) {
                news.accept(StandbyTold.noAnswer(setting.lease()));
                return;
            }
            if (nanoClock.getAsLong() - lastSentNanos >= setting.lease().toNanos() / 4) {
                send(link, Kind.BEAT, new byte[0]);
            }
            if (!any) {
                LockSupport.parkNanos(this, pollNanos());
            }
        }
    }

    /// Nothing of a shared lease is left after it, and no value on its way to a device: but for one that a device
    /// does not answer for as long as a standby waits that hears nothing.
    private void giveUp() {
        if (armed) {
            lease.end();
            long end = nanoClock.getAsLong() + setting.patienceNanos();
            while (!lease.isQuiet() && nanoClock.getAsLong() - end < 0) {
                LockSupport.parkNanos(this, POLL_LEAST_NANOS);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // these very notes
    private boolean sendNotes(Link link) throws IOException {
        byte[] newest = notes;
        boolean other = newest != sentNotes;
        if (other) {
            sentNotes = newest;
            send(link, Kind.NOTES, newest);
        }
        return other;
    }

    private long pollNanos() {
        return Math.clamp(setting.lease().toNanos() / POLLS, POLL_LEAST_NANOS, POLL_MOST_NANOS);
    }

    private int handshakeMillis() {
        return (int) Math.max(1000, setting.lease().toMillis());
    }

    private LogFeed.Sink sink(Link link) {
        return new LogFeed.Sink() {
            @Override
            public void program(byte[] encoded) throws IOException {
                disarm();
                send(link, Kind.PROGRAM, encoded);
            }

            @Override
            public void key(byte[] encoded) throws IOException {
                apart = false;
                send(link, Kind.KEY, encoded);
            }

            @Override
            public void records(byte[] encoded) throws IOException {
                send(link, Kind.RECORDS, encoded);
            }
        };
    }

    /// Before another program is sent, which takes the standby longer to make ready than a lease lasts: goes on
    /// alone in the next epoch, which is the one that the standby would ask for.
    private void disarm() throws IOException {
        if (armed) {
            long next = lease.epoch() + 1;
            if (!fence.claim(next)) {
                throw new IOException("it took over");
            }
            armed = false;
            lease.alone(next);
        }
        ready = false;
    }

    private void send(Link link, int kind, byte[] content) throws IOException {
        long now = nanoClock.getAsLong();
        long number = link.send(kind, content);
        sentNanos[(int) (number % UNANSWERED)] = now;
        lastSentNanos = now;
        last = number;
    }

    private void hear(Link link, Link.Message message) throws IOException {
        switch (message.kind()) {
            case Kind.ANSWER -> {
                long number = Kind.number(message.content());
                answeredScan = Kind.second(message.content());
                boolean known = number > last - UNANSWERED && number > 0 && number <= last;
                if (armed && known) {
                    lease.extend(sentNanos[(int) (number % UNANSWERED)]
                            + setting.lease().toNanos());
                } else if (known && ready) {
                    answered(nanoClock.getAsLong() - sentNanos[(int) (number % UNANSWERED)]);
                    if (isPrompt()) {
                        arm(link);
                    }
                }
            }
            case Kind.READY -> {
                ready = true;
                readySinceNanos = nanoClock.getAsLong();
                early = 0;
            }
            case Kind.APART -> {
                apart = true;
                news.accept(StandbyTold.APART);
                feed.wantKey();
            }
            default -> throw new IOException("there is no kind " + message.kind() + " of messages of a standby");
        }
    }

    private void answered(long tookNanos) {
        if (tookNanos > setting.lease().toNanos() / 2) {
            early = 0;
        } else if (early++ == 0) {
            earlySinceNanos = nanoClock.getAsLong();
        }
    }

    private boolean isPrompt() {
        long now = nanoClock.getAsLong();
        return early >= EARLY_ANSWERS
                || early > 1 && now - earlySinceNanos >= EARLY_NANOS
                || now - readySinceNanos >= LATE_NANOS;
    }

    /// From here on both count; what was alone before must not go on alone.
    private void arm(Link link) throws IOException {
        armed = true;
        ready = false;
        lease.share(nanoClock.getAsLong() + setting.lease().toNanos());
        send(link, Kind.ARMED, Kind.number(lease.epoch() + 1));
        news.accept(StandbyTold.STANDBY_READY);
    }

    /// After a standby that was ready is gone: the fence decides who goes on, as it may be alive.
    private void decide() {
        while (armed && !lost && !closing) {
            lease.end();
            long next = lease.epoch() + 1;
            try {
                if (fence.claim(next)) {
                    armed = false;
                    lease.alone(next);
                    news.accept(StandbyTold.alone(next));
                } else {
                    lost = true;
                    news.accept(StandbyTold.lost(fence.epoch()));
                }
            } catch (IOException e) {
                news.accept(StandbyTold.fenceFails(e));
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }
}
