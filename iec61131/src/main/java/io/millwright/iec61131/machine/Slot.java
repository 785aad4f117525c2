package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.util.List;
import java.util.Objects;

/// A variable of a running program that was found once, of an elementary type or a text, or some bits of one:
/// reading it again looks nothing up. Only [#value] allocates.
///
/// To be used where scans are run, between them: a machine is for one thread at a time.
public final class Slot {
    private final String name;
    private final Type type;
    private final List<Step> steps;
    private final Pointer pointer;
    private final Kind kind;
    private final boolean writable;
    private final boolean part;

    /// How the value is read.
    private enum Kind {
        TRUTH,
        REAL,
        WHOLE,
        TEXT
    }

    /// @param steps from a global to the variable; none for one of the process image
    Slot(String name, Type type, List<Step> steps, Pointer pointer) {
        this(name, type, steps, pointer, true, false);
    }

    /// A variable that lies in the bytes of another one.
    ///
    /// @param bytes the way to these
    static Slot within(String name, Type type, List<Step> bytes, PackedPointer pointer) {
        return new Slot(name, type, bytes, pointer, true, true);
    }

    private Slot(String name, Type type, List<Step> steps, Pointer pointer, boolean writable, boolean part) {
        this.name = name;
        this.type = type;
        this.steps = List.copyOf(steps);
        this.pointer = pointer;
        this.kind = kind(type);
        this.writable = writable;
        this.part = part;
    }

    private static Kind kind(Type type) {
        Elementary elementary = type.elementary();
        if (type.resolved() instanceof TextType) {
            return Kind.TEXT;
        }
        if (elementary == null) {
            throw new IllegalArgumentException(type.name() + " is neither elementary nor a text");
        }
        return elementary == Elementary.BOOL ? Kind.TRUTH : elementary.family() == Family.REAL ? Kind.REAL : Kind.WHOLE;
    }

    /// The same variable under a name by which nobody writes it.
    public Slot readOnly() {
        return new Slot(name, type, steps, pointer, false, part);
    }

    /// Some bits of this variable, a whole number or bit string.
    ///
    /// @param bits BOOL, BYTE, WORD, DWORD or LWORD
    /// @param shift how many bits lie below
    Slot part(Elementary bits, int shift) {
        Pointer at = pointer instanceof PackedPointer packed
                ? packed.part(bits, shift)
                : new PartPointer(pointer, bits, shift);
        return new Slot(name, bits, steps, at, writable, true);
    }

    /// Whether it is only some bits or bytes of the variable at the end of the way.
    public boolean isPart() {
        return part;
    }

    /// Whether it may be written under its name: not an access path that is READ_ONLY.
    public boolean isWritable() {
        return writable;
    }

    /// Its path, as it was asked for.
    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    /// The way from a global; empty for a variable of the process image.
    public List<Step> steps() {
        return steps;
    }

    /// Whether it lies in a piece of the process image, in part at least.
    public boolean meets(byte[] area, long firstBit, long bits) {
        return pointer instanceof PackedPointer packed && packed.overlaps(area, firstBit, bits);
    }

    Pointer pointer() {
        return pointer;
    }

    public boolean isText() {
        return kind == Kind.TEXT;
    }

    /// The value in 64 bits: whole numbers and times as [Whole] says, BOOL as 0 or 1, REAL and LREAL as the
    /// bits of a `double`. Not of a text.
    public long bits() {
        return switch (kind) {
            case TRUTH -> pointer.loadTruth() ? 1 : 0;
            case REAL -> Double.doubleToRawLongBits(pointer.loadReal());
            case WHOLE -> pointer.loadWhole();
            case TEXT -> throw new IllegalStateException(name + " is a text");
        };
    }

    /// The text itself, which changes as the program runs; of one that lies in bytes what they are now.
    public Text text() {
        return (Text) Objects.requireNonNull(pointer.loadObject());
    }

    public Value value() {
        return switch (kind) {
            case TRUTH -> new Value.Truth(pointer.loadTruth());
            case REAL -> new Value.Real(pointer.loadReal());
            case WHOLE -> new Value.Whole(pointer.loadWhole());
            case TEXT -> new Value.Text(text().toString());
        };
    }

    /// Changes the value. That of a whole number is brought into the range of its type, a text cut at its
    /// capacity.
    ///
    /// @throws IllegalArgumentException if it is of another type or not to be written
    public void set(Value value) {
        checkWritable();
        switch (value) {
            case Value.Truth(boolean truth) when kind == Kind.TRUTH -> pointer.storeTruth(truth);
            case Value.Real(double real) when kind == Kind.REAL -> pointer.storeReal(real);
            case Value.Whole(long whole) when kind == Kind.WHOLE -> pointer.storeWhole(whole);
            case Value.Text(String characters) when kind == Kind.TEXT -> pointer.storeText(characters);
            default -> throw new IllegalArgumentException(name + " is of type " + type.name() + ", not " + value);
        }
    }

    /// Changes the value to what [#bits] gave. Not of a text. Allocates nothing.
    public void set(long bits) {
        checkWritable();
        switch (kind) {
            case TRUTH -> pointer.storeTruth(bits != 0);
            case REAL -> pointer.storeReal(Double.longBitsToDouble(bits));
            case WHOLE -> pointer.storeWhole(bits);
            case TEXT -> throw new IllegalStateException(name + " is a text");
        }
    }

    /// Changes a text, cut at its capacity. Allocates nothing.
    public void set(Text value) {
        checkWritable();
        pointer.storeText(value);
    }

    private void checkWritable() {
        if (!writable) {
            throw new IllegalArgumentException(name + " is READ_ONLY; declare it READ_WRITE in VAR_ACCESS to write it");
        }
    }

    @Override
    public String toString() {
        return name + " : " + type.name();
    }
}
