package io.millwright.node.api;

import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.model.text.JsonString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One subscriber of the stream of samples (Server-Sent Events, WHATWG HTML, section 9.2).
///
/// Samples wait here until the subscriber's thread sends them, every [#PAUSE_MILLIS] or so. When a slow subscriber
/// lets more than [#MOST_WAITING] pile up, only the newest of each signal is kept until it has caught up: what it
/// shows is then current, and the full history is a query away.
final class LiveStream {

    private static final int PAUSE_MILLIS = 50;
    private static final int MOST_WAITING = 20_000;
    private static final long STATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<SignalName> wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private List<Sample> waiting = new ArrayList<>();
    private boolean ended;

    /// @param wanted the signals to send; empty for all
    LiveStream(Set<SignalName> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /// Takes samples to send. Returns at once.
    void offer(List<Sample> batch) {
        lock.lock();
        try {
            for (var sample : batch) {
                if (wanted.isEmpty() || wanted.contains(sample.signal())) {
                    waiting.add(sample);
                }
            }
            if (waiting.size() > MOST_WAITING) {
                waiting = newestOfEach(waiting);
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private static List<Sample> newestOfEach(List<Sample> samples) {
        Map<SignalName, Sample> newest = new LinkedHashMap<>();
        samples.forEach(sample -> newest.put(sample.signal(), sample));
        return new ArrayList<>(newest.values());
    }

    /// Ends [#send].
    void end() {
        lock.lock();
        try {
            ended = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Sends samples as they come and the state of the plant once a second, until the subscriber leaves or [#end]
    /// is called. The state also shows a silent connection to be alive.
    void send(OutputStream out, Supplier<String> state) throws IOException, InterruptedException {
        long stateDue = System.nanoTime();
        while (true) {
            var batch = take(stateDue);
            if (batch == null) {
                return;
            }
            if (!batch.isEmpty()) {
                out.write(encode(batch).getBytes(StandardCharsets.UTF_8));
            }
            if (System.nanoTime() - stateDue >= 0) {
                out.write(("event: state\ndata: " + state.get() + "\n\n").getBytes(StandardCharsets.UTF_8));
                stateDue = System.nanoTime() + STATE_NANOS;
            }
            out.flush();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // lets samples gather, so that a fast plant makes few packets
        }
    }

    /// What waits, perhaps nothing if the deadline passes; null at the end.
    private @org.jspecify.annotations.Nullable List<Sample> take(long deadline) throws InterruptedException {
        lock.lock();
        try {
            long left = deadline - System.nanoTime();
            while (!ended && waiting.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            if (ended) {
                return null;
            }
            var batch = waiting;
            waiting = new ArrayList<>(batch.size());
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// The event: an array of `[name, value, status, source milliseconds, receive milliseconds]`.
    static String encode(List<Sample> batch) {
        var text = new StringBuilder(batch.size() * 64 + 32).append("event: samples\ndata: [");
        for (int i = 0; i < batch.size(); i++) {
            var sample = batch.get(i);
            text.append(i == 0 ? "[" : ",[");
            JsonString.append(text, sample.signal().toString());
            text.append(',');
            value(text, sample.value());
            text.append(',')
                    .append(Integer.toUnsignedLong(sample.quality().code()))
                    .append(',');
            millis(text, sample.sourceNanos());
            text.append(',');
            millis(text, sample.receivedNanos());
            text.append(']');
        }
        return text.append("]\n\n").toString();
    }

    private static void value(StringBuilder text, Value value) {
        switch (value) {
            case Value.Bool b -> text.append(b.value());
            case Value.Int i -> text.append(i.value());
            case Value.Real r -> {
                if (Double.isFinite(r.value())) {
                    text.append(r.value());
                } else {
                    text.append('"').append(r.value()).append('"');
                }
            }
            case Value.Text t -> JsonString.append(text, t.value());
            case Value.Missing _ -> text.append("null");
        }
    }

    /// Milliseconds with a fraction, exact to the microsecond.
    private static void millis(StringBuilder text, long nanos) {
        long micros = Math.floorDiv(nanos, 1000L);
        text.append(Math.floorDiv(micros, 1000L));
        int fraction = (int) Math.floorMod(micros, 1000L);
        if (fraction != 0) {
            text.append('.').append((char) ('0' + fraction / 100)).append((char) ('0' + fraction / 10 % 10));
            text.append((char) ('0' + fraction % 10));
        }
    }
}
