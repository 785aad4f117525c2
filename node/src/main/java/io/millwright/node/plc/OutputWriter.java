package io.millwright.node.plc;

import io.millwright.connect.LinkException;
import io.millwright.model.SignalName;
import io.millwright.model.Told;
import io.millwright.model.Value;
import io.millwright.plc.image.OutputCell;
import io.millwright.plc.standby.Lease;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the outputs of one connection to its device: always the newest values, as fast as the device takes
/// them. While it does not take one, that is tried again and again.
///
/// It writes while its [Lease] says so, asked just before each value goes out; in another epoch all are written anew,
/// as another PLC may have written meanwhile. A value waits until a standby has been told of its scan. While there is
/// nothing new, each value is written again about once a
/// second, one at a time: so what a device has does not stay another for long, also where it was switched off and on,
/// or where a value of another PLC came late.
public final class OutputWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputWriter.class);
    private static final long RETRY_NANOS = 200_000_000;
    /// How long a value is not written again.
    private static final long AGAIN_NANOS = 1_000_000_000;
    /// Of many outputs so many are written again in a second, as a device has other things to do.
    private static final long AGAIN_SPACE_NANOS = 20_000_000;

    private final List<Output> outputs;
    private final long againNanos;
    private final long spaceNanos;
    private final Device device;
    private final Lease lease;
    private final SameEpoch sameEpoch = new SameEpoch();
    private final LongAdder written = new LongAdder();
    private volatile First first = new First(0, 0, 0);
    private volatile boolean closing;

    /// The first value that was written in an epoch.
    ///
    /// @param askedNanos when the device was asked to take it, by the monotonic clock
    /// @param writtenNanos when it had taken it
    record First(long epoch, long askedNanos, long writtenNanos) {}

    /// Takes a value.
    @FunctionalInterface
    public interface Device {
        /// @param allowed asked last before the value goes out
        /// @return whether it was allowed
        boolean write(SignalName signal, Value value, BooleanSupplier allowed) throws LinkException;

        /// Whether a value may be written again and nothing happens.
        default boolean isState(SignalName signal) {
            return true;
        }

        /// Lets the code be loaded and compiled that [#write] needs, before it counts.
        default void rehearse() {}
    }

    /// One output and how far it is written.
    static final class Output {
        private final SignalName signal;
        private final OutputCell cell;
        private final boolean state;
        private long done;
        private long doneEpoch;
        private long doneNanos;
        private volatile @Nullable Told failure;

        /// @param state whether its value may be written again and nothing happens
        Output(SignalName signal, OutputCell cell, boolean state) {
            this.signal = signal;
            this.cell = cell;
            this.state = state;
        }

        SignalName signal() {
            return signal;
        }

        /// Why the device does not take it; null while it does.
        @Nullable
        Told failure() {
            return failure;
        }
    }

    /// Whether the lease still holds, in the epoch in which the value was taken. Not a lambda: a thread that must be
    /// on time does not link one, see decision 59.
    private final class SameEpoch implements BooleanSupplier {
        private long epoch;

        @Override
        public boolean getAsBoolean() {
            return lease.getAsBoolean() && lease.epoch() == epoch;
        }
    }

    OutputWriter(List<Output> outputs, Device device, Lease lease) {
        this.outputs = List.copyOf(outputs);
        this.againNanos = Math.max(AGAIN_NANOS, outputs.size() * AGAIN_SPACE_NANOS);
        this.spaceNanos = Math.min(RETRY_NANOS, againNanos / Math.max(1, outputs.size()));
        this.device = device;
        this.lease = lease;
    }

    List<Output> outputs() {
        return outputs;
    }

    /// How many values were written so far.
    long written() {
        return written.sum();
    }

    /// In the latest epoch in which one was written.
    First first() {
        return first;
    }

    @Override
    public void run() {
        outputs.forEach(o -> o.cell.readBy(Thread.currentThread()));
        lease.wake(Thread.currentThread());
        while (!closing) {
            boolean all = true;
            for (Output output : outputs) {
                all &= isDone(output) || write(output);
            }
            if (!all) {
                LockSupport.parkNanos(this, RETRY_NANOS);
            } else if (outputs.stream().allMatch(this::isDone)) {
                LockSupport.parkNanos(this, again());
            }
        }
        // What was told last counts: the safe values of a PLC that ends.
        outputs.stream().filter(o -> !isDone(o)).forEach(this::write);
    }

    private boolean isDone(Output output) {
        long number = output.cell.number();
        return number == 0 || output.done == number && output.doneEpoch == lease.epoch();
    }

    /// Writes the value again that was not written for the longest time, where that is long.
    ///
    /// @return how long to wait for the next one
    private long again() {
        Output oldest = null;
        for (Output output : outputs) {
            boolean older = oldest == null || output.doneNanos - oldest.doneNanos < 0;
            oldest = older && output.state && output.cell.number() > 0 ? output : oldest;
        }
        if (oldest == null || System.nanoTime() - oldest.doneNanos < againNanos) {
            return spaceNanos;
        }
        return write(oldest) ? spaceNanos : RETRY_NANOS;
    }

    private boolean write(Output output) {
        // The epoch before the value, and both before it is asked whether they still hold.
        long epoch = lease.epoch();
        long number = output.cell.number();
        Value value = output.cell.value();
        sameEpoch.epoch = epoch;
        if (!lease.awaitTold(lease.telling()) || !lease.enter(epoch)) {
            return false;
        }
        try {
            return bring(output, epoch, number, value);
        } finally {
            lease.leave();
        }
    }

    private boolean bring(Output output, long epoch, long number, Value value) {
        long asked = System.nanoTime();
        try {
            if (!device.write(output.signal, value, sameEpoch)) {
                return false;
            }
            if (first.epoch != epoch) {
                first = new First(epoch, asked, System.nanoTime());
            }
            output.done = number;
            output.doneEpoch = epoch;
            output.doneNanos = System.nanoTime();
            written.increment();
            if (output.failure != null) {
                LOG.info("{} is written again", output.signal);
                output.failure = null;
            }
            return true;
        } catch (LinkException e) {
            failed(output, e.told());
            return false;
        } catch (RuntimeException e) {
            // Whatever it is: what is told later is to be written, so this thread goes on.
            failed(
                    output,
                    Told.of("output-unexpected", "unexpected failure: {reason}").with("reason", e));
            return false;
        }
    }

    private static void failed(Output output, Told why) {
        if (output.failure == null) {
            LOG.warn("{} cannot be written: {}", output.signal, why.text());
        }
        output.failure = why;
    }

    /// Ends it after the newest values.
    void close() {
        closing = true;
    }
}
