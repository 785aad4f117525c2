package io.millwright.iec61131.machine;

import org.jspecify.annotations.Nullable;

/// Memory of one call: outputs, or variables that cannot lie on the JVM's stack. Kept for the next call.
public abstract class Frame {
    @Nullable
    Frame next;
}
