package io.millwright.iec61131.interpret;

import io.millwright.iec61131.type.ArrayType;
import java.util.List;

/// An array, row by row.
record Elements(ArrayType type, List<Cell> cells) {
    Elements {
        cells = List.copyOf(cells);
    }
}
