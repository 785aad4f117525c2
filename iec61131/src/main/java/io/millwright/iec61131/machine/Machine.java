package io.millwright.iec61131.machine;

import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One running program: the seam between whoever runs it and the back end that made it. One thread at a time.
///
/// Time stands still during a scan; who runs the program moves it.
public abstract class Machine {
    private static final int SCRATCH_CAPACITY = 255;

    private final byte[] inputs;
    private final byte[] outputs;
    private final byte[] memory;
    private @Nullable Frame[] frames = new Frame[16];
    private Text[] scratch = new Text[0];
    private int scratchTop;
    private long nowNanos;
    private Consumer<String> output = _ -> {};

    /// @param imageBytes how many bytes each area of the process image has
    protected Machine(int imageBytes) {
        this.inputs = new byte[imageBytes];
        this.outputs = new byte[imageBytes];
        this.memory = new byte[imageBytes];
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
    /// @param indices the place within an array at the end, row by row from 0, or -1 for the whole
    public abstract Value read(List<Variable> path, int indices);

    /// Changes the value of a variable of an elementary type or a text.
    public abstract void write(List<Variable> path, int indices, Value value);

    /// Ends what runs now, also an endless loop, by a trap. May be called by any thread.
    public abstract void stop();

    /// The time of this scan, since the program was started.
    public final long nowNanos() {
        return nowNanos;
    }

    public final void advance(long nanos) {
        nowNanos += nanos;
    }

    /// Where `printf` writes: pieces of text, with line ends where the program has some.
    public final void output(Consumer<String> pieces) {
        this.output = pieces;
    }

    public final void print(String text) {
        output.accept(text);
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

    /// How many texts for results in between are in use.
    public final int mark() {
        return scratchTop;
    }

    /// Frees all texts taken since a [#mark].
    public final void release(int mark) {
        scratchTop = mark;
    }

    /// A text for a result in between, with room for at least so many characters.
    public final Text scratch(int capacity) {
        if (scratchTop == scratch.length) {
            scratch = Arrays.copyOf(scratch, Math.max(8, 2 * scratch.length));
        }
        Text text = scratch[scratchTop];
        if (text == null || text.capacity() < capacity) {
            text = new Text(Math.max(SCRATCH_CAPACITY, capacity));
            scratch[scratchTop] = text;
        }
        scratchTop++;
        text.clear();
        return text;
    }
}
