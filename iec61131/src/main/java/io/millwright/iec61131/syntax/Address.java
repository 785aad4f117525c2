package io.millwright.iec61131.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A directly represented variable (6.5.5): `%IX1.7`, `%QW4`, `%MD0`, or `%I*` that a configuration completes.
///
/// @param area I, Q or M, or none for the place of a field
/// @param size X (bit), B, W, D, L, or null where none is written, which means X
/// @param path the numbers, outermost first; empty for `*`
public record Address(Area area, @Nullable Size size, List<Integer> path) {
    public Address {
        path = List.copyOf(path);
    }

    /// Where the variable lies.
    public enum Area {
        INPUT,
        OUTPUT,
        MEMORY,
        /// Within the structure whose field it is (6.4.4.6): `%B2`, `%X3.0`.
        STRUCTURE
    }

    /// How much of it is meant.
    public enum Size {
        X(1),
        B(8),
        W(16),
        D(32),
        L(64);

        private final int bits;

        Size(int bits) {
            this.bits = bits;
        }

        public int bits() {
            return bits;
        }
    }

    /// Whether the place is still open (`%I*`).
    public boolean isOpen() {
        return path.isEmpty();
    }
}
