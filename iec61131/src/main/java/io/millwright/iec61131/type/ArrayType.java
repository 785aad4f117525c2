package io.millwright.iec61131.type;

import java.util.List;
import java.util.stream.Collectors;

/// ARRAY with fixed bounds (6.4.4.5). Elements lie row by row: the last index runs fastest.
public record ArrayType(List<Range> ranges, Type element) implements Type {
    /// The most elements of an array.
    public static final int MAX = 1 << 26;

    public ArrayType {
        ranges = List.copyOf(ranges);
        long size = 1;
        for (Range range : ranges) {
            size *= range.length();
            if (size > MAX) {
                throw new IllegalArgumentException("an array has at most " + MAX + " elements");
            }
        }
    }

    /// Both bounds of one index; the upper belongs to it.
    public record Range(int low, int high) {
        public Range {
            if (high < low) {
                throw new IllegalArgumentException("the upper bound " + high + " lies below the lower " + low);
            }
        }

        public long length() {
            return (long) high - low + 1;
        }

        @Override
        public String toString() {
            return low + ".." + high;
        }
    }

    /// How many elements there are.
    public int size() {
        return (int) ranges.stream().mapToLong(Range::length).reduce(1, (a, b) -> a * b);
    }

    /// The indices of an element as a program writes them: `[2,3]`.
    ///
    /// @param place counted row by row from 0
    public String written(int place) {
        var written = new StringBuilder();
        int rest = place;
        for (Range range : ranges.reversed()) {
            int length = (int) range.length();
            written.insert(0, written.isEmpty() ? "" : ",").insert(0, range.low() + rest % length);
            rest /= length;
        }
        return "[" + written + "]";
    }

    @Override
    public String name() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(",", "ARRAY[", "] OF "))
                + element.name();
    }

    @Override
    public boolean isMistaken() {
        return element.isMistaken();
    }
}
