package io.millwright.historian;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.model.disk.Disk;
import io.millwright.testkit.ManualTime;
import io.millwright.testkit.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// One random life of a historian on a simulated disk, with everything that befalls disks and processes, checked
/// against the [Oracle] all along. No threads: the same seed does the same.
final class Simulation {

    private static final List<SignalName> SIGNALS = List.of(
            SignalName.of("tank-1", "level"),
            SignalName.of("tank-1", "inflow"),
            SignalName.of("泵 1", "振动.速度"),
            SignalName.of("root.`x`\"", "a b\\c.**"),
            SignalName.of("\uD83D\uDE00", "\uD800"));
    private static final long T0 = 1_700_000_000_000_000_000L;

    private final SplittableRandom random;
    private final SimulatedDisk disk;
    private final Disk seen;
    private final Hooks hooks;
    private final ManualTime time = new ManualTime(T0);
    private final Oracle oracle = new Oracle();
    private final HistorianSettings settings =
            HistorianSettings.usual().withJournalFileBytes(4 << 10).withReserveBytes(16 << 10);
    private Historian historian;

    /// @param seen what the historian is given in place of the disk
    Simulation(long seed, UnaryOperator<Disk> seen, Hooks hooks) throws IOException {
        random = new SplittableRandom(seed);
        disk = new SimulatedDisk(seed);
        this.seen = seen.apply(disk);
        this.hooks = hooks;
        historian = Historian.open(this.seen, settings, time, hooks);
    }

    static Hooks stepping(boolean verifies) {
        return new Hooks(_ -> {}, verifies, false);
    }

    SimulatedDisk disk() {
        return disk;
    }

    /// Lives for a number of steps.
    void live(int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3, 4, 5 -> append();
                case 6, 7 -> historian.segmentStep();
                case 8 -> disk.cutPowerAfter(random.nextInt(60));
                case 9 -> disk.failAfter(random.nextInt(30));
                case 10 -> disk.failForces(1 + random.nextInt(3));
                case 11 -> disk.setCapacity(random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(200 << 10));
                case 12 -> time.stepWallClock(Duration.ofMinutes(random.nextInt(-60, 61)));
                default -> reopen();
            }
            if (disk.isOff()) {
                powerReturns();
            }
            if (random.nextInt(8) == 0) {
                check();
            }
        }
        settleDown();
    }

    /// Appends, converts and merges, without any other trouble than what the disk was told before.
    void quiet() throws IOException {
        for (int i = 0; i < 40 && !disk.isOff(); i++) {
            append();
            if (i % 3 == 2) {
                historian.segmentStep();
            }
            if (i % 10 == 9) {
                reopen();
            }
        }
    }

    private void settleDown() throws IOException {
        disk.setCapacity(Long.MAX_VALUE);
        disk.failForces(0);
        disk.cutPower();
        powerReturns();
        check();
        historian.segmentStep();
        check();
    }

    void append() {
        var batches = new ArrayList<List<Sample>>();
        var futures = new ArrayList<CompletableFuture<Void>>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            List<Sample> batch = batch();
            batches.add(batch);
            futures.add(historian.append(batch));
        }
        historian.journalStep();
        for (int i = 0; i < count; i++) {
            boolean acknowledged = futures.get(i).isDone() && !futures.get(i).isCompletedExceptionally();
            batches.get(i).forEach(sample -> oracle.add(sample, acknowledged));
        }
    }

    private List<Sample> batch() {
        var batch = new ArrayList<Sample>();
        int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 20);
        for (int i = 0; i < count; i++) {
            time.advance(Duration.ofNanos(random.nextInt(1000)));
            long source = random.nextInt(4) == 0 ? T0 + random.nextInt(200) : time.epochNanos() + random.nextInt(5);
            batch.add(new Sample(
                    SIGNALS.get(random.nextInt(SIGNALS.size())), value(), quality(), source, time.epochNanos()));
        }
        return batch;
    }

    private Value value() {
        return switch (random.nextInt(9)) {
            case 0 -> Value.missing();
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextInt(3) == 0 ? Long.MIN_VALUE : random.nextLong());
            case 3 -> Value.of("text " + random.nextInt(3) + (random.nextBoolean() ? "" : "\uDC00 ünï"));
            case 4 -> Value.of(random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY);
            case 5 -> Value.of(random.nextBoolean() ? -0.0 : 0.0);
            default -> Value.of(random.nextInt(3) * 0.5);
        };
    }

    private Quality quality() {
        return switch (random.nextInt(4)) {
            case 0 -> Quality.BAD_NO_COMMUNICATION;
            case 1 -> new Quality(random.nextInt());
            default -> Quality.GOOD;
        };
    }

    private void reopen() throws IOException {
        disk.failForces(0);
        try {
            historian.close();
            historian = Historian.open(seen, settings, time, hooks);
            oracle.reopened();
        } catch (IOException e) {
            disk.cutPower(); // An I/O error or a power cut came due; what follows begins anew.
        }
    }

    void powerReturns() throws IOException {
        disk.restorePower();
        historian = Historian.open(seen, settings, time, hooks);
        oracle.reopened();
        check();
    }

    void check() {
        try {
            long from = T0 + random.nextInt(1000);
            oracle.check(historian, from, from + random.nextInt(100_000));
        } catch (java.io.UncheckedIOException e) {
            if (!disk.isOff() && !String.valueOf(e.getMessage()).contains("simulated")) {
                throw e;
            }
        }
        if (!historian.state().damage().isEmpty() && !disk.isOff()) {
            throw new AssertionError("damage on a disk that only lost power: "
                    + historian.state().damage());
        }
    }
}
