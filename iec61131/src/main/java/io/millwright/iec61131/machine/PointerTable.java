package io.millwright.iec61131.machine;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The pointers to the variables of a machine, so that a place that is pointed to in every scan has one that is
/// made once.
///
/// Open addressing by the identity of the object that the variable lies in; objects last as long as the
/// machine.
final class PointerTable {
    /// How many pointers are kept; beyond them each is made anew.
    private static final int MOST = 1 << 20;

    private @Nullable Pointer[] table = new @Nullable Pointer[64];
    private int count;

    /// The pointer to an object, an array, or a field of an object, or null where there is none yet.
    @Nullable
    Pointer find(Object owner, @Nullable VarHandle field) {
        int mask = table.length - 1;
        int at = hash(owner, field) & mask;
        for (Pointer known = table[at]; known != null; known = table[at]) {
            if (known.isTo(owner, field)) {
                return known;
            }
            at = at + 1 & mask;
        }
        return null;
    }

    /// Keeps a pointer that was not found.
    Pointer keep(Pointer made) {
        if (count < MOST) {
            put(made);
            count++;
            if (2 * count > table.length) {
                grow();
            }
        }
        return made;
    }

    private void put(Pointer pointer) {
        int mask = table.length - 1;
        int at = hash(pointer.owner(), pointer.field()) & mask;
        while (table[at] != null) {
            at = at + 1 & mask;
        }
        table[at] = pointer;
    }

    private void grow() {
        @Nullable Pointer[] before = table;
        table = new @Nullable Pointer[2 * before.length];
        for (Pointer pointer : before) {
            if (pointer != null) {
                put(pointer);
            }
        }
    }

    private static int hash(Object owner, @Nullable VarHandle field) {
        int own = System.identityHashCode(owner) * 31 + (field == null ? 0 : System.identityHashCode(field));
        return own ^ own >>> 15;
    }
}
