package io.millwright.plc.record;

import io.millwright.plc.Mode;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// Decodes what follows a key frame.
final class LogDecoder {
    private final long[] intervals;
    private final long[] lastStart;
    private final boolean[] real;
    private final long[] inputs;
    private long number;

    LogDecoder(KeyFrame frame) {
        intervals = frame.intervals();
        lastStart = new long[intervals.length];
        Arrays.fill(lastStart, frame.state().nowNanos());
        real = frame.real();
        inputs = frame.inputs().clone();
        number = frame.scan();
    }

    Event next(ByteSource source) throws RecordingError {
        int tag = source.octet();
        if ((tag & Tag.SCAN) != 0) {
            return scan(tag, source);
        }
        return switch (tag) {
            case Tag.WRITTEN -> new Event.Written(source.text(), source.value());
            case Tag.FORCED -> new Event.Forced(source.text(), source.value());
            case Tag.RELEASED -> new Event.Released(source.text());
            case Tag.ENTERED -> new Event.Entered(mode(source.text()));
            case Tag.TOOK_OVER -> new Event.TookOver();
            case Tag.FAULTED -> faulted(source);
            default -> throw new RecordingError("there is no kind " + tag + " of records");
        };
    }

    private static Mode mode(String name) throws RecordingError {
        try {
            return Mode.valueOf(name);
        } catch (IllegalArgumentException _) {
            throw new RecordingError("there is no mode of this name");
        }
    }

    private Event.Scan scan(int tag, ByteSource source) throws RecordingError {
        int low = tag & Tag.TASK_MORE;
        int task = task(low == Tag.TASK_MORE ? source.var() : low);
        long start = lastStart[task] + intervals[task] + ((tag & Tag.EXACT) == 0 ? source.signed() : 0);
        lastStart[task] = start;
        if ((tag & Tag.INPUTS) != 0) {
            source.inputs(inputs, real);
        }
        OptionalLong hash = OptionalLong.empty();
        if (source.peek() == Tag.HASH) {
            source.octet();
            hash = OptionalLong.of(source.whole());
        }
        return new Event.Scan(++number, task, start, inputs, hash);
    }

    private int task(long task) throws RecordingError {
        if (task < 0 || task >= intervals.length) {
            throw new RecordingError("there is no task " + task);
        }
        return (int) task;
    }

    private Event.Faulted faulted(ByteSource source) throws RecordingError {
        int task = task(source.var());
        long start = lastStart[task] + intervals[task] + source.signed();
        lastStart[task] = start;
        source.inputs(inputs, real);
        String trap = source.text();
        return new Event.Faulted(
                ++number, task, start, inputs, trap.isEmpty() ? Optional.empty() : Optional.of(trap), source.text());
    }
}
