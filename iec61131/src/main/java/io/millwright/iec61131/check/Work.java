package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the checker found out about the heads, or the bodies, of one [Part].
final class Work {
    final Diagnostics diagnostics = new Diagnostics();
    final Usages usages = new Usages();
    /// Structures without a name.
    final List<StructureType> structures = new ArrayList<>();
    /// Globals that routines declare (VAR_STAT).
    final List<Variable> globals = new ArrayList<>();
    /// The regions in which the members of units are seen.
    final Map<UnitType, Scope> scopes = new LinkedHashMap<>();
    final Map<Signature, Routine> routines = new LinkedHashMap<>();
    private final List<Slot<?>> slots = new ArrayList<>();
    private int next;
    boolean done;

    /// What a declaration came to, once it is worked out; null where it was wrong.
    static final class Slot<T> {
        private @Nullable T value;
        private boolean filled;

        boolean isFilled() {
            return filled;
        }

        @Nullable
        T value() {
            return value;
        }

        void fill(@Nullable T made) {
            value = made;
            filled = true;
        }
    }

    /// Begins with the first declaration again.
    void rewind() {
        next = 0;
    }

    /// The place of the next declaration, in the order in which the text names them: filled where it was worked
    /// out before.
    @SuppressWarnings("unchecked") // declarations come in the same order every time
    <T> Slot<T> slot() {
        if (next == slots.size()) {
            slots.add(new Slot<T>());
        }
        return (Slot<T>) slots.get(next++);
    }
}
