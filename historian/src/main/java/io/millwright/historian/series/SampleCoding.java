package io.millwright.historian.series;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Value;

/// Packs samples one after the other, each against the one before; signals are packed by whoever uses this.
///
/// ```text
/// tag       u8     bits 0–2 kind: 0 missing, 1 false, 2 true, 3 integer, 4 real, 5 text, 6 real that fits 32 bits
///                  bit 3 quality follows, else as before;  bit 4 source time follows, else as before
///                  bit 5 lag follows, else the receive time is as before;  bit 6 the clock was set back
/// quality   u32    the OPC UA status code; before the first sample 0
/// source    signed source time minus the expected one, nanoseconds: that of the sample before, at first 0; in a
///                  coding of one signal, as far behind the sample before as that one was behind its own
/// lag       signed (receive − source) minus the same of the sample before
/// value            integer: signed; real: the 64 or 32 bits of IEEE 754; text: length and bytes; others: nothing
/// ```
/// Differences wrap around, so that any two times can follow each other.
public final class SampleCoding {

    /// The most bytes one sample takes, its text aside.
    public static final int MAX_BYTES = 1 + 4 + 10 + 10 + 10;

    private static final int MISSING = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INTEGER = 3;
    private static final int REAL = 4;
    private static final int TEXT = 5;
    private static final int SHORT_REAL = 6;
    private static final int QUALITY = 8;
    private static final int SOURCE = 16;
    private static final int LAG = 32;
    private static final int STEP_BACK = 64;

    private final boolean steps;
    private int quality;
    private long source;
    private long step;
    private long received;
    private boolean stepBack;
    private Value value = Value.missing();

    private SampleCoding(boolean steps) {
        this.steps = steps;
    }

    /// For samples of any signals: what files hold.
    public static SampleCoding ofManySignals() {
        return new SampleCoding(false);
    }

    /// For samples of one signal, which mostly come in equal steps of time: never in a file.
    public static SampleCoding ofOneSignal() {
        return new SampleCoding(true);
    }

    /// Begins anew, as before the first sample.
    public void reset() {
        quality = 0;
        source = 0;
        step = 0;
        received = 0;
    }

    /// Packs a sample.
    public void pack(Sample sample, Packer to) {
        pack(sample, false, to);
    }

    /// Packs a sample.
    ///
    /// @param back whether it takes the place of the latest one although its source time is earlier
    public void pack(Sample sample, boolean back, Packer to) {
        to.room(MAX_BYTES);
        int tagAt = to.size();
        to.putByte(0);
        int tag = back ? STEP_BACK : 0;
        int q = sample.quality().code();
        if (q != quality) {
            tag |= QUALITY;
            to.putInt(q);
        }
        long s = sample.sourceNanos();
        if (s != source + step) {
            tag |= SOURCE;
            to.putSigned(s - source - step);
        }
        long r = sample.receivedNanos();
        if (r != received) {
            tag |= LAG;
            to.putSigned((r - s) - (received - source));
        }
        tag |= packValue(sample.value(), to);
        to.bytes()[tagAt] = (byte) tag;
        quality = q;
        step = step(source, s);
        source = s;
        received = r;
    }

    /// The first sample has none before it.
    private long step(long before, long now) {
        return steps && before != 0 ? now - before : 0;
    }

    private static int packValue(Value value, Packer to) {
        return switch (value) {
            case Value.Real real -> packReal(real.value(), to);
            case Value.Int i -> {
                to.putSigned(i.value());
                yield INTEGER;
            }
            case Value.Bool b -> b.value() ? TRUE : FALSE;
            case Value.Text t -> {
                to.putText(t.value());
                yield TEXT;
            }
            case Value.Missing _ -> MISSING;
        };
    }

    private static int packReal(double real, Packer to) {
        long bits = Double.doubleToRawLongBits(real);
        float narrow = (float) real;
        if (!Double.isNaN(real) && Double.doubleToRawLongBits(narrow) == bits) {
            to.putInt(Float.floatToRawIntBits(narrow));
            return SHORT_REAL;
        }
        to.putLong(bits);
        return REAL;
    }

    /// Reads the next sample; its parts are then here.
    ///
    /// @throws Unpacker.Malformed if there is none
    public void unpack(Unpacker from) {
        int tag = from.getByte();
        if ((tag & 0x80) != 0) {
            throw new Unpacker.Malformed("no such tag");
        }
        stepBack = (tag & STEP_BACK) != 0;
        if ((tag & QUALITY) != 0) {
            quality = from.getInt();
        }
        long before = source;
        source += step;
        if ((tag & SOURCE) != 0) {
            source += from.getSigned();
        }
        step = step(before, source);
        if ((tag & LAG) != 0) {
            received = source + (received - before) + from.getSigned();
        }
        value = switch (tag & 7) {
            case MISSING -> Value.missing();
            case FALSE -> Value.of(false);
            case TRUE -> Value.of(true);
            case INTEGER -> Value.of(from.getSigned());
            case REAL -> Value.of(Double.longBitsToDouble(from.getLong()));
            case SHORT_REAL -> Value.of((double) Float.intBitsToFloat(from.getInt()));
            case TEXT -> Value.of(from.getText());
            default -> throw new Unpacker.Malformed("no such kind of value");
        };
    }

    /// The quality of the sample last read.
    public Quality quality() {
        return quality == 0 ? Quality.GOOD : new Quality(quality);
    }

    /// Whether the sample last read takes the place of the latest one although its source time is earlier.
    public boolean isStepBack() {
        return stepBack;
    }

    /// The source time of the sample last read.
    public long sourceNanos() {
        return source;
    }

    /// The receive time of the sample last read.
    public long receivedNanos() {
        return received;
    }

    /// The value of the sample last read.
    public Value value() {
        return value;
    }
}
