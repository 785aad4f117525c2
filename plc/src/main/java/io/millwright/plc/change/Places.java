package io.millwright.plc.change;

import io.millwright.iec61131.type.ArrayType;
import java.util.List;

/// Elements of arrays, by their indices and by their place, row by row from 0.
final class Places {
    private static final int SHOWN = 5;

    private Places() {}

    /// The indices of a place.
    static int[] indicesOf(ArrayType array, int place) {
        int[] indices = new int[array.ranges().size()];
        int rest = place;
        for (int i = indices.length - 1; i >= 0; i--) {
            ArrayType.Range range = array.ranges().get(i);
            int length = (int) range.length();
            indices[i] = range.low() + rest % length;
            rest /= length;
        }
        return indices;
    }

    /// The place of indices; -1 where the array has none.
    static int place(ArrayType array, int[] indices) {
        int place = 0;
        for (int i = 0; i < indices.length; i++) {
            ArrayType.Range range = array.ranges().get(i);
            if (indices[i] < range.low() || indices[i] > range.high()) {
                return -1;
            }
            place = place * (int) range.length() + indices[i] - range.low();
        }
        return place;
    }

    /// As paths write them.
    static String indices(ArrayType array, int place) {
        var written = new StringBuilder("[");
        for (int index : indicesOf(array, place)) {
            written.append(written.length() == 1 ? "" : ",").append(index);
        }
        return written.append(']').toString();
    }

    /// The first few of many, and how many more there are.
    static String some(List<String> all) {
        String first = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() <= SHOWN ? first : first + " and " + (all.size() - SHOWN) + " more";
    }
}
