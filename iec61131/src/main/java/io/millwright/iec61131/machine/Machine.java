package io.millwright.iec61131.machine;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One running program: the seam between whoever runs it and the back end that made it. One thread at a time.
///
/// Time stands still during a scan; who runs the program moves it.
public abstract class Machine implements Preparation {
    private final byte[] inputs;
    private final byte[] outputs;
    private final byte[] memory;
    private @Nullable Frame[] frames = new Frame[16];
    private Between[] between = {new Between()};
    private final PointerTable pointers = new PointerTable();
    private int top;
    private final Addresses addresses = new Addresses();
    private long nowNanos;
    private Consumer<String> output = _ -> {};
    private final Forces forces = new Forces();
    private final Wiring wiring = new Wiring();
    private boolean imageReached;

    /// @param imageBytes how many bytes each area of the process image has
    protected Machine(int imageBytes) {
        this.inputs = new byte[imageBytes];
        this.outputs = new byte[imageBytes];
        this.memory = new byte[imageBytes];
    }

    /// A fresh machine of this or another program, every variable at its first value. It shares nothing with
    /// this one but, where it can, code: what is warm here is warm there.
    public abstract Machine another(Program program);

    /// What lies at the end of a way, where it is no elementary variable: the object of an aggregate, or what a
    /// reference, pointer or interface refers to.
    public abstract @Nullable Object reach(List<Step> path);

    /// Lets a reference, pointer or interface refer to something else. Between scans.
    ///
    /// @param target an object of this machine, as [Relocation] finds it, or null
    public void refer(List<Step> path, @Nullable Object target) {
        throw new UnsupportedOperationException();
    }

    /// Whether it can change what references refer to.
    public boolean canRefer() {
        return false;
    }

    /// Runs the body of an instance of a program once.
    ///
    /// @param instance one of the globals
    /// @throws Trap where the program does what it must not
    public abstract void run(Variable instance);

    /// Calls a function.
    ///
    /// @param inputs one for each INPUT parameter, in order
    /// @return the result, or [Value.Usual] where there is none
    /// @throws Trap where the program does what it must not
    public abstract Value call(Signature function, List<Value> inputs);

    /// The value of a variable.
    ///
    /// @param path a global, then fields, each within the one before
    /// @param index the place within an array at the end, row by row from 0, or -1 for the whole
    public final Value read(List<Variable> path, int index) {
        Overlaid overlaid = Overlaid.of(path, index);
        return overlaid == null ? readPlain(path, index) : overlaid.value(bytes(overlaid));
    }

    /// Changes the value of a variable of an elementary type or a text.
    public final void write(List<Variable> path, int index, Value value) {
        Overlaid overlaid = Overlaid.of(path, index);
        if (overlaid == null) {
            writePlain(path, index, value);
            return;
        }
        byte[] bytes = bytes(overlaid);
        overlaid.put(bytes, value);
        if (overlaid.area() == null) {
            putBytes(overlaid.bytes(), bytes);
        }
    }

    private byte[] bytes(Overlaid overlaid) {
        Address.Area area = overlaid.area();
        return area == null ? bytes(overlaid.bytes()) : area(area);
    }

    /// The value of a variable that does not lie in bytes.
    protected abstract Value readPlain(List<Variable> path, int index);

    /// Changes the value of a variable that does not lie in bytes.
    protected abstract void writePlain(List<Variable> path, int index, Value value);

    /// The bytes of an overlapping structure, or a copy of them.
    ///
    /// @param path to its array of BYTE
    protected abstract byte[] bytes(List<Step> path);

    /// Takes over what was changed in the [#bytes] of an overlapping structure, where these are a copy.
    protected abstract void putBytes(List<Step> path, byte[] bytes);

    /// Where a variable lies; an array where its first element does.
    protected abstract Pointer pointer(List<Step> path);

    /// Where a value lies in the bytes of an overlapping structure.
    ///
    /// @param path to its array of BYTE
    protected abstract PackedPointer pointer(List<Step> path, int firstBit, Type type);

    /// Hears that other variables are forced now.
    protected abstract void forcesChanged(PreparedForces prepared);

    /// Finds a variable once for many readings.
    ///
    /// @param name what it is called in lists of forced variables
    /// @param path from a global to a variable of an elementary type or a text
    /// @param type of the variable
    public final Slot slot(String name, List<Step> path, Type type) {
        Overlaid overlaid = Overlaid.of(path);
        if (overlaid == null) {
            return new Slot(name, type, path, pointer(path));
        }
        Address.Area area = overlaid.area();
        imageReached |= area != null;
        int firstBit = Math.toIntExact(overlaid.firstBit());
        return area == null
                ? Slot.within(name, type, overlaid.bytes(), pointer(overlaid.bytes(), firstBit, type))
                : new Slot(name, type, List.of(), new PackedPointer(area(area), firstBit, type));
    }

    /// Finds some bits of a whole number or bit string.
    ///
    /// @param path from a global to that number
    /// @param whole type of that number
    /// @param bits BOOL, BYTE, WORD, DWORD or LWORD
    /// @param shift how many bits lie below
    public final Slot slot(String name, List<Step> path, Elementary whole, Elementary bits, int shift) {
        return slot(name, path, whole).part(bits, shift);
    }

    /// Finds a piece of the process image.
    public final Slot slot(String name, Address address, Elementary type) {
        imageReached = true;
        return new Slot(name, type, List.of(), new PackedPointer(area(address), Image.firstBit(address), type));
    }

    /// The area of the process image in which an address lies.
    public final byte[] area(Address address) {
        return area(address.area());
    }

    /// Takes the values of many variables at once.
    ///
    /// @param slots of this machine
    public Sampler sampler(List<Slot> slots) {
        Slot[] all = slots.toArray(Slot[]::new);
        return bits -> {
            for (int i = 0; i < all.length; i++) {
                if (!all[i].isText()) {
                    bits[i] = all[i].bits();
                }
            }
        };
    }

    /// Copies many variables at once, for another thread to look at.
    ///
    /// @param slots of this machine
    public Packer packer(List<Slot> slots) {
        return new PackedBits(slots.size(), sampler(slots));
    }

    /// Puts the values of many variables at once. Who does so calls [#enforce] afterwards.
    ///
    /// @param slots of this machine
    public Placer placer(List<Slot> slots) {
        Slot[] all = slots.toArray(Slot[]::new);
        return bits -> {
            for (int i = 0; i < all.length; i++) {
                if (!all[i].isText()) {
                    all[i].set(bits[i]);
                }
            }
        };
    }

    /// Lets a variable keep a value whatever the program writes, until it is released. Between scans.
    public final void force(Slot slot, Value value, PreparedForces prepared) {
        forces.add(new Forces.Force(slot, value));
        forcesChanged(prepared);
    }

    /// Lets the program write a variable again.
    ///
    /// @param name of its slot
    /// @return whether it was forced
    public final boolean release(String name, PreparedForces prepared) {
        boolean there = forces.remove(name);
        if (there) {
            // Where two lay in the same bytes, the other one shows again.
            forces.enforce();
            forcesChanged(prepared);
        }
        return there;
    }

    /// What is forced now.
    public final Forces forces() {
        return forces;
    }

    /// Gives every forced variable its value again: called after what may have written one.
    public final void enforce() {
        forces.enforce();
    }

    /// Before a scan: gives the forced variables of the process image their values again.
    protected final void enforceImage() {
        forces.enforceImage();
    }

    /// Ends what runs now, also an endless loop, by a trap. May be called by any thread.
    public abstract void stop();

    /// The time of this scan, since the program was started.
    public final long nowNanos() {
        return nowNanos;
    }

    public final void advance(long nanos) {
        nowNanos += nanos;
    }

    /// The process models of a test.
    public final Wiring wiring() {
        return wiring;
    }

    /// Where `printf` writes: pieces of text, with line ends where the program has some.
    public final void output(Consumer<String> pieces) {
        this.output = pieces;
    }

    public final void print(String text) {
        output.accept(text);
    }

    /// A number for a place, 0 for none: what common tools take for its address.
    public final long address(@Nullable Pointer pointer) {
        return pointer == null ? 0 : addresses.of(pointer);
    }

    /// The process image of inputs, `%I`, little-endian.
    public final byte[] inputs() {
        return inputs;
    }

    public final byte[] outputs() {
        return outputs;
    }

    public final byte[] memory() {
        return memory;
    }

    /// A frame of a kind that is free, or null where one must be made.
    public final @Nullable Frame enter(int kind) {
        if (kind >= frames.length) {
            frames = Arrays.copyOf(frames, Math.max(kind + 1, 2 * frames.length));
        }
        Frame frame = frames[kind];
        if (frame != null) {
            frames[kind] = frame.next;
            frame.next = null;
        }
        return frame;
    }

    /// Gives a frame back.
    public final void leave(int kind, Frame frame) {
        frame.next = frames[kind];
        frames[kind] = frame;
    }

    /// How many objects for results in between are in use.
    public final int mark() {
        return top;
    }

    /// Frees all objects for results in between that were taken since a [#mark].
    public final void release(int mark) {
        while (top > mark) {
            between[--top].free(this);
        }
    }

    private Between next() {
        if (top == between.length) {
            between = Arrays.copyOf(between, 2 * top);
            Arrays.setAll(between, i -> between[i] == null ? new Between() : between[i]);
        }
        return between[top++];
    }

    /// Puts first values into the process image.
    public final void place(List<Program.Placed> placed) {
        for (Program.Placed one : placed) {
            byte[] image = area(one.address());
            int first = Image.firstBit(one.address());
            if (first + 8 * Packing.bytes(one.type()) <= 8L * image.length) {
                imageReached = true;
                Packing.put(image, first, one.type(), one.value());
            }
        }
    }

    /// The value of a variable that lies in the process image, or null where it lies elsewhere.
    protected final @Nullable Value located(Variable variable) {
        return Overlaid.located(variable) == null ? null : read(List.of(variable), -1);
    }

    /// An area of the process image.
    public final byte[] area(Address.Area area) {
        return switch (area) {
            case INPUT -> inputs;
            case OUTPUT -> outputs;
            case MEMORY -> memory;
            case STRUCTURE -> throw new IllegalArgumentException("a structure is no area of the image");
        };
    }

    /// Whether somebody besides the program may have written into the process image: by a slot, or as first values.
    public final boolean isImageReached() {
        return imageReached;
    }

    /// Says that the process image is written into otherwise.
    public final void reachImage() {
        imageReached = true;
    }

    /// The pointers to its variables.
    final PointerTable pointers() {
        return pointers;
    }

    /// A text for a result in between, empty, that holds so many characters.
    public final Text scratch(int capacity) {
        Text text = next().text;
        text.renew(capacity);
        return text;
    }

    /// An array given where one of any bounds is asked for.
    ///
    /// @param array a Java array
    /// @param bounds lower and upper bound of each dimension in turn
    public final OpenArray open(Object array, int[] bounds) {
        OpenArray open = next().open;
        open.set(array, bounds);
        return open;
    }

    /// Gives a frame back when the results in between are freed, since its aggregate is one.
    public final void keep(int kind, Frame frame) {
        Between entry = next();
        entry.kind = kind;
        entry.frame = frame;
    }

    /// One object for a result in between.
    private static final class Between {
        private final Text text = new Text(0);
        private final OpenArray open = new OpenArray();
        private int kind;
        private @Nullable Frame frame;

        void free(Machine machine) {
            Frame kept = frame;
            if (kept != null) {
                frame = null;
                machine.leave(kind, kept);
            }
        }
    }
}
