package io.millwright.connect.modbus;

import io.millwright.connect.Delivery;
import io.millwright.connect.LinkException;
import io.millwright.connect.modbus.ReadPlan.Block;
import io.millwright.connect.modbus.ReadPlan.Polled;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// Reads signals again and again, each at its interval, for as long as one session lasts.
///
/// Each interval has a schedule fixed by the monotonic clock. A cycle that ends after the next was due leaves that one
/// out and counts it: what was not read in time is not made up for.
final class Poller {

    /// The signals of one interval.
    private static final class Cycle {
        final long intervalNanos;
        final int size;
        List<Block> blocks;
        long dueNanos;

        Cycle(long intervalNanos, List<Polled> points, int gap, long dueNanos) {
            this.intervalNanos = intervalNanos;
            this.dueNanos = dueNanos;
            size = points.size();
            blocks = ReadPlan.of(points, gap);
        }
    }

    private final ModbusSession session;
    private final ModbusSettings settings;
    private final Time time;
    private final Delivery delivery;
    private final LongAdder skipped;
    private final Runnable answered;
    private final List<Cycle> cycles = new ArrayList<>();

    /// @param skipped counts the cycles that were left out
    /// @param answered is run after each answer of the device
    Poller(
            ModbusSession session,
            ModbusSettings settings,
            Time time,
            Delivery delivery,
            LongAdder skipped,
            Runnable answered) {
        this.session = session;
        this.settings = settings;
        this.time = time;
        this.delivery = delivery;
        this.skipped = skipped;
        this.answered = answered;
    }

    /// Reads until the session fails.
    void run(List<Signal> signals) throws LinkException, InterruptedException {
        plan(signals);
        while (!cycles.isEmpty()) {
            Cycle next = cycles.stream()
                    .min(Comparator.comparingLong(c -> c.dueNanos))
                    .orElseThrow();
            session.await(next.dueNanos - time.monotonicNanos());
            poll(next);
            long late = Math.max(0, time.monotonicNanos() - next.dueNanos) / next.intervalNanos;
            next.dueNanos += (late + 1) * next.intervalNanos;
            skipped.add(late);
        }
        session.await(Long.MAX_VALUE);
    }

    private void plan(List<Signal> signals) {
        var byInterval = new TreeMap<Long, List<Polled>>();
        for (Signal signal : signals) {
            Point point = Point.parse(signal.from().orElseThrow().point());
            byInterval
                    .computeIfAbsent(signal.every().toNanos(), _ -> new ArrayList<>())
                    .add(new Polled(signal.name(), point));
        }
        long now = time.monotonicNanos();
        byInterval.forEach((interval, points) -> cycles.add(new Cycle(interval, points, settings.gap(), now)));
    }

    private void poll(Cycle cycle) throws LinkException, InterruptedException {
        var batch = new ArrayList<Sample>(cycle.size);
        var blocks = new ArrayList<Block>(cycle.blocks.size());
        try {
            for (Block block : cycle.blocks) {
                read(block, batch, blocks);
            }
        } finally {
            delivery.hand(batch);
        }
        cycle.blocks = blocks;
    }

    /// Reads a block. One that the device refuses because of its addresses is read in halves, down to the guilty
    /// points, and stays divided, so that their neighbours stay good at the price of the search once.
    private void read(Block block, List<Sample> batch, List<Block> kept) throws LinkException, InterruptedException {
        try {
            byte[] answer = session.read(block.table(), block.start(), block.count());
            answered.run();
            decode(block, answer, batch);
            kept.add(block);
        } catch (DeviceRefusal e) {
            answered.run();
            if (block.points().size() > 1 && DeviceExceptions.dependsOnAddresses(e.code())) {
                for (Block half : block.halves()) {
                    read(half, batch, kept);
                }
                return;
            }
            long now = time.epochNanos();
            for (Polled polled : block.points()) {
                bad(polled, DeviceExceptions.quality(e.code()), now, batch);
            }
            kept.add(block);
        }
    }

    private void decode(Block block, byte[] answer, List<Sample> batch) {
        long now = time.epochNanos();
        for (Polled polled : block.points()) {
            Value value = polled.point.decode(answer, block.start(), settings.order());
            if (value instanceof Value.Missing) {
                bad(polled, Quality.BAD_DECODING_ERROR, now, batch);
            } else {
                polled.last = Quality.GOOD;
                batch.add(new Sample(polled.signal, value, Quality.GOOD, now, now));
            }
        }
    }

    private static void bad(Polled polled, Quality why, long now, List<Sample> batch) {
        if (!why.equals(polled.last)) {
            polled.last = why;
            batch.add(new Sample(polled.signal, Value.missing(), why, now, now));
        }
    }
}
