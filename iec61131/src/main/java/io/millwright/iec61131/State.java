package io.millwright.iec61131;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.Variable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// All that a running program keeps from scan to scan: its variables, its process image and its time. It can be
/// taken, put back and compared; two runs of one program with equal states go on alike when they are given
/// equal inputs.
///
/// The order of variables depends on the program alone, so a snapshot of one run can be put into another run of
/// it. To be used by the thread that runs scans, between them.
public final class State {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] ZEROS = new byte[4096];
    private static final int PIECE = 512;

    private final Machine machine;
    /// Whether the program has places in the process image.
    private final boolean usesImage;
    private final List<Slot> slots = new ArrayList<>();
    private final List<String> references = new ArrayList<>();
    private final Slot[] texts;
    private final int[] textPlaces;
    private final Sampler sampler;
    private final long[] bits;

    State(Program program, Machine machine) {
        this.machine = machine;
        this.usesImage = program.routines().values().stream().anyMatch(Routine::usesImage);
        var finder = new SlotFinder(program.globals(), List.of(), machine);
        for (Variable global : program.globals()) {
            if (!global.isConstant()) {
                finder.all(global, slots::add, references::add);
            }
        }
        this.textPlaces = IntStream.range(0, slots.size())
                .filter(i -> slots.get(i).isText())
                .toArray();
        this.texts = Arrays.stream(textPlaces).mapToObj(slots::get).toArray(Slot[]::new);
        this.sampler = machine.sampler(slots);
        this.bits = new long[slots.size()];
    }

    /// Every variable of an elementary type and every text, by the path to it.
    public List<Slot> slots() {
        return Collections.unmodifiableList(slots);
    }

    /// The paths of references, pointers and interfaces, which are not part of a snapshot: what they refer to
    /// is known only while the program runs.
    public List<String> references() {
        return List.copyOf(references);
    }

    /// The state at one moment.
    ///
    /// @param bits the value of each variable as [Slot#bits] gives it; 0 for texts
    /// @param texts the texts, by the places of their variables
    /// @param behind what was put behind the end of texts, for those where something was
    /// @param nowNanos the time of the program
    public record Snapshot(
            long[] bits,
            Map<Integer, String> texts,
            Map<Integer, String> behind,
            byte[] inputs,
            byte[] outputs,
            byte[] memory,
            long nowNanos) {
        public Snapshot {
            texts = new TreeMap<>(texts);
            behind = new TreeMap<>(behind);
        }
    }

    /// Room for a state, so that it is taken without allocation, and made a [Snapshot] by another thread.
    public final class Room {
        private final long[] values = new long[slots.size()];
        private final Text[] characters =
                Arrays.stream(texts).map(s -> new Text(s.text().capacity())).toArray(Text[]::new);
        private final byte[] inputs = new byte[machine.inputs().length];
        private final byte[] outputs = new byte[machine.outputs().length];
        private final byte[] memory = new byte[machine.memory().length];
        private long nowNanos;

        private Room() {}

        /// Takes the state. Allocates nothing.
        public void take() {
            sampler.take(values);
            for (int i = 0; i < characters.length; i++) {
                characters[i].copy(texts[i].text());
            }
            if (isImageUsed()) {
                copy(machine.inputs(), inputs);
                copy(machine.outputs(), outputs);
                copy(machine.memory(), memory);
            }
            nowNanos = machine.nowNanos();
        }

        /// What [State#hash] was when it was taken.
        public long hash() {
            long hash = words(values);
            for (Text text : characters) {
                hash = text(hash, text);
            }
            return image(hash, memory, outputs);
        }

        /// What was taken. Shares the arrays of this room, and so is to be used before the next [#take].
        public Snapshot snapshot() {
            var all = new TreeMap<Integer, String>();
            var behind = new TreeMap<Integer, String>();
            for (int i = 0; i < characters.length; i++) {
                all.put(textPlaces[i], characters[i].toString());
                if (characters[i].behindLength() > 0) {
                    behind.put(textPlaces[i], characters[i].behind());
                }
            }
            return new Snapshot(values, all, behind, inputs, outputs, memory, nowNanos);
        }
    }

    /// Room for one state.
    public Room room() {
        return new Room();
    }

    /// Takes the state. Allocates.
    public Snapshot take() {
        Room room = room();
        room.take();
        return room.snapshot();
    }

    /// Puts a state in the place of the present one. What is forced stays forced.
    ///
    /// @throws IllegalArgumentException if it is the state of another program
    public void put(Snapshot snapshot) {
        if (snapshot.bits().length != slots.size() || snapshot.inputs().length != machine.inputs().length) {
            throw new IllegalArgumentException("the state is that of another program: it has " + snapshot.bits().length
                    + " variables, not " + slots.size());
        }
        copy(snapshot.inputs(), machine.inputs());
        copy(snapshot.outputs(), machine.outputs());
        copy(snapshot.memory(), machine.memory());
        if (bytes(snapshot.memory()) != 0 || bytes(snapshot.outputs()) != 0 || bytes(snapshot.inputs()) != 0) {
            machine.reachImage();
        }
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (!slot.isText()) {
                slot.set(snapshot.bits()[i]);
            }
        }
        snapshot.texts()
                .forEach((place, text) ->
                        slots.get(place).text().set(text, snapshot.behind().getOrDefault(place, "")));
        machine.advance(snapshot.nowNanos() - machine.nowNanos());
        machine.enforce();
    }

    private static void copy(byte[] from, byte[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    /// A number that is the same for equal states and, but for one case in 2⁶⁴, another for others. Time does
    /// not count. Allocates nothing.
    public long hash() {
        sampler.take(bits);
        long hash = words(bits);
        for (Slot slot : texts) {
            hash = text(hash, slot.text());
        }
        return image(hash, machine.memory(), machine.outputs());
    }

    private static long text(long before, Text text) {
        long hash = mix(before, text.length());
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash, text.at(i));
        }
        int end = text.length() + text.behindLength();
        if (end > text.length()) {
            hash = mix(hash, -end);
            for (int i = text.length(); i < end; i++) {
                hash = mix(hash, text.at(i));
            }
        }
        return hash;
    }

    /// Whether the image may hold anything: one that nobody has reached holds zeros, and looking through it, or
    /// copying it, takes longer than many a scan.
    private boolean isImageUsed() {
        return usesImage || machine.isImageReached();
    }

    private long image(long before, byte[] memory, byte[] outputs) {
        return isImageUsed() ? mix(mix(before, bytes(memory)), bytes(outputs)) : mix(mix(before, 0), 0);
    }

    /// Four chains side by side, since a processor does their rounds at the same time.
    private static long words(long[] words) {
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        int at = 0;
        for (; at + 4 <= words.length; at += 4) {
            a = mix(a, words[at]);
            b = mix(b, words[at + 1]);
            c = mix(c, words[at + 2]);
            d = mix(d, words[at + 3]);
        }
        for (; at < words.length; at++) {
            a = mix(a, words[at]);
        }
        return mix(mix(a, b), mix(c, d));
    }

    /// Pieces of zeros, of which the image has most, are passed over, many at a time; the others count with
    /// their places.
    private static long bytes(byte[] area) {
        long hash = 0;
        for (int from = 0; from < area.length; from += ZEROS.length) {
            int to = Math.min(area.length, from + ZEROS.length);
            if (!isZero(area, from, to)) {
                hash = pieces(hash, area, from, to);
            }
        }
        return hash;
    }

    private static boolean isZero(byte[] area, int from, int to) {
        return Arrays.equals(area, from, to, ZEROS, 0, to - from);
    }

    private static long pieces(long before, byte[] area, int begin, int end) {
        long hash = before;
        for (int from = begin; from < end; from += PIECE) {
            int to = Math.min(end, from + PIECE);
            if (!isZero(area, from, to)) {
                hash = piece(mix(hash, from), area, from, to);
            }
        }
        return hash;
    }

    private static long piece(long before, byte[] area, int from, int to) {
        long hash = before;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = mix(hash, (long) WORDS.get(area, at));
        }
        for (; at < to; at++) {
            hash = mix(hash, area[at]);
        }
        return hash;
    }

    /// One round of the finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
    /// generators, OOPSLA 2014).
    private static long mix(long hash, long value) {
        long z = (hash ^ value) + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
