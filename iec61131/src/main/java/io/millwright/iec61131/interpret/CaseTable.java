package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.type.Elementary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a CASE does for which values, in order, so that the number of its labels does not count where it is done.
final class CaseTable {
    private final long sign;
    private final long[] firsts;
    private final long[] lasts;
    private final List<List<Instruction>> bodies;
    private final List<Instruction> otherwise;

    private CaseTable(long sign, NavigableMap<Long, Piece> pieces, List<Instruction> otherwise) {
        this.sign = sign;
        this.firsts = pieces.keySet().stream().mapToLong(f -> f).toArray();
        this.lasts = pieces.values().stream().mapToLong(Piece::last).toArray();
        this.bodies = pieces.values().stream().map(Piece::body).toList();
        this.otherwise = otherwise;
    }

    /// Values up to the last one, and what is done for them.
    private record Piece(long last, List<Instruction> body) {}

    static CaseTable of(Instruction.Case choice) {
        Elementary type = Arithmetic.elementary(choice.selector().type());
        // With the other sign, unsigned numbers are in the order of signed ones.
        long sign = type.isUnsigned() ? Long.MIN_VALUE : 0;
        NavigableMap<Long, Piece> pieces = new TreeMap<>();
        for (Instruction.Choice one : choice.choices()) {
            for (Instruction.Interval interval : one.intervals()) {
                add(pieces, interval.first() ^ sign, interval.last() ^ sign, one.body());
            }
        }
        return new CaseTable(sign, pieces, choice.otherwise());
    }

    /// Adds what earlier labels leave free.
    private static void add(NavigableMap<Long, Piece> pieces, long first, long last, List<Instruction> body) {
        long at = first;
        while (at <= last) {
            Map.Entry<Long, Piece> before = pieces.floorEntry(at);
            long end;
            if (before != null && before.getValue().last() >= at) {
                end = before.getValue().last();
            } else {
                Long next = pieces.higherKey(at);
                end = next == null || next > last ? last : next - 1;
                pieces.put(at, new Piece(end, body));
            }
            if (end >= last) {
                return;
            }
            at = end + 1;
        }
    }

    /// What is done for a value.
    List<Instruction> body(long selector) {
        long value = selector ^ sign;
        int found = Arrays.binarySearch(firsts, value);
        int piece = found >= 0 ? found : -found - 2;
        return piece >= 0 && value <= lasts[piece] ? bodies.get(piece) : otherwise;
    }
}
