package io.millwright.plc.record;

import io.millwright.iec61131.State;
import io.millwright.iec61131.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that is needed to go on from one moment: what a replay begins with.
///
/// @param scan the number of the last scan before
/// @param epochNanos when, by the clock of the machine, in nanoseconds since 1970-01-01T00:00:00Z
/// @param lost how many scans before it were not recorded
/// @param complete whether the program can go on from it; not where references have changed, which no state
///     holds
/// @param begins whether it is the first of a program that was put in the place of another, be it of the same
///     text
/// @param exact whether it was taken at the end of the scan, before anybody did something
/// @param running whether there are scans
/// @param intervals of the tasks, in nanoseconds
/// @param real which inputs are of the types REAL and LREAL
/// @param inputs what the inputs were given last, see [io.millwright.iec61131.machine.Slot#bits]
/// @param forces what is forced
/// @param hash of the state
record KeyFrame(
        long scan,
        long epochNanos,
        long lost,
        boolean complete,
        boolean begins,
        boolean exact,
        boolean running,
        long[] intervals,
        boolean[] real,
        long[] inputs,
        List<Forced> forces,
        State.Snapshot state,
        long hash) {
    /// A variable that is forced, and to what.
    record Forced(String name, Value value) {}

    KeyFrame {
        forces = List.copyOf(forces);
    }

    static void putForces(ByteSink sink, List<Forced> forces) {
        sink.putVar(forces.size());
        for (Forced forced : forces) {
            sink.putText(forced.name());
            sink.putValue(forced.value());
        }
    }

    void put(ByteSink sink) {
        sink.putVar(scan);
        sink.putLong(epochNanos);
        sink.putVar(lost);
        sink.put((complete ? 1 : 0)
                | (running ? 2 : 0)
                | (begins ? 4 : 0)
                | (exact ? 8 : 0)
                | (state.behind().isEmpty() ? 0 : 16));
        sink.putLong(hash);
        sink.putVar(intervals.length);
        for (long interval : intervals) {
            sink.putVar(interval);
        }
        sink.putVar(inputs.length);
        for (int i = 0; i < inputs.length; i++) {
            sink.put(real[i] ? 1 : 0);
            sink.putLong(inputs[i]);
        }
        putForces(sink, forces);
        sink.putLong(state.nowNanos());
        sink.putVar(state.bits().length);
        for (long bits : state.bits()) {
            sink.putLong(bits);
        }
        putTexts(sink, state.texts());
        putArea(sink, state.inputs());
        putArea(sink, state.outputs());
        putArea(sink, state.memory());
        if (!state.behind().isEmpty()) {
            putTexts(sink, state.behind());
        }
    }

    private static void putTexts(ByteSink sink, Map<Integer, String> texts) {
        sink.putVar(texts.size());
        texts.forEach((place, text) -> {
            sink.putVar(place);
            sink.putText(text);
        });
    }

    /// The zeros at its end are left out.
    private static void putArea(ByteSink sink, byte[] area) {
        int used = area.length;
        while (used > 0 && area[used - 1] == 0) {
            used--;
        }
        sink.putVar(area.length);
        sink.putVar(used);
        sink.putBytes(area, used);
    }

    /// No larger area of a process image is read.
    private static final int AREA_MAX = 1 << 24;

    static KeyFrame read(ByteSource source) throws RecordingError {
        long scan = source.var();
        long epochNanos = source.whole();
        long lost = source.var();
        int flags = source.octet();
        long hash = source.whole();
        var intervals = new long[source.count(1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = source.var();
        }
        int count = source.count(1 + Long.BYTES);
        var real = new boolean[count];
        var inputs = new long[count];
        for (int i = 0; i < count; i++) {
            real[i] = source.octet() != 0;
            inputs[i] = source.whole();
        }
        List<Forced> forces = new ArrayList<>();
        for (int left = source.count(2); left > 0; left--) {
            forces.add(new Forced(source.text(), source.value()));
        }
        return new KeyFrame(
                scan,
                epochNanos,
                lost,
                (flags & 1) != 0,
                (flags & 4) != 0,
                (flags & 8) != 0,
                (flags & 2) != 0,
                intervals,
                real,
                inputs,
                forces,
                state(source, (flags & 16) != 0),
                hash);
    }

    private static State.Snapshot state(ByteSource source, boolean behind) throws RecordingError {
        long nowNanos = source.whole();
        var bits = new long[source.count(Long.BYTES)];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = source.whole();
        }
        Map<Integer, String> texts = texts(source);
        byte[] inputs = area(source);
        byte[] outputs = area(source);
        byte[] memory = area(source);
        return new State.Snapshot(bits, texts, behind ? texts(source) : Map.of(), inputs, outputs, memory, nowNanos);
    }

    private static Map<Integer, String> texts(ByteSource source) throws RecordingError {
        Map<Integer, String> texts = new TreeMap<>();
        for (int left = source.count(2); left > 0; left--) {
            texts.put((int) source.var(), source.text());
        }
        return texts;
    }

    private static byte[] area(ByteSource source) throws RecordingError {
        long size = source.var();
        byte[] used = source.octets();
        if (size < used.length || size > AREA_MAX) {
            throw new RecordingError("a process image of " + Long.toUnsignedString(size) + " bytes is none");
        }
        var area = new byte[(int) size];
        System.arraycopy(used, 0, area, 0, used.length);
        return area;
    }
}
