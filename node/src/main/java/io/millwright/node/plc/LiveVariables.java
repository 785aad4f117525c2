package io.millwright.node.plc;

import io.millwright.iec61131.machine.Packer;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Value;
import io.millwright.plc.Loaded;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.image.Conversion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Some variables as somebody watches them: the scans put their values down at most so often, one other thread
/// picks up the newest. Neither waits for the other. After an online change variables are found anew by their
/// paths.
final class LiveVariables implements ScanObserver, AutoCloseable {
    private final VirtualPlc plc;
    private final List<String> paths;
    private final long intervalNanos;
    private final AtomicReference<@Nullable Values> ready = new AtomicReference<>();
    private volatile @Nullable Loaded loaded;
    private volatile @Nullable Found found;
    private final AtomicReference<@Nullable Values> returned = new AtomicReference<>();
    private @Nullable Values spare;
    private long dueNanos = Long.MIN_VALUE;

    /// The values of one moment.
    static final class Values {
        /// As [Slot#bits] gives them.
        private final long[] bits;
        /// As the scan copied them.
        private final int[] packed;
        /// Of variables that are texts, by their places; null elsewhere.
        final @Nullable String[] texts;

        long scan;
        long nanos;
        private final Found of;

        private Values(Found of) {
            this.of = of;
            bits = new long[of.slots.size()];
            packed = new int[of.packer.size()];
            texts = new String[of.slots.size()];
        }

        List<Slot> slots() {
            return of.slots;
        }

        /// Whether these are values of the same variables of the same version of the program.
        @SuppressWarnings("ReferenceEquality") // that very version
        boolean isOfSame(Values others) {
            return of == others.of;
        }

        /// Whether a variable has the same value.
        boolean isAsIn(Values others, int place) {
            return bits[place] == others.bits[place] && Objects.equals(texts[place], others.texts[place]);
        }

        /// The value of a variable as the language has it.
        Value value(int place) {
            String text = texts[place];
            if (text != null) {
                return new Value.Text(text);
            }
            return switch (Conversion.of(slots().get(place).type())) {
                case TRUTH -> new Value.Truth(bits[place] != 0);
                case REAL -> new Value.Real(Double.longBitsToDouble(bits[place]));
                case WHOLE_SIGNED, WHOLE_UNSIGNED -> new Value.Whole(bits[place]);
            };
        }
    }

    /// The variables in one version of the program.
    private record Found(Loaded in, List<Slot> slots, List<String> missing, int[] texts, Packer packer) {}

    private LiveVariables(VirtualPlc plc, List<String> paths, long intervalNanos) {
        this.plc = plc;
        this.paths = List.copyOf(paths);
        this.intervalNanos = intervalNanos;
    }

    /// Begins to watch.
    ///
    /// @param intervalNanos how often at most; 0 for every scan
    static LiveVariables watch(VirtualPlc plc, List<String> paths, long intervalNanos) {
        var live = new LiveVariables(plc, paths, intervalNanos);
        plc.observe(live).join();
        live.find();
        return live;
    }

    /// Looks the variables up where the program is another one. By the thread that picks up.
    private void find() {
        Loaded now = loaded;
        Found known = found;
        if (now == null || known != null && known.in().equals(now)) {
            return;
        }
        List<Slot> slots = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        paths.forEach(p -> now.run().slot(p).ifPresentOrElse(slots::add, () -> missing.add(p)));
        int[] texts = IntStream.range(0, slots.size())
                .filter(i -> slots.get(i).isText())
                .toArray();
        found = new Found(
                now, List.copyOf(slots), missing, texts, now.run().machine().packer(slots));
    }

    /// The paths that lead to no variable.
    List<String> missing() {
        find();
        Found known = found;
        return known == null ? paths : known.missing();
    }

    /// The newest values since the last call; null where there are none.
    @Nullable
    Values next() {
        find();
        Values values = ready.getAndSet(null);
        if (values != null) {
            values.of.packer.unpack(values.packed, values.bits);
        }
        return values;
    }

    /// Hands back what [#next] gave, so that scans need no memory of their own.
    void giveBack(Values values) {
        returned.set(values);
    }

    @Override
    public void loaded(Loaded program) {
        loaded = program;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // of that very version
    public void scanned(long number, int task, long startNanos) {
        Found now = found;
        if (startNanos < dueNanos || now == null || now.in() != loaded) {
            return;
        }
        dueNanos = startNanos + intervalNanos;
        Values values = spare == null ? returned.getAndSet(null) : spare;
        if (values == null || values.of != now) {
            values = new Values(now);
        }
        now.packer().pack(values.packed);
        for (int place : now.texts()) {
            Text text = now.slots().get(place).text();
            String before = values.texts[place];
            if (before == null || !text.is(before)) {
                values.texts[place] = text.toString();
            }
        }
        values.scan = number;
        values.nanos = startNanos;
        spare = ready.getAndSet(values);
    }

    @Override
    public void close() {
        var _ = plc.forget(this);
    }
}
