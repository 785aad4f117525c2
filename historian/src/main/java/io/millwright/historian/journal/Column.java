package io.millwright.historian.journal;

import io.millwright.historian.series.Kinds;
import io.millwright.historian.series.Packer;
import io.millwright.historian.series.SampleCoding;
import io.millwright.historian.series.SampleCursor;
import io.millwright.historian.series.Unpacker;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The samples of one signal in one journal file, packed, in the order of the journal. Appended to under the lock of
/// its table; a [View] of it may be read without.
final class Column {

    private static final int FIRST_BYTES = 48;

    private final SignalName signal;
    private final Packer packed;
    private final SampleCoding coding = SampleCoding.ofOneSignal();
    private int kinds;
    private boolean sorted = true;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private @Nullable Sample sinceStep;

    /// @param expectedBytes about how many bytes it will have, 0 if that is not known
    Column(SignalName signal, int expectedBytes) {
        this.signal = signal;
        packed = new Packer(Math.max(FIRST_BYTES, expectedBytes + expectedBytes / 16 + SampleCoding.MAX_BYTES));
    }

    /// How many bytes its samples take.
    int bytes() {
        return packed.size();
    }

    void add(Sample sample, boolean stepBack) {
        Sample since = sinceStep;
        if (stepBack || since != null && sample.sourceNanos() >= since.sourceNanos()) {
            sinceStep = sample;
        }
        long source = sample.sourceNanos();
        sorted &= packed.size() == 0 || source > latest;
        earliest = Math.min(earliest, source);
        latest = Math.max(latest, source);
        kinds |= Kinds.of(sample.value());
        coding.pack(sample, packed);
    }

    View view() {
        return new View(signal, packed.bytes(), packed.size(), kinds, sorted, earliest, latest, sinceStep);
    }

    /// A column as it was at one moment.
    @SuppressWarnings("ArrayRecordComponent") // Views are not compared.
    record View(
            SignalName signal,
            byte[] bytes,
            int size,
            int kinds,
            boolean sorted,
            long earliest,
            long latest,
            @Nullable Sample sinceStep) {

        /// The samples of `[from, to]`, both inclusive.
        SampleCursor cursor(long from, long to) {
            return sorted ? new InOrder(this, from, to) : sort(from, to);
        }

        private SampleCursor sort(long from, long to) {
            var samples = new ArrayList<Sample>();
            var in = new Unpacker(bytes, 0, size);
            var coding = SampleCoding.ofOneSignal();
            while (!in.isAtEnd()) {
                coding.unpack(in);
                if (coding.sourceNanos() >= from && coding.sourceNanos() <= to) {
                    samples.add(new Sample(
                            signal, coding.value(), coding.quality(), coding.sourceNanos(), coding.receivedNanos()));
                }
            }
            return SampleCursor.over(samples);
        }
    }

    private static final class InOrder implements SampleCursor {

        private final Unpacker in;
        private final SampleCoding coding = SampleCoding.ofOneSignal();
        private final long from;
        private final long to;

        InOrder(View view, long from, long to) {
            in = new Unpacker(view.bytes(), 0, view.size());
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean next() {
            while (!in.isAtEnd()) {
                coding.unpack(in);
                if (coding.sourceNanos() >= from) {
                    return coding.sourceNanos() <= to;
                }
            }
            return false;
        }

        @Override
        public long sourceNanos() {
            return coding.sourceNanos();
        }

        @Override
        public long receivedNanos() {
            return coding.receivedNanos();
        }

        @Override
        public Quality quality() {
            return coding.quality();
        }

        @Override
        public Value value() {
            return coding.value();
        }
    }
}
