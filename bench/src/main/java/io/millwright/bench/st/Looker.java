package io.millwright.bench.st;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.machine.Packer;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Text;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Watches variables as `mw plc run` does: the thread that scans puts their values down, another one picks up the
/// newest ten times a second and finds out which changed.
final class Looker {
    private static final long PERIOD_NANOS = 100_000_000;

    private final List<Slot> slots;
    private final int[] texts;
    private final Packer packer;
    private final AtomicReference<@Nullable Values> ready = new AtomicReference<>();
    private final AtomicReference<@Nullable Values> returned = new AtomicReference<>();
    private final AtomicLong changes = new AtomicLong();
    private @Nullable Values spare;

    private record Values(
            int[] packed, long[] bits, @Nullable String[] texts) {}

    private Looker(Run run, List<Slot> slots) {
        this.slots = slots;
        this.texts = IntStream.range(0, slots.size())
                .filter(i -> slots.get(i).isText())
                .toArray();
        this.packer = run.machine().packer(slots);
    }

    static Looker start(Run run, List<Slot> slots) {
        var looker = new Looker(run, slots);
        Thread.ofPlatform().daemon().name("looker").start(looker::serve);
        return looker;
    }

    /// Between two scans.
    void put() {
        Values values = spare == null ? returned.getAndSet(null) : spare;
        if (values == null) {
            values = new Values(new int[packer.size()], new long[slots.size()], new String[texts.length]);
        }
        packer.pack(values.packed);
        for (int i = 0; i < texts.length; i++) {
            Text text = slots.get(texts[i]).text();
            String before = values.texts[i];
            if (before == null || !text.is(before)) {
                values.texts[i] = text.toString();
            }
        }
        spare = ready.getAndSet(values);
    }

    /// How many changes were seen.
    long changes() {
        return changes.get();
    }

    private void serve() {
        var before = new long[slots.size()];
        while (true) {
            LockSupport.parkNanos(PERIOD_NANOS);
            Values values = ready.getAndSet(null);
            if (values != null) {
                packer.unpack(values.packed, values.bits);
                for (int i = 0; i < before.length; i++) {
                    if (before[i] != values.bits[i]) {
                        before[i] = values.bits[i];
                        changes.incrementAndGet();
                    }
                }
                returned.set(values);
            }
        }
    }
}
